"""A reply as Telegram's HTML: its order, its folding and its limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.reply import Group
from bot.replies.telegram_html import LIMIT, LONGEST_OPEN_LIST, length, render, render_text

from .telegram.engine import reply_to
from .telegram.html import parse, units


def test_a_short_list_is_open_and_the_source_comes_last() -> None:
    reply = reply_to("3 cities", Group("", ("Hat Yai", "Phayao", "Sukhothai")), notes=("Of 77.",), cited=True)
    (html,) = render(reply)
    assert html == (
        "3 cities\n• Hat Yai\n• Phayao\n• Sukhothai\n\nOf 77.\n\n"
        'Source: <a href="https://example.org/?a=1&amp;b=&quot;2&quot;">UNESCO &lt;Bangkok&gt;</a>'
    )


def test_headings_are_bold_and_set_apart() -> None:
    (html,) = render(reply_to("3 cities", Group("Asia", ("a", "b")), Group("Africa", ("c",))))
    assert html == "3 cities\n\n<b>Asia</b>\n• a\n• b\n\n<b>Africa</b>\n• c"


def test_a_long_list_is_folded() -> None:
    lines = tuple(map(str, range(LONGEST_OPEN_LIST + 1)))
    (html,) = render(reply_to("lead", Group("", lines), notes=("note",)))
    assert html.startswith("lead\n<blockquote expandable>• 0\n")
    assert html.endswith(f"• {LONGEST_OPEN_LIST}</blockquote>\n\nnote")
    assert "blockquote" not in render(reply_to("lead", Group("", lines[1:])))[0]


def test_a_heading_stays_with_its_list() -> None:
    filler = Group("", ("x" * (LIMIT - 20), *map(str, range(LONGEST_OPEN_LIST))))
    parts = render(reply_to("lead", filler, Group("Asia", ("a" * 2000,))))
    assert not parts[0].removesuffix("</blockquote>").endswith("</b>")


def test_a_line_is_cut_at_a_space_or_between_characters() -> None:
    words = render_text("หาดใหญ่ " * 1000)
    assert " ".join(words).split() == ["หาดใหญ่"] * 1000
    vowels = render_text("กี่" * 2000)
    assert all(part.startswith("ก") for part in vowels)
    assert "".join(vowels) == "กี่" * 2000


def test_nothing_to_say_is_no_message() -> None:
    assert render_text(" \n\x00") == ()


@given(st.text(st.characters(), max_size=300), st.integers(1, 60), st.lists(st.text(max_size=40), max_size=30))
def test_every_message_can_be_sent(lead: str, times: int, lines: list[str]) -> None:
    for html in render(reply_to(lead * times, Group("h <i>", tuple(lines)), notes=(lead,), cited=True)):
        text, _ = parse(html)
        assert 0 < units(text) <= LIMIT


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_is_counted_in_utf16_units(text: str) -> None:
    assert length(text) == units(text)
