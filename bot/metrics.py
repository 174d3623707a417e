"""What is counted, as Prometheus reads it. Labels come from the code and its data, never from a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

if TYPE_CHECKING:
    from bot.replies.reply import Reply

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(f"learning_cities_{name}", text, labels, registry=REGISTRY)


def _gauge(name: str, text: str) -> Gauge:
    return Gauge(f"learning_cities_{name}", text, registry=REGISTRY)


UPDATES = _counter("updates", "Updates handled, by kind", "kind")
DUPLICATES = _counter("updates_repeated", "Updates that Telegram delivered again")
EXPIRED = _counter("updates_expired", "Messages in groups that were too old to be answered")
SET_ASIDE = _counter("updates_set_aside", "Updates given up on: unreadable, or they ended the process again and again")
ANSWERS = _counter("answers", "Answers of the engine", "outcome", "language", "intent")
SECONDS = Histogram(
    "learning_cities_update_seconds",
    "From the arrival of an update until it was answered",
    buckets=_BUCKETS,
    registry=REGISTRY,
)
FAILURES = _counter("failures", "Updates that could not be handled for a fault of our own")
TELEGRAM_ERRORS = _counter("telegram_errors", "Requests that Telegram refused or did not answer", "method", "error")
PENDING = _gauge("updates_pending", "Updates that wait or are being handled")
DURABLE = _gauge("inbox_durable", "1 while updates are kept on disk until they are answered")
REACHED = _gauge("telegram_reached_timestamp_seconds", "When Telegram was last heard")
CONFLICT = _gauge("telegram_conflict", "1 while another copy of the bot takes the updates")
FACTS = Info("learning_cities_facts", "The fact base that answers", registry=REGISTRY)
FACTS_BUILT = _gauge("facts_built_timestamp_seconds", "When the fact base that answers was built")
DURABLE.set(1)


def answered(reply: Reply) -> None:
    """Count an answer of the engine."""
    ANSWERS.labels(reply.outcome, reply.language, reply.intent).inc()


def text() -> bytes:
    """Return all of it in Prometheus' text format."""
    return generate_latest(REGISTRY)
