"""What may lean on what, where wording and SQL may stand, and that the languages mirror each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from bot.language import LANGUAGES, load

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("bot", "knowledge")
    for path in sorted((ROOT / package).rglob("*.py"))
}
BOT = [name for name in MODULES if name.startswith("bot")]
KNOWLEDGE = [name for name in MODULES if name.startswith("knowledge")]
TALKING = [name for name in BOT if re.match(r"bot\.(replies|pictures)\.\w+$", name)] + [
    "bot.addressing", "bot.buttons", "bot.conversation", "bot.answers", "bot.edits", "bot.handlers", "bot.inline",
    "bot.keyboards", "bot.membership", "bot.menus", "bot.phrases", "bot.sending", "bot.showing", "bot.talk",
    "bot.terminal",
]  # fmt: skip
SPEAK_TELEGRAM = {
    "bot.addressing", "bot.app", "bot.buttons", "bot.answers", "bot.edits", "bot.errors", "bot.handlers", "bot.inline",
    "bot.keyboards", "bot.limiter", "bot.maintaining", "bot.membership", "bot.menus", "bot.polling",
    "bot.refusals", "bot.request", "bot.sending", "bot.service", "bot.showing", "bot.work",
}  # fmt: skip
THAI = re.compile("[\u0e00-\u0e7f]")
THAI_IN_CODE = {
    "bot.understanding.utterance": "letters that are typed one for another",
    "knowledge.names": "letters that sound alike, and vowels that are written before the first consonant",
}
SPEAK_SQL = {
    "bot.inbox.store",
    "bot.state.backup",
    "bot.state.schema",
    "bot.state.store",
}  # the bot's own files
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA)\s+\S")
WORDS = re.compile(r"[^\W\d_]\s|\s[^\W\d_]")
ELSEWHERE = re.compile(r"~|\.\./|/\w+/\w")
MARKUP = re.compile(r"</?\w+")
ONE_LANGUAGE = {  # Thai counts years in B.E., which the code gives beside C.E.
    "year": {"be"},
    "year_again": {"be", "year"},
    "day": {"be"},
    "years_range": {"first_be", "last_be"},
    "rank.most_each": {"entries"},  # in English "each" says it
    "rank.most_known_each": {"entries"},
    "rank.most_held_each": {"entries"},
    "rank.fewest_each": {"entries"},
    "name_both": {"name_th"},  # Thai shows the Latin name beside the Thai one
}
TAKEN_WHOLE = {"kinds.other"}  # for a kind that has no wording
FILES = ("chat", "everyday", "lexicon", "numbers", "replies", "spellings", "standing")


# --- reading the code


@cache
def tree(module: str) -> ast.Module:
    """Return a module, parsed."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """Return what a module imports, at any place in it."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            found |= {str(node.module)} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def first_imports(module: str) -> set[str]:
    """Return the modules of ours that a module imports as soon as it is imported itself."""
    found: set[str] = set()
    for node in tree(module).body:
        if isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{name.name}" for name in node.names} & set(MODULES)
            found |= inner or ({str(node.module)} & set(MODULES))
    return found


def imported(module: str, packages: set[str]) -> set[str]:
    """Return what a module imports from the packages."""
    return {name for name in imports(module) if any(name == p or name.startswith(f"{p}.") for p in packages)}


def strings(module: str) -> Iterator[ast.Constant]:
    """Yield the strings of a module, without docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree(module)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def for_maintainers(module: str) -> set[int]:
    """Return the strings that only go into exceptions and logs."""
    return {
        id(inner)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Raise | ast.Assert)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("LOG."))
        for inner in ast.walk(node)
    }


def code_of(module: str, node: ast.Constant) -> str:
    """Return a string as it is written, escapes and all."""
    return ast.get_source_segment(MODULES[module].read_text(encoding="utf-8"), node) or ""


# --- reading the languages


def leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every text or list of texts with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, f"{path}.{key}".lstrip("."))
    else:
        yield path, data


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


REPLIES = {language: dict(leaves(load("replies", language))) for language in LANGUAGES}


def said() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call that says something out of `replies.yaml`, with its module."""
    for module in BOT:
        for node in ast.walk(tree(module)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"say", "texts"}
            ):
                yield module, node


