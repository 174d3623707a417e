"""The shape of the record files. Every class is one kind of row in YAML or CSV; `reading` fills them.

Years are C.E., countries ISO 3166-1 alpha-2. A row without a `year` has its record's.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from knowledge.model import Measure, Scope, ScopeKind


def _date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _country(value: Any) -> Any:
    if value is False:
        raise ValueError("write 'NO' in quotes: without them YAML reads it as false")
    return value


def _scope(value: Any) -> Any:
    if not isinstance(value, str) or not (match := _SCOPE.fullmatch(value)):
        raise ValueError("a scope is world, region:<id> or country:<ISO code>")
    kind: ScopeKind = match[1] or "world"  # type: ignore[assignment]  # the pattern allows no other
    return Scope(kind, match[2] or "world")


_SCOPE = re.compile(r"world|(region|country):([A-Za-z-]+)")

Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SourceId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Iso = Annotated[str, BeforeValidator(_country), Field(pattern=r"^[A-Z]{2}$")]
Year = Annotated[int, Field(ge=2013, le=2100)]
Day = Annotated[str, BeforeValidator(_date), Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Published = Annotated[str, BeforeValidator(_date), Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
Count = Annotated[int, Field(ge=0)]
ScopeText = Annotated[Scope, BeforeValidator(_scope)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class SourceRow(_Row):
    """A page or document that facts were read from; without `publisher_th` the publisher stands in Thai, too."""

    id: SourceId
    publisher: Text
    publisher_th: Text | None = None
    title: Text | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    published: Published | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None


class MembershipRow(_Row):
    """A place that joined; `printed` is its name as the source has it."""

    year: Year | None = None
    place: Id
    source: SourceId
    locator: Text | None = None
    printed: Text | None = None
    confidence: Literal["read", "inferred"] = "read"


class DeclaredRow(_Row):
    """A number that a source states. Of those about one thing, one is followed."""

    year: Year | None = None
    scope: ScopeText
    measure: Measure
    value: Count
    source: SourceId
    locator: Text | None = None
    followed: bool = True
    note: Text | None = None


class CoverageRow(_Row):
    """Whether the names held for a year and scope are all; `known` is how many are held."""

    year: Year | None = None
    scope: ScopeText
    complete: bool
    known: Count
    declared: Count | None = None
    note: Text | None = None


class StatementRow(_Row):
    """A sentence of our own, in both languages, and the paragraph it rests on."""

    id: Id
    topic: Id
    th: Text
    en: Text
    source: SourceId
    locator: Text | None = None


class ConflictRow(_Row):
    """What sources disagree about, which one is followed and why, in both languages."""

    id: Id
    topic: Id
    year: Year | None = None
    scope: ScopeText | None = None
    th: Text
    en: Text
    sources: Annotated[list[SourceId], Field(min_length=1)]


class MentionRow(_Row):
    """A place that a source calls a member without a year that could be read.

    It is `counted` beside the members held by name, unless its source gives fewer than that comes to.
    """

    place: Id
    source: SourceId
    counted: bool = True
    note: Text | None = None


class PlaceRow(_Row):
    """A member, in `places.yaml` or in its record. `aliases` are reviewed, `spellings` are GeoNames' others."""

    id: Id
    country: Iso | None = None
    name: Text
    name_th: Text | None = None
    th_status: Literal["source", "checked", "conventional"] | None = None
    kind: Text = "city"
    within: Text | None = None
    within_th: Text | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    geonames: int | None = None
    remark: Text | None = None
    aliases: list[Text] = []
    spellings: list[Text] = []


class ReviewRow(_Row):
    """A doubt that a person has to settle before the record is taken; `found` quotes the source."""

    where: Text | None = None
    doubt: Text
    found: Text | None = None


class Record(_Row):
    """One file of `announcements/`: an announcement or a cohort.

    `places` are members that `places.yaml` does not have (yet). A record with a `review` is a draft and is refused.
    """

    id: Id
    year: Year | None = None
    announced: Day | None = None
    sources: list[SourceRow] = []
    places: list[PlaceRow] = []
    memberships: list[MembershipRow] = []
    declared: list[DeclaredRow] = []
    coverage: list[CoverageRow] = []
    statements: list[StatementRow] = []
    conflicts: list[ConflictRow] = []
    mentions: list[MentionRow] = []
    review: list[ReviewRow] = []

    @model_validator(mode="after")
    def _years(self) -> Record:
        for name in ("memberships", "declared", "coverage"):
            for number, row in enumerate(getattr(self, name)):
                if (row.year or self.year) is None:
                    raise ValueError(f"{name}[{number}] has no year, and the record has none either")
        return self


class ElsewhereRow(_Row):
    """A place in `elsewhere.csv` that is not a member.

    A namesake has the name of the member `of`; what lies in a member that is a whole province or city is `part_of` it.
    """

    id: Id
    name: Text
    country: Iso
    kind: Text
    name_th: Text | None = None
    aliases: list[Text] = []
    geonames: int | None = None
    reason: Literal["thai-province", "thai-town", "mentioned", "capital", "large", "near", "namesake"]
    of: Id | None = None
    prominent: bool = False
    part_of: Id | None = None


class CountryRow(_Row):
    """A country in `countries.yaml`; names that are absent come from CLDR."""

    iso: Iso
    region: Id | None = None
    name_en: Text | None = None
    name_th: Text | None = None
    aliases: list[Text] = []


class RegionRow(_Row):
    """A region of UNESCO, or with `countries` a group of countries that people name."""

    id: Id
    name_en: Text
    name_th: Text
    definition_en: Text
    definition_th: Text
    aliases: list[Text] = []
    countries: list[Iso] = []


class Regions(_Row):
    """`regions.yaml`."""

    regions: list[RegionRow]
    groups: list[RegionRow]


class OrganisationRow(_Row):
    """A body in `organisations.yaml`."""

    id: Id
    name_en: Text
    name_th: Text
    aliases: list[Text] = []
