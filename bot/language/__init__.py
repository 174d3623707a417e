"""Phrases and wording: YAML files with the same keys in every language.

`th/` and `en/` mirror each other; code never holds a phrase of its own.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def load(name: str, language: Language) -> dict[str, Any]:
    """Return the mapping held in `language/<language>/<name>.yaml`.

    Every scalar is a string (`no`, `ปี`, `2022`). Cached and shared: callers do not change it.
    """
    path = files(__name__) / language / f"{name}.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    if not isinstance(data, dict):
        raise TypeError(f"{path}: expected a mapping")
    return data
