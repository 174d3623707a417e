"""What is a name, and where one ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import days
from knowledge.extract.parting import groups, sentences
from knowledge.extract.small_words import PREFIXED, is_small, opening_words, other_name, particles, thai_led
from knowledge.names import is_thai

EDGE = ' \n\t,;:.•·*†‡¹²³⁴⁵⁶⁷⁸⁹/|\u2013\u2014-"“”«»'
LONGEST = 70  # letters of a name
_LONGEST_THAI = 32  # letters of a name without its title
_COMMAS = re.compile(r"\s*[,;、،\u2022·]\s*|\s+/\s*|\s*/\s+")
_DASHES = re.compile(r"\s[\u2013-]\s|\s?\u2014\s?")
_COUNTED = re.compile(r"\s*\(\d{1,3}\)$")  # how many there are
_BEHIND = re.compile(r"\s*\([^()]*\)$")  # a name, its other spelling
_REMARK = re.compile(r"\s*\((?:([a-zà-ÿ]+)\b[^()]*|[^()]*[!?])\)$")
_WORDS = 60  # of an enumeration without commas
_UNFIT = re.compile(r"[<>{}\\=@#$%^~`|]|:\s|https?:|www\.|\d{4}")


@dataclass(frozen=True, slots=True)
class Parted:
    """The names in a text, and what of that may be wrong; nothing where it is plain."""

    names: tuple[str, ...]
    note: str | None = None


class Naming:
    """Tells names from other text, with the help of the places that are known.

    `repeated` is whether the text gives the country with every name, so that what stands before one country is one
    name; None where that cannot be told.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self.repeated: bool | None = None
        self.joining = re.compile(rf"(?:{cues.pattern('and').pattern})", re.IGNORECASE)
        self._listing = cues.pattern("listing")

    # --- where names end

    def split(self, text: str, country: str | None, several: bool = False) -> list[str]:
        """Return the names in `text`; see `parted`."""
        return list(self.parted(text, country, several).names)

    def parted(self, text: str, country: str | None, several: bool = False, single: bool = False) -> Parted:
        """Return the names in `text`, which may be one with commas, or several of one country.

        `several` tells that commas part names here, because a country stands only once with all its names; `single`
        that it stands once with each.
        """
        text = _COUNTED.sub("", other_name().sub("", _without_remark(self.without_and(text))))
        if not text or self._atlas.is_place(text, country):
            return Parted((text,) if text else ())
        if ";" in text and len(pieces := self._semicolons(text)) > 1:
            parted = [self.parted(piece, country, several=False, single=True) for piece in pieces]
            notes = (part.note for part in parted if part.note)
            return Parted(tuple(name for part in parted for name in part.names), next(notes, None))
        joined = [self.without_and(piece) for piece in self._split_and(text)]
        parts = [n for part in joined for p in self._pieces(part) for n in self._blank_parted(p, country)]
        names = tuple(name for name in parts if name)
        if len(names) <= 1:
            return Parted((text,))
        known = sum(self._atlas.is_place(name, country) for name in names)
        if several or (country is None and (known > 1 or len(joined) > 1)):
            return Parted(names)
        if len(names) > 2:
            # "Newcastle and Brighton and Hove": which "and" parts names?
            note = f"{text} is taken for {len(names)} names" if len(joined) == len(names) > known else None
            return Parted(names, note) if known > 1 or len(joined) > 1 or (known and country) else Parted((text,))
        return self._pair(text, names, known, len(joined) > 1, bool(single or self.repeated))

    def _pair(self, text: str, names: tuple[str, ...], known: int, with_and: bool, repeated: bool) -> Parted:
        """Return what two names with one country are: "Lyon and Brest", "Derry and Strabane", "Dayton, Ohio"."""
        first, second = map(self._kind, names)
        if with_and and first and second:  # "Nyeri County and Kisumu County"
            return Parted(names, None if first == second else f"{text} is taken for two names: it may be one")
        if with_and:
            if known < 2 and self.repeated is None and self.is_name(names[0]) and self.is_name(names[1]):
                return Parted(names, f"{text} is taken for two names: it may be one")
            if known == 2:
                return Parted(names, f"{text} is taken for two names: it may be one" if repeated else None)
            if self.repeated is False and not repeated:
                return Parted(names, f"{text} is taken for two names: it may be one")
            return Parted((text,), f"{text} is taken for one name: it may be two")
        if cues.pattern("states").fullmatch(names[1]):
            return Parted((text,))
        if known == 2 and not repeated:
            return Parted(names, f"{names[1]} may be where {names[0]} lies")
        return Parted((text,))

    def _kind(self, name: str) -> str:
        """Return the word of a name that tells what it is, with its place: "* County", "County *"."""
        words = name.split()
        kind = cues.pattern("around_city")
        if len(words) > 1 and kind.fullmatch(words[-1]):
            return f"* {words[-1]}"
        led = next((n for n in (2, 1) if len(words) > n and kind.fullmatch(" ".join(words[:n]))), 0)
        return f"{' '.join(words[:led])} *" if led else ""

    def without_and(self, text: str) -> str:
        """Return `text` without what joins it to the name before."""
        text = text.strip(EDGE)
        match = self.joining.match(text)
        if match and not self._atlas.places(text):
            text = text[match.end() :].strip(EDGE)
        return text

    def _split_and(self, text: str) -> list[str]:
        """Return the parts of `text` around "and"; in Thai that is a word only where a name ends before it."""
        parts, start = [], 0
        whole = self.whole(text)
        for match in self.joining.finditer(text):
            if whole[match.start()]:
                continue
            spaced = match.start() > 0 and (text[match.start() - 1].isspace() or match[0] == "&")
            glued = any(map(is_thai, match[0])) and len(match[0]) > 2
            if (spaced or glued) and match.end() < len(text):
                parts.append(text[start : match.start()])
                start = match.end()
        return [*parts, text[start:]]

    def whole(self, text: str) -> list[bool]:
        """Tell of each letter whether it lies in a name that has commas or "and" of its own."""
        covered = [False] * (len(text) + 1)
        for match in _whole_names().finditer(text):
            covered[match.start() : match.end()] = [True] * (match.end() - match.start())
        return covered

    def _semicolons(self, text: str) -> list[str]:
        """Return the parts between semicolons outside brackets, where commas part something else."""
        covered = [any(opened <= at < closed for opened, closed in groups(text)) for at in range(len(text))]
        if not any(sign == "," and not inside for sign, inside in zip(text, covered, strict=True)):
            return [text]
        cuts = [at for at, sign in enumerate(text) if sign == ";" and not covered[at]]
        ends = zip([0, *(at + 1 for at in cuts)], [*cuts, len(text)], strict=True)
        return [piece for start, end in ends if (piece := text[start:end].strip(EDGE))]

    def _pieces(self, text: str) -> list[str]:
        """Return the names between commas; brackets stay whole."""
        covered = self.whole(text)
        for opened, closed in groups(text):
            covered[opened:closed] = [True] * (closed - opened)
        pieces, start = [], 0
        for match in _COMMAS.finditer(text):
            if not covered[match.start()]:
                pieces.append(text[start : match.start()])
                start = match.end()
        return _with_states([piece.strip(EDGE) for piece in (*pieces, text[start:]) if piece.strip(EDGE)])

    def _blank_parted(self, text: str, country: str | None) -> list[str]:
        """Return the names that blanks part: in Thai if the most of them are known, in Latin letters if all are."""
        words = text.split()
        thai = any(map(is_thai, text))
        dashed = any(not any(map(str.isalnum, word)) for word in words)  # "Seoul – Gangdong-gu" is one name
        if not 2 <= len(words) <= _WORDS or dashed or groups(text) or self._atlas.is_place(text, country):
            return [text]
        names: list[str] = []
        while words:
            # The longest name that begins here: a name may have a blank in it.
            count = next((n for n in range(len(words), 0, -1) if self._atlas.is_place(" ".join(words[:n]), country)), 1)
            names.append(" ".join(words[:count]))
            words = words[count:]
        known = sum(self._atlas.is_place(name, country) for name in names)
        return names if known * 2 >= len(names) and (thai or known == len(names)) else [text]

    # --- where names begin

    def tail(self, text: str) -> str:
        """Return the end of `text` that may be a name: behind the last sentence, colon or word that opens a list."""
        cut = sentences(text)[-1][0]
        for match in re.finditer(r"[:\n](?=\s)|[:](?=[\u0e00-\u0e7f])", text[cut:]):
            cut = max(cut, cut + match.end()) if text[cut + match.end() :].strip(EDGE) else cut
            break
        for match in thai_led().finditer(text, cut):
            cut = match.end()  # "นอกจากนี้ยังมีเมือง…"
        rest = text[cut:]
        last = None
        for match in self._listing.finditer(rest):
            last = match if rest[match.end() :].strip(EDGE) else last
        rest = rest[last.end() :] if last and not self._atlas.places(self.without_and(rest)) else rest
        return self.without_and(self._behind_dash(rest))

    def _behind_dash(self, text: str) -> str:
        """Return what stands behind a dash that ends a clause: "three cities – Alcobaça", not "Pya – Commune 2"."""
        for match in reversed(list(_DASHES.finditer(text))):
            before = text[: match.start()].split()
            spoken = any(is_small(word) and word not in particles() for word in before)
            if text[match.end() :].strip(EDGE) and (spoken or (match[0] == "\u2014" and len(before) > 1)):
                return text[match.end() :]
        return text

    def shortened(self, text: str, country: str) -> tuple[str, bool]:
        """Return the end of running text that is a name, and whether that is certain."""
        starts = [match.end() for match in re.finditer(r"\s+|(?<=[,(])", text)]
        for start in [0, *starts]:
            if self._atlas.is_place(text[start:].strip(EDGE), country):
                return text[start:].strip(EDGE), True
        if any(map(is_thai, text)):
            for start in range(max(0, len(text) - 30), len(text)):
                if self._atlas.is_place(text[start:], country):
                    return text[start:], True
            return text.split()[-1] if text.split() else text, False
        words = text.split()
        at = len(words)
        while at and (words[at - 1][:1].isupper() or not words[at - 1][:1].isalpha() or words[at - 1] in particles()):
            at -= 1
        while at < len(words) and not words[at][:1].isupper():
            at += 1
        return (" ".join(words[at:]).strip(EDGE), False) if at < len(words) else (text, False)

    def behind_small_word(self, text: str, country: str) -> str | None:
        """Return the known name that `text` ends with, if a word without a capital stands before it."""
        words = text.split()
        ends = ((words[at - 1], " ".join(words[at:])) for at in range(1, len(words)))
        small = ((word, end) for word, end in ends if word[0].islower() and not self.joining.fullmatch(word))
        return next((end for _, end in small if self._atlas.is_place(end, country)), None)

    # --- what is a name

    def trimmed(self, name: str, country: str | None) -> str:
        """Return a name without the words of the sentence before it: "Our neighbours Tanga", "In the north, Osh"."""
        words = name.split()
        for at in range(1, 0 if self._atlas.is_place(name, country) else len(words)):
            small = [word for word in words[:at] if word.islower() and word not in particles()]
            opening = at == 1 and words[0].lower() in opening_words()  # "Then Palermo"
            parted = small or opening or words[at - 1].endswith(",")
            if parted and self._atlas.is_place(" ".join(words[at:]), country):
                return " ".join(words[at:])
        return name

    def is_name(self, text: str) -> bool:
        """Tell whether `text` has the look of a name: short, no sentence, no markup."""
        if self._atlas.places(text):
            return True
        if not text or len(text) > LONGEST or _UNFIT.search(text) or any(days(text)) or self._has_country(text):
            return False
        if any(map(is_thai, text)):
            bare = cues.pattern("titles").sub("", _BEHIND.sub("", text))
            fits = len(_BEHIND.sub("", text)) <= 40 and all(len(piece) <= _LONGEST_THAI for piece in bare.split())
            return not text[0].isdigit() and fits and not cues.finds(text, "sentence")
        words = text.split()
        small = [word for word in words if is_small(word) and word.strip("’'") not in particles()]
        start = text.lstrip("'’‘(")
        led = text.startswith(("'s-", "’s-", "’s ", "al-", "el-")) or bool(PREFIXED.match(start))
        lower = led or start[:1].isupper() or not start[:1].isascii()
        return (
            len(words) <= 8
            and len(small) < 2
            and lower
            and any(map(str.isalpha, text))
            and not cues.finds(text, "sentence")
        )

    def _has_country(self, text: str) -> bool:
        """Tell whether `text` says in which country something is: "Durban in South Africa"."""
        return any(self._atlas.scopes.match(text, match.end() + 1) for match in cues.pattern("placing").finditer(text))


def _without_remark(text: str) -> str:
    """Return a text without what somebody says of it in brackets at its end: "Ternopil (hooray!)"."""
    match = _REMARK.search(text)
    return text[: match.start()] if match and (match[1] or "") not in particles() else text


def _with_states(pieces: list[str]) -> list[str]:
    """Return names with those states behind them that no comma parts from other names: "St. Louis, Missouri"."""
    found: list[str] = []
    for piece in pieces:
        if found and cues.pattern("states").fullmatch(piece):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return found


@cache
def _whole_names() -> re.Pattern[str]:
    names = (name for several in cues.words("whole_names").values() for name in several)
    return cues.compiled([re.escape(name) for name in names])
