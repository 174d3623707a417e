"""The whole journey of a question: text in, reply out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from bot.codes import decode
from bot.language import Language
from bot.pictures.collecting import NETWORK, Collector, to_map
from bot.pictures.sketch import Sketch
from bot.replies.following import Next
from bot.replies.joining import joined
from bot.replies.render import Renderer
from bot.replies.reply import Reply
from bot.understanding.asides import without_asides
from bot.understanding.clauses import clauses, led_by_topics, sentences
from bot.understanding.intents import Intents
from bot.understanding.interpret import Interpreter, Reading
from bot.understanding.lexicon import Lexicon
from bot.understanding.memory import Memory, elsewhere, in_a_row, is_of_list, ranked, remembered, spoken_before
from bot.understanding.positions import pointed_at
from bot.understanding.slots import Slots, find_slots
from bot.understanding.spans import Utterance
from bot.understanding.tagger import Tagger
from knowledge import store
from knowledge.answer import Answer
from knowledge.build import ensure
from knowledge.lookup import Gazetteer
from knowledge.model import NO_FILTERS, Filters, Place, Query, YearSpan
from knowledge.names import is_thai, key
from knowledge.queries import Facts

__all__ = ["Engine", "Memory", "Turn"]

_NAMED = 20  # places of an answer that "there" is looked for in
_LIST = 2  # lines; fewer are no list
_MOST = 4  # questions of one message
_WISHES: dict[Language, str] = {"th": "in_thai", "en": "in_english"}  # concepts that ask for a language
_THAI = 0.5  # share of Thai letters from which a message is answered in Thai


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply, the memory to hand back with the next message of the same person, and what may be asked next.

    With a `sketch` there is a picture to draw, and the reply is its caption.
    """

    reply: Reply
    memory: Memory | None
    following: Callable[[], tuple[Next, ...]] = tuple
    sketch: Sketch | None = None


