"""Countries as the fact base has them: CLDR's names, overridden and extended by `countries.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from knowledge.reading import Records

# CLDR lists unions, parts of countries and private codes among the territories.
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its display names; `aliases` are all further names, CLDR's among them."""

    iso: str
    region: str | None
    name_en: str
    name_th: str
    aliases: tuple[str, ...]


def countries(records: Records) -> dict[str, Country]:
    """Return every country by its code."""
    rows = {row.iso: row for row in records.countries}
    found = {}
    for iso, (english, thai) in standard_names().items():
        row = rows.get(iso)
        name_en, name_th = (row and row.name_en) or english, (row and row.name_th) or thai
        aliases = (english, thai, *(row.aliases if row else ()))
        found[iso] = Country(iso, row.region if row else None, name_en, name_th, aliases)
    return found


def standard_names() -> dict[str, tuple[str, str]]:
    """Return CLDR's English and Thai name of every country by its code."""
    english, thai = (dict[str, str](Locale(language).territories) for language in ("en", "th"))
    codes = [code for code in english if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES]
    return {code: (english[code].replace(" & ", " and "), thai.get(code, english[code])) for code in codes}
