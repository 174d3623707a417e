"""What a question costs with 100,000 cities instead of 250: `python -m tests.benchmarks.growth`."""

from __future__ import annotations

import gc
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from bot.conversation import Engine
from bot.language import LANGUAGES
from knowledge import store
from knowledge.build import ensure
from knowledge.names import key, traces
from tests.judging import conversations

_CITIES = 100_000
_SYLLABLES = [
    "ba",
    "ke",
    "mi",
    "ro",
    "tu",
    "la",
    "ne",
    "si",
    "vo",
    "zu",
    "pha",
    "rai",
    "ton",
    "dor",
    "wick",
    "ham",
    "sur",
    "gan",
    "lou",
    "yel",
    "cro",
    "dre",
    "fin",
    "gol",
]
_BATCH = 5_000


def main() -> None:
    """Grow a copy of the fact base by made cities and ask both the same questions."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = ensure(), Path(folder) / "large.sqlite"
        started = time.perf_counter()
        grow(small, large)
        print(
            f"{_CITIES:,} cities added in {time.perf_counter() - started:.0f} s, {large.stat().st_size / 2**20:.0f} MiB"
        )
        medians = [_median(path) for path in (small, large)]
        print(
            f"median of a question: {medians[0]:.2f} ms, grown {medians[1]:.2f} ms, ratio {medians[1] / medians[0]:.2f}"
        )


def grow(small: Path, large: Path) -> None:
    """Write a copy of `small` with made cities of all countries and rounds to `large`."""
    shutil.copy(small, large)
    large.chmod(0o600)
    database = Database(large)
    countries = [row["iso"] for row in database.query("SELECT iso FROM country WHERE region IS NOT NULL")]
    years = [row["year"] for row in database.query("SELECT year FROM cohort")]
    source = next(database.query("SELECT id FROM source"))["id"]
    first = next(database.query("SELECT max(id) AS id FROM name"))["id"] + 1
    cities = list(_cities(countries, years))
    fields = ("id", "country", "name", "kind", "member")
    database["place"].insert_all(
        ({**dict(zip(fields, (ref, iso, name, "city", 1), strict=True))} for ref, name, iso, _ in cities),
        batch_size=_BATCH,
    )
    database["membership"].insert_all(
        ({"year": year, "place": ref, "source": source, "inferred": 0} for ref, _, _, year in cities), batch_size=_BATCH
    )
    database["name"].insert_all(
        (
            {"id": number, "key": key(name), "text": name, "kind": "place", "ref": ref}
            for number, (ref, name, _, _) in enumerate(cities, first)
        ),
        batch_size=_BATCH,
    )
    database["near"].insert_all(
        (
            {"variant": trace, "name": number}
            for number, (_, name, _, _) in enumerate(cities, first)
            for trace in sorted(traces(name))
        ),
        batch_size=_BATCH,
    )
    database.execute("ANALYZE")
    database.close()


def _cities(countries: list[str], years: list[int]) -> Iterator[tuple[str, str, str, int]]:
    """Yield id, name, country and year of made cities, each with a name of its own."""
    chance = random.Random(7)
    seen: set[str] = set()
    while len(seen) < _CITIES:
        name = "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5))).capitalize()
        if name not in seen:
            seen.add(name)
            yield f"made-{len(seen)}", name, chance.choice(countries), chance.choice(years)


def _median(path: Path) -> float:
    engine = Engine(store.open(path))
    gc.collect()
    gc.freeze()
    texts = [conversation.asked[-1] for language in LANGUAGES for conversation in conversations(language)]
    times = []
    for text in texts:
        started = time.perf_counter()
        engine.answer(text)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