class Engine:
    """Answers questions out of one fact base. Not safe for use by two threads at once."""

    def __init__(self, base: store.FactBase, today: Callable[[], date] = date.today) -> None:
        self.base = base
        self._facts = Facts(base)
        self._tagger = Tagger(_lexicon(), Gazetteer(base))
        self._interpreter = Interpreter(Intents(), self._facts.coverage.years)
        self._renderer = Renderer(self._facts, today)
        self._collector = Collector(self._facts)
        self._today = today
        self._rounds = self._facts.rounds_by_number()

    @classmethod
    def open(cls, path: Path | None = None) -> Engine:
        """Return an engine on the fact base at `path`, or on the packaged records, built if need be."""
        engine = cls(store.open(path or ensure()))
        gc.collect()
        gc.freeze()  # dictionaries never go; walking them would hold a reply up for a tenth of a second
        return engine

    @property
    def facts(self) -> Facts:
        """What the answers come out of."""
        return self._facts

    def refresh(self) -> bool:
        """Take a newer fact base, if there is one, and tell whether that was done; this engine keeps to its own."""
        return False

    def remembers(self, memory: Memory) -> bool:
        """Tell whether every place that `memory` speaks of is held: it may come from another fact base."""
        spoken = {*memory.places, *memory.query.filters.places, *memory.before.places}
        return all(self._facts.knows("place", place) for place in spoken)

    def read(self, text: str, memory: Memory | None = None) -> tuple[Utterance, Reading]:
        """Return what is understood of `text`, without answering it."""
        utterance = self._without_asides(self._tagger.read(text))
        return utterance, self._interpreted(pointed_at(utterance, memory), memory)

    def answer(self, text: str, memory: Memory | None = None, language: Language | None = None) -> Turn:
        """Return the reply to `text`, said after what `memory` holds; several questions are answered one by one.

        Without a `language` the reply is in that of the text.
        """
        text = self._chosen(text, memory)
        whole = self._tagger.read(text)
        language = language or language_of(whole) or (memory.language if memory else "th")
        read = self._sentences(text, whole)
        parts = self._parts(read)
        if len(parts) < 2:
            led = len(read) == 1 and whole.text.find(read[0].text) > 0  # by what is told of himself
            return self._answer(read[0] if led else whole, language, memory)
        turns: list[Turn] = []
        for part in parts[:_MOST]:
            before = turns[-1].memory if turns and turns[-1].reply.outcome != "off_topic" else memory
            turns.append(self._answer(self._tagger.read(part), language, before, bool(turns)))
        if not any(turn.reply.outcome == "answered" for turn in turns):
            of_all = self._answer(whole, language, memory)
            ours = [turn for turn in turns if turn.reply.outcome == "unknown"]
            return ours[0] if of_all.reply.outcome == "off_topic" and ours else of_all
        told = {turn.reply.text: turn.reply for turn in turns}  # what two parts ask alike is said once
        return Turn(joined(list(told.values())), turns[-1].memory, turns[-1].following)

    def recall(self, code: str, language: Language) -> Turn | None:
        """Return the reply to the query of a code (`bot.codes`); None if it asks nothing, or of what is not known."""
        query = decode(code, self._facts.knows)
        if query is None:
            return None
        return self._told(Reading("query", query.intent, Slots(query.filters), query), language)[0]

    def named(self, text: str, language: Language, limit: int, offset: int = 0) -> tuple[Next, ...]:
        """Return members with a name that holds `text`, to be asked about; all of them, by name, without a text."""
        return self._renderer.cards(self._facts.named(text, limit, offset), language)

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id, if there is one."""
        return self._facts.place(place_id) if self._facts.knows("place", place_id) else None

    def map_of(self, text: str, memory: Memory | None = None, language: Language | None = None) -> Turn:
        """Return a map of the cities that `text` asks for or names; of the whole network where it is empty.

        The reply is the caption. Where there are no cities to show, there is no sketch, and the reply says why. A
        `language` given is used whatever the text is written in.
        """
        utterance, reading = self.read(self._chosen(text, memory), memory)
        chosen = language or language_of(utterance) or (memory.language if memory else "th")
        if not text.strip():
            return self.map_for(NETWORK, chosen)
        if reading.query:
            reading = replace(reading, query=to_map(reading.query))
        elif reading.slots.filters != NO_FILTERS and reading.kind != "clarify":  # "a map of Thai cities": names will do
            reading = replace(reading, kind="query", query=to_map(Query("list", filters=reading.slots.filters)))
        return self._pictured(reading, chosen, memory)

    def map_for(self, query: Query, language: Language) -> Turn:
        """Return a map of the cities that `query`, say that of a memory, lets through; as `map_of`."""
        return self._pictured(Reading("query", query.intent, Slots(query.filters), to_map(query)), language, None)

    def statistics(self, language: Language, memory: Memory | None = None) -> Turn:
        """Return the network in figures: cities by year and by country. The reply is the caption."""
        reading = Reading("query", NETWORK.intent, Slots(), NETWORK)
        sketch, reply = self._collector.statistics(self._told(reading, language, memory)[0].reply)
        return Turn(reply, memory, sketch=sketch)

    def _pictured(self, reading: Reading, language: Language, memory: Memory | None) -> Turn:
        turn, answer = self._told(reading, language, memory)
        sketch, reply = self._collector.map_of(answer, turn.reply) if answer else (None, turn.reply)
        return replace(turn, sketch=sketch, reply=reply)

    def _sentences(self, text: str, whole: Utterance) -> list[Utterance]:
        """Return the sentences of `text`, which has been read as `whole`, without what people tell of themselves."""
        retyped = any(map(is_thai, whole.text)) != any(map(is_thai, text)) and "\n" not in text
        divided = sentences(whole.text if retyped else text)  # ";" may be a letter of the other layout
        read = [whole] if len(divided) < 2 else [self._tagger.read(sentence) for sentence in divided]
        if len(read) < 2:
            return read
        asked = led_by_topics(read)
        return read if len(asked) == len(read) else [self._tagger.read(sentence) for sentence in asked]

    def _parts(self, read: Sequence[Utterance]) -> list[str]:
        """Return the questions of the sentences `read`."""
        return [part for one in read for part in (clauses(one) if self._is_ours(one) else [one.text])]

    def _answer(self, utterance: Utterance, language: Language, memory: Memory | None, continues: bool = False) -> Turn:
        utterance = self._without_asides(utterance)
        meant = pointed_at(utterance, memory)
        return self._told(self._interpreted(meant, memory, continues), language, memory, meant is not utterance)[0]

    def _told(
        self, reading: Reading, language: Language, memory: Memory | None = None, points: bool = False
    ) -> tuple[Turn, Answer | None]:
        """Return the reply to what was read, and the answer it words, if anything was asked.

        `points` tells that it was asked by a place in the last list, which goes on to be the one that is pointed into.
        """
        if reading.query is None:
            choices = partial(self._renderer.choices, reading, language)
            awaiting = _awaiting(reading, language) or _spoken_of(reading, language, memory) or memory
            return Turn(self._renderer.without_query(reading, language), awaiting, choices), None
        answer = self._facts.answer(reading.query)
        reply = self._renderer.render(answer, reading, language)
        places = self._renderer.places(answer)
        countries = frozenset(place.country for place in places[:_NAMED])
        years = {m.year for m in answer.memberships}
        query, listed = remembered(answer, reading.query), self._renderer.listed(answer, language)
        if memory is not None and (points or (len(listed) < _LIST and is_of_list(memory, answer))):
            listed = memory.listed
        memory = Memory(
            query,
            tuple(place.id for place in places),
            countries if len(countries) == 1 else frozenset(),
            tuple(YearSpan(year, year) for year in years) if len(years) == 1 else (),
            reading.slots.organisations or (() if reading.slots.named or memory is None else memory.organisations),
            language,
            before=spoken_before(memory),
            row=in_a_row(memory, query),
            ranked=ranked(answer),
            elsewhere=elsewhere(answer),
            listed=listed,
        )
        return Turn(reply, memory, partial(self._renderer.following, answer, language)), answer

    def _chosen(self, text: str, memory: Memory | None) -> str:
        """Return the name of the choice that `text` says by a part of its name, or `text` if it says none."""
        said, choices = key(text), memory.choices if memory else ()
        found = [name for name in map(self._names, choices) if said in {key(word) for word in " ".join(name).split()}]
        return found[0][0] if len(found) == 1 else text

    def _names(self, place_id: str) -> tuple[str, str]:
        place = self._facts.place(place_id)
        return place.name, place.name_th or ""

    def _interpreted(self, utterance: Utterance, memory: Memory | None, continues: bool = False) -> Reading:
        return self._interpreter.read(utterance, self._slots(utterance), memory, continues)

    def _is_ours(self, utterance: Utterance) -> bool:
        utterance = self._without_asides(utterance)
        return self._interpreter.is_ours(utterance, self._slots(utterance))

    def _without_asides(self, utterance: Utterance) -> Utterance:
        return without_asides(utterance, lambda part: self._interpreter.is_clear(part, self._slots(part)))

    def _slots(self, utterance: Utterance) -> Slots:
        coverage = self._facts.coverage
        return find_slots(utterance, self._today().year, self._rounds, coverage.years, coverage.region_of)


@cache
def _lexicon() -> Lexicon:
    """Return the lexicon that all engines share; it is never changed."""
    return Lexicon()


def _spoken_of(reading: Reading, language: Language, memory: Memory | None) -> Memory | None:
    """Return the place to remember of which something was asked that our sources do not say, or that is not for us."""
    places = reading.slots.filters.places
    if len(places) != 1 or not (
        reading.kind in ("not_said", "other_network") or (reading.kind == "off_topic" and memory is None)
    ):
        return None
    asked = Query("profile", filters=Filters(places=places), intent="profile")
    return Memory(asked, places, language=language, before=spoken_before(memory))


def _awaiting(reading: Reading, language: Language) -> Memory | None:
    """Return what to remember while it is open which of several places is meant."""
    if reading.kind != "clarify" or reading.pending is None:
        return None
    places = tuple(entity.ref for entity in reading.choices if entity.kind == "place")
    return Memory(reading.pending, places, language=language, choices=places)


def language_of(utterance: Utterance) -> Language | None:
    """Return the language a message is written in: the one it asks for, else that of most words; None without."""
    for language, wish in _WISHES.items():
        if wish in utterance.concepts:
            return language
    if utterance.thai_share != _THAI:
        return "th" if utterance.thai_share > _THAI else "en"
    letters = [token.thai for token in utterance.tokens if token.thai or token.text.isalpha()]
    return ("th" if any(letters) else "en") if letters else None
