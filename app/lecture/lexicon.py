"""Pronunciation lexicon: words respelt before any engine reads them, and given back afterwards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import yaml

from app.errors import ConfigError, LectureTextError
from app.lecture.matching import Phrases

LARGEST_FILE = 1_000_000
"""Bytes; ten thousand entries take a third of it."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_DEEPEST = 3
"""Words within languages are two deep; one more tells what is wrong by the key."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_TOLD = 60
"""Characters of a key in a message."""
_CHUNK = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one word or phrase is said in one language."""

    language: str
    """ISO 639-1 code."""
    written: str
    """As it stands in lectures; letter case does not matter."""
    spoken: str
    """In letters of the same language; a combining acute follows the stressed vowel."""


@dataclass(frozen=True, slots=True)
class Respelled:
    """A text as the engine is to read it, and the lecture's own words in it."""

    text: str
    """White space is that of the original, so paragraphs stay where they were."""
    groups: tuple[tuple[str, str], ...]
    """Stretches of original and of spoken text, without outer white space, in order."""

    @property
    def is_unchanged(self) -> bool:
        """Whether every word is spoken as it stands."""
        return all(original == said for original, said in self.groups)

    def restored(
        self, spoken: Sequence[tuple[str, float, float]]
    ) -> list[tuple[str, float, float]]:
        """The original words with the times at which they are heard.

        A phrase takes the time of all that is spoken for it, shared out by letters.

        >>> Respelled("my ess cue ell", (("my", "my"), ("SQL", "ess cue ell"))).restored(
        ...     [("my", 0.0, 0.2), ("ess", 0.2, 0.4), ("cue", 0.4, 0.6), ("ell", 0.6, 0.9)]
        ... )
        [('my', 0.0, 0.2), ('SQL', 0.2, 0.9)]

        Args:
            spoken: Word, start and end in seconds, for each whitespace-delimited word of
                :attr:`text`, in order.

        Raises:
            ValueError: There are more or fewer of them than words in the text.
        """
        if len(spoken) != len(self.text.split()):
            raise ValueError(f"{len(spoken)} times for {len(self.text.split())} spoken words")
        result: list[tuple[str, float, float]] = []
        place = 0
        for original, said in self.groups:
            times = spoken[place : place + len(said.split())]
            place += len(times)
            result += _shared(original.split(), times)
        return result

    def saying(self, said: Mapping[int, str]) -> Respelled:
        """The text with some of its words said otherwise; those of the lexicon stay.

        >>> Respelled("see p. 7", (("see", "see"), ("p.", "p."), ("7", "7"))).saying({1: "page"})
        Respelled(text='see page 7', groups=(('see', 'see'), ('p.', 'page'), ('7', '7')))

        Args:
            said: Words by the number of the original word, from 0.
        """
        if not said:
            return self
        groups: list[tuple[str, str]] = []
        changed: dict[int, str] = {}
        originals = spoken = 0
        for original, now in self.groups:
            replacement = said.get(originals, now) if original == now else now
            if len(original.split()) == 1 and replacement != now:
                changed[spoken] = replacement
                groups.append((original, replacement))
            else:
                groups.append((original, now))
            originals += len(original.split())
            spoken += len(now.split())
        words = iter(range(spoken))
        text = re.sub(r"\S+", lambda found: changed.get(next(words), found.group()), self.text)
        return Respelled(text, tuple(groups))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Respellings of words and phrases; the empty one changes nothing."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read the site's own file; see :meth:`parse`.

        Raises:
            ConfigError: It is missing or wrong; the message names file, line and key.
        """
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            return cls.parse(content)
        except OSError as error:
            raise ConfigError(f"no readable lexicon at {path}: {error.strerror}") from error
        except LectureTextError as error:
            raise ConfigError(f"lexicon {path}: {error}") from error

    @classmethod
    def parse(cls, content: bytes) -> Lexicon:
        """Respellings by language, ``en: {nginx: engine ex}``, in YAML.

        Args:
            content: In UTF-8, at most :data:`LARGEST_FILE` bytes.

        Raises:
            LectureTextError: It is no YAML, or an entry is wrong; the message names line
                and key.
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
        return cls(tuple(_entries(root)) if root is not None else ())

    def merged(self, other: Lexicon) -> Lexicon:
        """Both; where they disagree, the other one is right."""
        by_key = {(entry.language, _key(entry.written)): entry for entry in self.entries}
        by_key |= {(entry.language, _key(entry.written)): entry for entry in other.entries}
        return Lexicon(tuple(by_key.values()))

    def spoken(self, text: str, language: str) -> Respelled:
        """The text with every whole word or phrase of the lexicon respelt.

        The longest phrase wins; a respelling is not respelt again.

        >>> Lexicon((Entry("en", "nginx", "engine ex"),)).spoken("Use Nginx, now.", "en").text
        'Use engine ex, now.'
        """
        respelled, groups = [], []
        original = said = ""
        for piece, replacement in _pieces(text, self._matching(language)):
            respelled.append(replacement)
            if not piece.isspace() or original == said == "":
                original, said = original + piece.strip(), said + replacement.strip()
                continue
            groups.append((original, said))
            original = said = ""
        if original:
            groups.append((original, said))
        return Respelled("".join(respelled), tuple(groups))

    def needed_for(self, texts: Iterable[str], language: str) -> Lexicon:
        """Only what occurs in these texts: what a lecture has to carry along."""
        entries = self._matching(language)
        phrases, _ = _compiled(entries)
        met = {key for text in texts for _, _, key in phrases.found(text)}
        return Lexicon(tuple(entry for entry in entries if _key(entry.written) in met))

    def _matching(self, language: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.language == language)


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
    key = _key(written.value)
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


def _key(written: str) -> str:
    """What two entries must not share."""
    return unicodedata.normalize("NFC", " ".join(written.split())).lower().replace("ё", "е")


def _pieces(text: str, entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    """White space, words and phrases of a text, each with what is said for it."""
    phrases, meanings = _compiled(entries)
    done = 0
    for start, end, key in phrases.found(text):
        yield from _unchanged(text[done:start])
        yield text[start:end], meanings[key]
        done = end
    yield from _unchanged(text[done:])


def _unchanged(text: str) -> Iterator[tuple[str, str]]:
    for match in _CHUNK.finditer(text):
        yield match.group(), match.group()


@lru_cache(maxsize=16)
def _compiled(entries: tuple[Entry, ...]) -> tuple[Phrases, Mapping[str, str]]:
    meanings = {_key(entry.written): entry.spoken for entry in entries}
    return Phrases(meanings), meanings


def _shared(
    words: Sequence[str], times: Sequence[tuple[str, float, float]]
) -> Iterator[tuple[str, float, float]]:
    """Words with shares of the time from the first to the last of the spoken ones."""
    if len(words) == len(times):
        for word, (_, start, end) in zip(words, times, strict=True):
            yield word, start, end
        return
    start, last = times[0][1], times[-1][2]
    letters = sum(map(len, words))
    for index, word in enumerate(words, start=1):
        share = sum(len(earlier) for earlier in words[:index]) / letters
        end = last if index == len(words) else times[0][1] + share * (last - times[0][1])
        yield word, start, end
        start = end
