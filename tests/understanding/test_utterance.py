"""Cleaning a message and cutting it into words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.dictionary import Dictionary
from bot.understanding.utterance import MAX_LENGTH, Segmenter, clean

SEGMENTER = Segmenter(["หาดใหญ่", "พะเยา", "เมืองแห่งการเรียนรู้"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("Hat\u200bYai", "hatyai", id="zero-width-space"),
        pytest.param("พะ\u200dเยา\ufeff", "พะเยา", id="joiner-and-byte-order-mark"),
        pytest.param("\u202eHat Yai\u202c", "hat yai", id="right-to-left-override"),
        pytest.param("\u2067Hat\u2069 \u200eYai\u200f", "hat yai", id="isolates-and-marks"),
        pytest.param("pha\u00adyao", "phayao", id="soft-hyphen"),
        pytest.param("Hat\ud83d Yai\udc00", "hat yai", id="lone-surrogates"),
        pytest.param("a\x00b\x07c\x1bd", "abcd", id="control-characters"),
        pytest.param("a\tb\nc\r\nd\u00a0e\u3000f", "a b c d e f", id="white-space"),
        pytest.param("  Hat   Yai  ", "hat yai", id="spaces"),
        pytest.param("Cafe\u0301", "café", id="composed"),
        pytest.param("Ｈａｔ　Ｙａｉ　２０２２", "hat yai 2022", id="full-width"),
        pytest.param("ปี ๒๕๖๕", "ปี 2565", id="thai-digits"),
        pytest.param("heyyyyy", "hey", id="letters-repeated"),
        pytest.param("มั้ยยยยย", "มั้ย", id="thai-letters-repeated"),
        pytest.param("ที่่่", "ที่", id="tone-marks-repeated"),
        pytest.param("nonnsann", "nonnsann", id="letters-said-twice"),
        pytest.param("100000", "100000", id="figures-repeated"),
        pytest.param("เเพร่", "แพร่", id="two-e-for-ae"),
        pytest.param("น้ํา", "น้ำ", id="am-in-two-parts"),
        pytest.param("นํ้า", "น้ำ", id="tone-mark-after-nikhahit"),
        pytest.param("เมืองใหน", "เมืองไหน", id="wrong-ai"),
        pytest.param("หาดใหญ่", "หาดใหญ่", id="right-ai"),
        pytest.param("ใช้ใบใด", "ใช้ใบใด", id="right-ai-thrice"),
        pytest.param("ฯลฯ", "", id="and-so-on"),
        pytest.param("", "", id="empty"),
        pytest.param(" \u200b\t\n", "", id="nothing-visible"),
    ],
)
def test_cleaning(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize("text", ["x" * 5000, "ก" * 5000, "ab" * 3000, "1" * 4096, "หาดใหญ่" * 900, "\u0e48" * 4096])
def test_cleaned_text_is_bounded(text: str) -> None:
    assert len(clean(text)) <= MAX_LENGTH


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_cleaning_never_fails(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= MAX_LENGTH
    assert cleaned == " ".join(cleaned.split())
    cleaned.encode("utf-8")


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_every_word_has_a_key(text: str) -> None:
    for token in SEGMENTER.tokens(clean(text)):
        assert token.key and token.text


def test_thai_is_cut_into_words_with_gaps_told() -> None:
    tokens = SEGMENTER.tokens(clean("หาดใหญ่เป็นเมืองแห่งการเรียนรู้ พะเยาล่ะ"))
    assert [(token.text, token.gap) for token in tokens] == [
        ("หาดใหญ่", True),
        ("เป็น", False),
        ("เมืองแห่งการเรียนรู้", False),
        ("พะเยา", True),
        ("ล่ะ", False),
    ]


def test_thai_and_latin_and_figures_are_cut_apart() -> None:
    texts = [token.text for token in SEGMENTER.tokens(clean("เมืองใหม่2022หาดใหญ่UNESCO"))]
    assert texts == ["เมือง", "ใหม่", "2022", "หาดใหญ่", "unesco"]


def test_the_dictionary_tells_every_word_that_a_text_goes_on_with() -> None:
    dictionary = Dictionary(["เมืองแห่งการเรียนรู้", "เมืองไทย", "ฮก"])
    text = "เมืองแห่งการเรียนรู้"
    assert dictionary.prefixes(text) == ["เม", "เมือ", "เมือง", text]
    assert dictionary.prefixes("เมืองไทย")[-2:] == ["เมือง", "เมืองไทย"]
    assert dictionary.prefixes(f"ที่{text}", 3)[-1] == text
    assert dictionary.prefixes("") == dictionary.prefixes("เมือง", 5) == []
    assert "ฮก" in dictionary
    assert "เรียน" in dictionary
    assert "xyz" not in dictionary
    assert len(dictionary) > 10_000