def built(node: ast.AST) -> re.Pattern[str] | None:
    """Return what an f-string, or a sum, that looks like a path may come to."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    elif isinstance(node, ast.JoinedStr):
        parts = node.values
    else:
        return None
    fixed = [str(part.value) if isinstance(part, ast.Constant) else None for part in parts]
    if not re.fullmatch(r"[a-z_.]+", "".join(part or "" for part in fixed)):
        return None
    return re.compile("".join("(.*)" if part is None else re.escape(part) for part in fixed))


# --- who leans on whom


def test_knowledge_knows_neither_the_bot_nor_a_language() -> None:
    assert {name: found for name in KNOWLEDGE if (found := imported(name, {"bot", "telegram", "pythainlp"}))} == {}


def test_telegram_stops_at_the_handlers() -> None:
    assert {name for name in BOT if imported(name, {"telegram"})} == SPEAK_TELEGRAM


def test_understanding_and_replies_are_rooms_of_their_own() -> None:
    surfaces = SPEAK_TELEGRAM | {"bot.conversation", "bot.jsonlines", "bot.settings", "bot.terminal"}
    closed = {"bot.understanding": surfaces | {"bot.replies"}, "bot.replies": surfaces}
    for room, others in closed.items():
        inside = [name for name in BOT if name.startswith(room)]
        assert {name: found for name in inside if (found := imported(name, others))} == {}


def test_sql_stops_at_knowledge() -> None:
    failing = {"bot.inbox.inbox"}  # knows the errors, and no statement
    assert {name for name in BOT if imported(name, {"sqlite3", "sqlite_utils"})} == SPEAK_SQL | failing
    assert {name for name in BOT for node in strings(name) if SQL.search(str(node.value))} == SPEAK_SQL


def test_no_import_goes_in_circles() -> None:
    TopologicalSorter({name: first_imports(name) - {name} for name in MODULES}).prepare()


def test_nothing_is_read_from_outside() -> None:
    assert {name: node.value for name in MODULES for node in strings(name) if ELSEWHERE.match(str(node.value))} == {}


# --- where wording may stand


def test_thai_stands_in_data() -> None:
    found = {name for name in MODULES for node in strings(name) if THAI.search(code_of(name, node))}
    assert found == set(THAI_IN_CODE)


def test_wording_stands_in_data() -> None:
    found = {
        name: node.value
        for name in TALKING
        for node in strings(name)
        if WORDS.search(str(node.value))
        and not MARKUP.search(str(node.value))
        and id(node) not in for_maintainers(name)
    }
    assert found == {}


# --- the languages mirror each other


def test_the_languages_have_the_same_files() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (ROOT / "bot" / "language" / language).iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", ["chat", "replies", "standing"])
def test_the_languages_have_the_same_keys(name: str) -> None:
    th, en = (dict(leaves(load(name, language))) for language in LANGUAGES)
    assert list(th) == list(en)
    assert [path for path in en if type(th[path]) is not type(en[path])] == []


@pytest.mark.parametrize("name", ["lexicon", "numbers"])
def test_the_languages_have_the_same_concepts(name: str) -> None:
    th, en = (set(load(name, language)) for language in LANGUAGES)
    assert th ^ en == set()


@pytest.mark.parametrize("name", ["chat", "replies", "standing"])
def test_the_languages_are_filled_in_alike(name: str) -> None:
    th, en = (dict(leaves(load(name, language))) for language in LANGUAGES)
    texts = [path for path in en if isinstance(en[path], str)]
    different = {path: found for path in texts if (found := placeholders(th[path]) ^ placeholders(en[path]))}
    assert different == (ONE_LANGUAGE if name == "replies" else {})


@pytest.mark.parametrize("path", sorted(ROOT.glob("bot/**/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_key_stands_twice(path: Path) -> None:
    """YAML would silently take the last."""
    nodes = [yaml.compose(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
            nodes += [value for _, value in node.value]


def test_no_sentence_is_dead() -> None:
    code = {str(node.value) for name in BOT for node in strings(name)}
    assert set(load("chat", "en")) - code == set()


def test_what_is_said_exists_and_gets_what_it_needs() -> None:
    for module, call in said():
        path = call.args[0]
        if not isinstance(path, ast.Constant):
            continue
        given = {keyword.arg for keyword in call.keywords}
        for language in LANGUAGES:
            assert path.value in REPLIES[language], f"{module}:{call.lineno}"
            text = REPLIES[language][path.value]
            missing = placeholders(text) - given if isinstance(text, str) else set()
            assert not missing or None in given, f"{module}:{call.lineno}: {path.value} lacks {missing}"


def test_no_reply_is_dead() -> None:
    """A reply is used where its path is written out, or put together of parts that each stand somewhere."""
    code = {str(node.value) for name in MODULES for node in strings(name)}
    intents = yaml.safe_load((ROOT / "bot/understanding/intents.yaml").read_text(encoding="utf-8"))["intents"]
    kinds = {place["kind"] for place in yaml.safe_load((ROOT / "knowledge/places.yaml").read_text(encoding="utf-8"))}
    parts = code | set(intents) | {f"kinds.{kind}" for kind in kinds} | {""}
    patterns = [pattern for name in BOT for node in ast.walk(tree(name)) if (pattern := built(node))]
    used = {
        path
        for path in REPLIES["en"]
        if path in parts or any(set(found.groups()) <= parts for p in patterns if (found := p.fullmatch(path)))
    }
    assert sorted(set(REPLIES["en"]) - used - TAKEN_WHOLE) == []
