"""Answer to picture: maps of the cities in question, and the network in figures.

A picture is made in two steps. Collecting asks the fact base and runs where the engine runs; drawing needs nothing but
the sketch, and runs in any thread. `Engine.map_of`, `Engine.map_for` and `Engine.statistics` return a turn:

    turn = engine.map_of("เมืองไทย", memory)  # an empty text: the whole network
    if turn.sketch:
        png = await asyncio.to_thread(turn.sketch.draw)  # may raise DrawingError, of bot.pictures.raster
        ...  # turn.reply is the caption, of at most 1,024 UTF-16 units
    else:
        ...  # nothing to draw; turn.reply says why
"""
