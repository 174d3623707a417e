"""Numbers in words, in both languages."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.numbers import combined


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("three", 3),
        ("nineteen", 19),
        ("seventy-seven", 77),
        ("seventy seven", 77),
        ("one hundred", 100),
        ("two hundred and ninety-four", 294),
        ("two thousand and twenty-two", 2022),
        ("twenty twenty-two", 2022),
        ("twenty nineteen", 2019),
        ("สาม", 3),
        ("สิบ", 10),
        ("สิบเอ็ด", 11),
        ("สิบสาม", 13),
        ("ยี่สิบสอง", 22),
        ("หกสิบห้า", 65),
        ("หกห้า", 65),
        ("สองห้าหกห้า", 2565),
        ("สองร้อยเก้าสิบสี่", 294),
        ("สองพันยี่สิบสอง", 2022),
        ("สองพันห้าร้อยหกสิบห้า", 2565),
    ],
)
def test_number_words_are_one_number(engine: Engine, text: str, number: int) -> None:
    utterance, _ = engine.read(text)
    assert [token.number for token in utterance.tokens] == [number]


@pytest.mark.parametrize("text", ["one", "which one", "หนึ่ง", "some one", "ยี่"])
def test_one_is_no_number_by_itself(engine: Engine, text: str) -> None:
    utterance, _ = engine.read(text)
    assert not any(token.number for token in utterance.tokens)


def test_number_words_stand_among_others(engine: Engine) -> None:
    utterance, _ = engine.read("which thirteen cities joined in twenty twenty-two")
    assert [token.number for token in utterance.tokens if token.number is not None] == [13, 2022]


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ([], 0),
        ([13], 13),
        ([10, 3], 13),
        ([2, 10, 2], 22),
        ([6, 5], 65),
        ([70, 7], 77),
        ([100], 100),
        ([2, 100, 90, 4], 294),
        ([20, 20, 2], 2022),
        ([2, 5, 6, 5], 2565),
        ([2, 1000, 5, 100, 6, 10, 5], 2565),
    ],
)
def test_values_are_combined(values: list[int], number: int) -> None:
    assert combined(values) == number
