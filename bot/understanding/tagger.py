"""Words to spans: which concept, name or number each stretch of a message is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from bot.understanding.keyboard import other_layout, retyped
from bot.understanding.lexicon import NEUTRAL, Lexicon
from bot.understanding.rereading import reread
from bot.understanding.romanised import in_thai
from bot.understanding.slipped import Mended, Slips
from bot.understanding.spans import UNITS, Span, Utterance
from bot.understanding.spelling import Speller
from bot.understanding.token import Token
from bot.understanding.utterance import Segmenter, clean
from bot.understanding.words import Words, everyday_words
from knowledge.lookup import Entity, Gazetteer
from knowledge.names import is_thai, key

_LONGEST_SPAN = 8  # tokens
_GLUED = 8  # letters of a name that may not be made of single letters
_COUNTRY = frozenset({"country"})
_COUNTING = frozenset({"which", "how_many", "what"})
_WHOLE_WORD = 5  # letters
_WORD = 3  # letters; shorter ones are words of any language
_PLURAL = 4  # letters; from there on an s may make a plural
_MISTYPED = re.compile(r"[a-z][=\[\];',./]{1,2}[a-z]\S*[=\[\];',./]", re.IGNORECASE)  # Thai on the English layout
_SUSPECT = 0.85  # known share below which another keyboard layout is tried
_BETTER = 0.3  # known share that it must gain
_CLEAR = 0.75  # and have
_MOSTLY = 0.85  # known share that Thai in Latin letters must have
_WHOLE = 0.99  # with so much known, half the gain will do
_OUR_NAMES = frozenset({"learning_city", "gnlc"})
_MEANINGLESS = frozenset({NEUTRAL, "filler"})
_ENDINGS = ("s", "es", "d", "ed")
_INFLECTED = 4  # letters
_COURTESY = frozenset({NEUTRAL, "praise", "greet", "thanks"})
_SHORT_NAME = 2  # letters: a name this short yields to a word
_CHUNKS = 40  # words of a message in which names typed on the wrong layout are looked for
_WHOLE_NAME = 4  # letters
_SURE_NAME = 7  # letters of a name that one slip leaves no doubt about
_SURE_CUE = 6  # the same of any other word


class Tagger:
    """Reads messages by the lexicon and the gazetteer: whole first, then misspelt."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        names = list(gazetteer.thai_words())
        ours = [name for name in names if _prominent(gazetteer.exact(key(name)))]
        ours += [phrase for phrase in lexicon.phrases if lexicon.exact(key(phrase)) & _OUR_NAMES]
        self._segmenter = Segmenter([*lexicon.phrases, *names], partial(_is_word, lexicon, gazetteer), ours)
        self._words = Words()
        self._speller = Speller(lexicon, gazetteer)
        ours += [phrase for phrase in lexicon.phrases if is_thai(phrase[0])]
        latin = (phrase for phrase in lexicon.phrases if phrase.isascii() and phrase.isalpha() and len(phrase) > 1)
        self._thai_slips = Slips((word for word in ours if is_thai(word[0])), self._words, thai=True)
        self._latin_slips = Slips(latin, self._words, thai=False)

    def read(self, text: str) -> Utterance:
        """Return `text` with the spans that cover it; typed on the wrong layout, or Thai in Latin letters, as meant."""
        mixed = any(map(is_thai, text)) and any(c.isascii() and c.isalpha() for c in text)
        text = self._with_names_retyped(text) if mixed else text  # on one layout the whole may be meant on the other
        plain = as_written = self._tagged(clean(text))
        mistyped = _MISTYPED.search(text) is not None
        if mistyped or (plain.known < _SUSPECT and any(span.key not in self._words for span in plain.unknown)):
            others = (self._tagged(clean(other)) for other in retyped(" ".join(text.split())))
            best = max(others, key=lambda other: other.known, default=plain)
            gain = _BETTER / (4 if mistyped else 2) if best.known > _WHOLE else _BETTER
            plain = best if best.known >= max(plain.known + gain, _CLEAR) else plain
        if plain is as_written and plain.unknown and (other := self._with_names_retyped(text)) != text:
            plain = self._tagged(clean(other))
        plain = self._in_thai(plain)
        mended = replace(plain, spans=self._speller.mend(plain.spans))
        sure = not mended.unknown and all(span.exact for span in mended.spans)
        meant = mended if sure else self._put_right(plain, mended)
        spans = reread([_weighed(span) for span in meant.spans])
        named = any(entity.kind == "region" for span in spans for entity in span.entities)
        return replace(meant, spans=tuple(self._with_countries(spans)) if named else spans)

    def _with_countries(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield `spans`, before the name of a group the countries that it says: "which ASEAN countries"."""
        for at, span in enumerate(spans):
            beside = (*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2])
            asked = any(other.concepts & _COUNTING for other in beside)
            if asked and any(entity.kind == "region" for entity in span.entities) and self._says_countries(span.key):
                yield replace(span, end=span.start, concepts=_COUNTRY, entities=())
            yield span

    def _says_countries(self, name: str) -> bool:
        cuts = range(_WORD, len(name) - 1)
        return any(_COUNTRY & (self._lexicon.exact(name[:cut]) | self._lexicon.exact(name[cut:])) for cut in cuts)

    def _put_right(self, plain: Utterance, mended: Utterance) -> Utterance:
        """Return `mended` with the words put right that one slip makes unknown, where nothing unknown is left."""
        ways = (self._thai_slips.put_right(plain), self._latin_slips.put_right(mended))
        for slip in chain.from_iterable(ways):
            meant = self._tagged(slip.text)
            spans = tuple(_doubted(meant, slip))
            if meant.unknown:
                spans = self._speller.mend(spans)
            if not any(span.unknown for span in spans):
                return replace(meant, spans=spans)
        return mended

    def _with_names_retyped(self, text: str) -> str:
        """Return `text` with the words put right that only the other layout makes names of ours."""
        chunks = text.split()
        if len(chunks) > _CHUNKS:
            return text
        return " ".join(other if (other := self._name_on_the_other_layout(chunk)) else chunk for chunk in chunks)

    def _name_on_the_other_layout(self, chunk: str) -> str | None:
        written, meant = key(chunk), key(other := other_layout(chunk))
        if len(meant) < _WHOLE_NAME or self._lexicon.exact(written) or self._gazetteer.exact(written):
            return None
        return other if written not in self._words and _prominent(self._gazetteer.exact(meant)) else None

    def _in_thai(self, plain: Utterance) -> Utterance:
        """Return what was read as Thai, if it is Thai in Latin letters and no less of it is known then."""
        names = {at for span in plain.spans if span.entities for at in range(span.start, span.end)}
        if all(len(t.key) < _WORD or t.key in self._words for at, t in enumerate(plain.tokens) if at not in names):
            return plain
        text = in_thai(plain.tokens, names)
        thai = self._tagged(clean(text)) if text else plain
        return thai if thai.known >= max(plain.known, _MOSTLY) else plain

    def _tagged(self, cleaned: str) -> Utterance:
        tokens = self._segmenter.tokens(cleaned)
        return Utterance(cleaned, tokens, tuple(_cover(tokens, _longest(self._candidates(tokens)))))

    def _candidates(self, tokens: Sequence[Token]) -> Iterator[Span]:
        for start, token in enumerate(tokens):
            if token.number is not None:
                yield Span(start, start + 1, token.key, number=token.number)
            joined, usual, before = "", "", tokens[start - 1] if start else None
            for end in range(start + 1, min(start + _LONGEST_SPAN, len(tokens)) + 1):
                joined += tokens[end - 1].key
                usual += self._lexicon.usual(tokens[end - 1].key)
                if span := self._known(before, tokens[start:end], start, end, joined, usual):
                    yield span

    def _known(
        self, before: Token | None, tokens: Sequence[Token], start: int, end: int, joined: str, usual: str
    ) -> Span | None:
        concepts = self._lexicon.exact(joined) or (self._lexicon.exact(usual) if usual != joined else frozenset())
        entities = self._gazetteer.exact(joined)
        if concepts <= _COURTESY and any(token.thai and token.gap for token in tokens[1:]):
            concepts = frozenset()  # "… krub" and "I …" are two
        if "unit" in concepts and len(tokens) > 1 and len(tokens[0].key) == 1:
            concepts = frozenset()  # "with M in 2022" is no minute
        if not _prominent(entities) and any(token.thai and token.gap for token in tokens[1:]):
            entities = ()  # "… เมือง เลย…" is no town
        if before is not None and before.number is not None and entities and not _prominent(entities):
            concepts = self._counted(joined) or concepts
            entities = () if "city" in concepts else entities
        if (
            not concepts
            and not entities
            and len(joined) > _PLURAL
            and joined.isascii()
            and joined.endswith("s")
            and len(tokens[-1].key) > 1
        ):
            concepts = self._lexicon.exact(joined[:-1])
            entities = tuple(e for e in self._gazetteer.exact(joined[:-1]) if e.kind != "place")  # no town has a plural
        if not concepts and not entities and len(tokens) == 1:
            concepts = self._inflected(joined)
        if entities and (_scattered(tokens, joined) or self._links(before, tokens) or self._is_said(tokens)):
            entities = ()
        if not concepts and not entities:
            return None
        if concepts and (len(joined) <= _SHORT_NAME or not _prominent(entities)):
            return Span(start, end, joined, concepts, homonyms=entities)
        return Span(start, end, joined, entities=entities, unit=self._unit_in(joined))

    def _inflected(self, word: str) -> frozenset[str]:
        """Return the concepts of an English word that means nothing to us, in another form of it: "provided"."""
        if len(word) < _INFLECTED or not word.isascii():
            return frozenset()
        for ending in _ENDINGS:
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                for form in (stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem):
                    concepts = self._lexicon.exact(form)
                    if concepts and concepts <= _MEANINGLESS and len(form) >= _WORD:
                        return concepts
        return frozenset()

    def _unit_in(self, name: str) -> str | None:
        """Return the kind of place that a name begins with ("จังหวัดตาก"), if it says one."""
        heads = (self._lexicon.exact(name[:end]) for end in range(len(name) - 1, 1, -1))
        return next((unit for head in heads for unit in UNITS if unit in head), None)

    def _counted(self, joined: str) -> frozenset[str]:
        """Return the concepts of the noun that a name begins with, if the rest is a word, too ("5 เมืองเลย")."""
        cuts = ((self._lexicon.exact(joined[:end]), self._lexicon.exact(joined[end:])) for end in range(1, len(joined)))
        return next((noun for noun, rest in cuts if "city" in noun and rest), frozenset())

    def _is_said(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a name is made of another one and a small word beside it ("Sur in Oman", "non-Thai cities")."""
        if len(tokens) != 2:
            return False
        first, second = (token.key for token in tokens)
        if "inside" in self._lexicon.exact(second):
            return _prominent(self._gazetteer.exact(first))
        return "except" in self._lexicon.exact(first) and _prominent(self._gazetteer.exact(second))

    def _links(self, before: Token | None, tokens: Sequence[Token]) -> bool:
        """Tell whether a single letter stands for a word between two names ("thailand n korea")."""
        single = len(tokens) > 1 and len(tokens[0].key) == 1 and bool(self._lexicon.exact(tokens[0].key))
        return single and before is not None and bool(self._gazetteer.exact(before.key))


def _is_word(lexicon: Lexicon, gazetteer: Gazetteer, word: str) -> bool:
    return len(word) > 1 and bool(lexicon.exact(word) or _prominent(gazetteer.exact(word)))


def _doubted(meant: Utterance, mended: Mended) -> Iterator[Span]:
    """Yield the spans of what was put right as those of a misspelt word."""
    end = 0
    places = []
    for token in meant.tokens:
        start = meant.text.index(token.text, end)
        end = start + len(token.text)
        places.append((start, end))
    for span in meant.spans:
        touched = places[span.start][0] < mended.last and places[span.end - 1][1] > mended.first
        sure = not span.key.isascii() and len(span.key) >= (_SURE_NAME if span.entities else _SURE_CUE)
        place = any(entity.kind == "place" for entity in span.entities)
        yield replace(span, exact=False, assumed=place) if touched and not sure else span


def _weighed(span: Span) -> Span:
    """Return a span of an unknown word with whether it is one of everyday talk."""
    return replace(span, everyday=True) if span.unknown and span.key in everyday_words() else span


def _prominent(entities: Sequence[Entity]) -> bool:
    """Tell whether a name is one of ours; towns elsewhere that look like a word yield to the word."""
    return any(entity.member or entity.kind != "place" for entity in entities)


def _scattered(tokens: Sequence[Token], joined: str) -> bool:
    """Tell whether single letters would be glued into a short name ("i ran"), not put before a word ("n korea")."""
    if len(tokens) < 2 or len(joined) >= _GLUED:
        return False
    lengths = [len(token.key) for token in tokens]
    return 1 in lengths[1:] or (lengths[0] == 1 and max(lengths) < _WHOLE_WORD)


def _longest(candidates: Iterator[Span]) -> list[Span]:
    """Choose spans that do not overlap, the longest first."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for span in sorted(candidates, key=lambda s: (-len(s.key), -len(s.entities), s.start)):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def _is_drawn_out(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is the last letter of the Thai word before it, said once more ("ป่าวว")."""
    token, before = tokens[at], tokens[at - 1] if at else None
    return bool(before and token.thai and len(token.key) == 1 and not token.gap and before.key.endswith(token.key))


def _cover(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Span]:
    """Fill the gaps between `spans` with unknown words."""
    covered = {index for span in spans for index in range(span.start, span.end)}
    gaps = [
        Span(i, i + 1, token.key)
        for i, token in enumerate(tokens)
        if i not in covered and (token.key.isalpha() or token.thai) and not _is_drawn_out(tokens, i)
    ]
    return sorted([*spans, *gaps], key=lambda s: s.start)
