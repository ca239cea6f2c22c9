"""The file of a lexicon: YAML of anybody's, without what YAML has besides words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import yaml

from app.errors import LectureTextError

LARGEST_FILE = 1_000_000
"""Bytes; ten thousand entries take a third of it."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_DEEPEST = 3
"""Words within languages are two deep; one more tells what is wrong by the key."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_TOLD = 60
"""Characters of a key in a message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one word or phrase is said in one language."""

    language: str
    """ISO 639-1 code."""
    written: str
    """As it stands in lectures; letter case does not matter."""
    spoken: str
    """In letters of the same language; a combining acute follows the stressed vowel."""


def parsed(content: bytes) -> Iterator[Entry]:
    """The entries of a file; see :meth:`app.lecture.lexicon.Lexicon.parse`.

    Raises:
        LectureTextError: It is no YAML, or an entry is wrong; the message names line and key.
    """
    if len(content) > LARGEST_FILE:
        raise LectureTextError(f"larger than {LARGEST_FILE} bytes")
    try:
        text = content.decode("utf-8-sig")
        _check_events(text)
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise LectureTextError("not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or "no YAML"
        raise LectureTextError(f"{line}{problem}") from error
    return _entries(root) if root is not None else iter(())


def key_of(written: str) -> str:
    """What two entries of a language must not share."""
    return unicodedata.normalize("NFC", " ".join(written.split())).lower().replace("ё", "е")


def _check_events(text: str) -> None:
    """Refuse what no lexicon needs, before anything is built of it.

    Raises:
        LectureTextError: It is nested deeply, refers to other places or names types.
        yaml.YAMLError: It is no YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        needless = None
        if depth > _DEEPEST:
            needless = "nested too deeply"
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            needless = "anchors and aliases (&, *) are not read here"
        elif getattr(event, "tag", None) is not None:
            needless = "tags (!) are not read here"
        if needless is not None:
            mark = event.start_mark
            raise LectureTextError(f"line {mark.line + 1 if mark else '?'}: {needless}")


def _entries(root: yaml.Node) -> Iterator[Entry]:
    languages: set[str] = set()
    for language, words in _mapping(root, "the file"):
        if language.value in languages:
            raise LectureTextError(f"{_at(language)}: it stands there twice")
        languages.add(language.value)
        if not _LANGUAGE.fullmatch(language.value):
            raise LectureTextError(f"{_at(language)}: a language code of two letters is wanted")
        seen: set[str] = set()
        for written, spoken in _mapping(words, f"key {language.value!r}"):
            yield _entry(language.value, written, spoken, seen)


def _mapping(node: yaml.Node, name: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise LectureTextError(
            f"line {node.start_mark.line + 1}: {name} holds no 'word: respelling'"
        )
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise LectureTextError(f"line {key.start_mark.line + 1}: a key is no word")
    return cast("list[tuple[yaml.ScalarNode, yaml.Node]]", node.value)


def _entry(language: str, written: yaml.ScalarNode, spoken: yaml.Node, seen: set[str]) -> Entry:
    key = key_of(written.value)
    if not re.search(r"\w", key):
        raise LectureTextError(f"{_at(written)}: it has no letter or digit")
    if key in seen:
        raise LectureTextError(f"{_at(written)}: it stands there twice")
    seen.add(key)
    said = " ".join(spoken.value.split()) if isinstance(spoken, yaml.ScalarNode) else ""
    if not any(letter.isalpha() for letter in said):
        raise LectureTextError(f"{_at(written)}: its respelling holds no letter")
    return Entry(language, " ".join(written.value.split()), said)


def _at(node: yaml.ScalarNode) -> str:
    key = node.value
    told = key if len(key) <= _LONGEST_TOLD else f"{key[:_LONGEST_TOLD]}…"
    return f"line {node.start_mark.line + 1}, key {told!r}"
