"""Print what the bot can do, measured now and here: `python -m tests.benchmarks`."""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable

from bot.conversation import Engine
from bot.language import LANGUAGES
from knowledge import store
from knowledge.build import ensure
from tests.benchmarks import names
from tests.judging import conversations, judge, replies

_SETS = {
    "questions": "tuned on",
    "aside": "set aside",
    "public": "a first trial by others",
    "trial": "a second trial by others",
    "visitors": "three more trials by others",
    "callers": "five more trials by others",
    "guests": "thirty-one more trials by others, one of composed questions and one of bad typing",
    "strangers": "meant to trip it up",
}
_HOSTILE = {
    "one letter": "a" * 4096,
    "figures": "12 " * 1365,
    "Thai vowels": "ะิีุู" * 819,
    "a question over and over": "which thai cities joined in 2022? " * 120,
    "nonsense words": " ".join(f"qz{i:x}jk" for i in range(585)),
}
_MAPS = ("", "2022", "ไทย", "ยุโรป")


def main() -> None:
    """Measure and print one table after the other."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}\n")
    started = time.perf_counter()
    base = store.open(ensure())
    engine = Engine(base)
    gc.collect()
    gc.freeze()
    print(f"engine ready after {time.perf_counter() - started:.2f} s")
    _accuracy(engine)
    _names(engine, base)
    _speed(engine)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(f"\nmemory at most {kilobytes / 1024:.0f} MiB")
    _pictures(engine)


def _accuracy(engine: Engine) -> None:
    for name, what in _SETS.items():
        for language in LANGUAGES:
            right: Counter[str] = Counter()
            asked: Counter[str] = Counter()
            for conversation in conversations(language, name):
                asked[conversation.kind] += 1
                right[conversation.kind] += not judge(conversation, replies(engine, conversation.asked)[-1])
            share = right.total() / asked.total()
            print(f"\n{name} ({what}), {language}: {right.total()} of {asked.total()} right, {share:.1%}")
            print("  " + ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in sorted(asked)))


def _names(engine: Engine, base: store.FactBase) -> None:
    found = names.resolution(engine, base)
    for language in LANGUAGES:
        mine = {key.removeprefix(f"{language} "): n for key, n in found.items() if key.startswith(language)}
        parts = ", ".join(f"{outcome} {n} ({n / sum(mine.values()):.1%})" for outcome, n in sorted(mine.items()))
        print(f"\nmisspelt names, {language}: {parts}")
    taken = names.strangers(engine, base)
    print(f"other places taken for members: {len(taken)} {taken[:5]}")


def _speed(engine: Engine) -> None:
    texts = [conversation.asked[-1] for language in LANGUAGES for conversation in conversations(language)]
    times = sorted(_milliseconds(engine, texts))
    print(
        f"\none question: median {statistics.median(times):.2f} ms,"
        f" 99 of 100 under {times[int(len(times) * 0.99)]:.2f} ms"
    )
    for what, text in _HOSTILE.items():
        print(f"4,096 characters, {what}: {min(_milliseconds(engine, [text] * 3)):.1f} ms")


def _pictures(engine: Engine) -> None:
    turns = {text or "the whole network": engine.map_of(text, None, "th") for text in _MAPS}
    turns["figures"] = engine.statistics("th")
    for what, turn in turns.items():
        if turn.sketch is None:
            continue
        times, size = [], 0
        for _ in range(5):
            started = sum(os.times()[:4])  # with the process that draws
            size = len(turn.sketch.draw())
            times.append(sum(os.times()[:4]) - started)
        print(f"a picture of {what}: {times[0]:.2f} s of CPU at first, then {min(times):.2f} s, {size // 1024} KiB")


def _milliseconds(engine: Engine, texts: Iterable[str]) -> list[float]:
    found = []
    for text in texts:
        started = time.perf_counter()
        engine.answer(text)
        found.append((time.perf_counter() - started) * 1000)
    return found


if __name__ == "__main__":
    main()
