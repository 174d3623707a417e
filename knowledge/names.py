"""Keys under which names are stored and looked up, in any script.

`key` is what must be equal for two spellings to be the same name; `skeleton` is what stays when people misspell it.
Both drop case, Latin diacritics, spaces and punctuation. Neither knows a word of any language.
"""

from __future__ import annotations

import re
import unicodedata

FLAG = "flag"
"""What stands before an ISO code in the key of a country's flag."""

# Letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e", "ŋ": "ng"}
)
_THAI_MARKS = dict.fromkeys(map(ord, "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0e3a"))
# Letters of one sound, and short and long vowels, that Thai writers exchange.
_THAI_SOUNDS = str.maketrans("ใศษซณญฐฑธถภผฝฎฏฬรฆขฉฌีืู", "ไสสสนยททททพพฟดตลลคคชชิึุ")
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_LEADING_VOWEL = re.compile("^([เแโใไ])(.)")
_AI = re.compile("ไ([ก-ฮ])ย|([ก-ฮ])ัย")  # one sound, spelt in three ways


def is_thai(char: str) -> bool:
    """Tell whether `char` is in the Thai block."""
    return "\u0e00" <= char <= "\u0e7f"


def key(name: str) -> str:
    """Return `name` without case, Latin diacritics, spaces and punctuation; Thai tone marks stay."""
    composed = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    if not composed.isascii():
        composed = "".join(map(_base, composed))
    return "".join(c for c in composed if c.isalnum() or (is_thai(c) and c not in "ฯๆ"))


def skeleton(name: str) -> str:
    """Return the part of `key(name)` that common misspellings leave alone.

    Thai loses tone marks and silent letters and merges what sounds alike; Latin loses doubled letters and the h of
    ph, th, kh.
    """
    folded = key(name)
    if not folded.isascii():
        folded = _SILENT.sub("", folded).translate(_THAI_MARKS).translate(_THAI_SOUNDS).replace("\u0e33", "\u0e31ม")
        folded = _AI.sub(r"ไ\1\2", folded)
    kept: list[str] = []
    for char in folded:
        if kept and (char == kept[-1] or (char == "h" and kept[-1] in "ptkgbd")):
            continue
        kept.append(char)
    return "".join(kept)


def traces(name: str) -> set[str]:
    """Return what a name and its misspellings have in common.

    That is its skeleton and its key without tone marks, and every string one deletion away from either: two names one
    edit apart (insertion, deletion, substitution, exchange) share a trace.
    """
    stems = {skeleton(name), key(name).translate(_THAI_MARKS)}
    return {trace for stem in stems for trace in (stem, *(stem[:i] + stem[i + 1 :] for i in range(len(stem))))}


def dictionary_key(name: str) -> str:
    """Return what a name is sorted by: in Thai its first consonant goes before the vowel written before it."""
    return _LEADING_VOWEL.sub(r"\2\1", name)


def without_leading_vowel(name: str) -> str:
    """Return `name` from its first consonant on, the letter that Thai names begin with."""
    return _LEADING_VOWEL.sub(r"\2", name)


def _base(char: str) -> str:
    if is_thai(char):
        return char
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
