"""What the stand-in checks of results that are sent by way of the bot: inline, and as a guest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .methods import Refusal, bad_request, content, markup_of
from .updates import Json

if TYPE_CHECKING:
    from .server import FakeTelegram

MOST_RESULTS = 50
LONGEST = 64  # bytes of an id, and of an offset
START = re.compile(r"[A-Za-z0-9_-]{1,64}")
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_inline_query(server: FakeTelegram, parameters: Json) -> bool:
    """Check the results of an inline query as the server does, and keep them."""
    if parameters["inline_query_id"] not in server.queries:
        raise bad_request(TOO_OLD)
    results = parameters["results"]
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(parameters.get("next_offset", "").encode()) > LONGEST:
        raise bad_request("NEXT_OFFSET_INVALID")
    if (button := parameters.get("button")) and not START.fullmatch(button.get("start_parameter", "")):
        raise bad_request("START_PARAM_INVALID")
    server.queries.remove(parameters["inline_query_id"])
    server.results.append({**parameters, "results": [_article(result) for result in results]})
    server.changed.notify_all()
    return True


def answer_guest_query(server: FakeTelegram, parameters: Json) -> Json:
    """Check the one message a guest may send, and keep it."""
    if parameters["guest_query_id"] not in server.queries:
        raise bad_request(TOO_OLD)
    server.queries.remove(parameters["guest_query_id"])
    server.results.append({**parameters, "results": [_article(parameters["result"])]})
    server.changed.notify_all()
    return {"inline_message_id": f"inline-{server.number()}"}


def _article(result: Json) -> Json:
    """Return a result with what its message will say."""
    if result["type"] != "article":
        raise Refusal(400, "Bad Request: can't parse inline query result: unsupported type of the inline query result")
    if not 1 <= len(result["id"].encode()) <= LONGEST:
        raise bad_request("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    said = result["input_message_content"]
    message = content({**said, "text": said["message_text"]})
    return {**result, **message, **markup_of(result), "preview": said.get("link_preview_options")}


METHODS: dict[str, Callable[[FakeTelegram, Json], Any]] = {
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
