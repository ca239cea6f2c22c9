"""What an engine says of itself.

Each engine has a module ``card`` with one :class:`Card` named ``CARD``.  It is read in every
process, the web's too, so nothing that it imports may import a model or its framework: the
engine itself is imported by :attr:`Card.create`, when it is wanted.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from app.ports.face import FaceEngine
from app.ports.speech import SpeechEngine

Kind = Literal["speech", "face"]

Options = TypeVar("Options", bound=BaseModel)

Tell = Callable[[str], object]
"""Takes a sentence about what is being done."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of an engine's examination."""

    what: str
    """What was looked at."""
    ok: bool
    """Whether it is right."""
    says: str
    """What was found or, when it is not right, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Generic[Options]):
    """An engine, as far as it is known without being imported."""

    name: str
    """As requests and settings call it; for a built-in one also the name of its folder."""
    version: str
    """Part of every input hash: raise it when the same input gives another result."""
    summary: str
    """What it is, on one line of ``python -m app engines``."""
    options: type[Options]
    """Its settings; unknown ones must be refused.  A field named as one of the service's places,
    such as ``models_dir``, ``cache_dir`` or ``ffmpeg``, is filled in where they say nothing."""
    create: Callable[[Options], SpeechEngine | FaceEngine]
    """Makes it; imports it first, but loads no model."""
    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes that a speech engine speaks, at least one; none for a face engine."""
    requires: tuple[str, ...] = ()
    """Top-level modules that must be installed."""
    files: tuple[str, ...] = ()
    """Weights, relative to the models folder, that ``setup`` puts there."""
    occupies: Literal["core", "machine", "device"] = "machine"
    """What a fragment keeps busy.  ``core``: one core, so there are as many at a time as half the
    cores; ``machine``: more, one at a time; ``device``: a GPU as well, and its memory is given
    back when another engine is wanted."""
    immaterial: frozenset[str] = frozenset()
    """Options that change how the work is done and not what comes out."""
    check: Callable[[Options], str] | None = None
    """Says what else is missing and what to do; empty when nothing is.

    Asked before a lecture is accepted, in the web process: it answers within a tenth of a second
    and imports no framework."""
    report: Callable[[Options], Iterator[Finding]] | None = None
    """Examines it for real for ``doctor``, in the order in which faults are to be mended."""
    setup: Callable[[Path, Tell], object] | None = None
    """What ``python -m app setup`` does for it, given the models folder; safe to repeat."""

    def chosen(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> Options:
        """Its options, with the service's places where they say nothing.

        Args:
            options: As the configuration and the request give them.
            places: By the names that options give them.

        Raises:
            ValidationError: One of them is not known or not allowed; see :func:`faults`.
        """
        given = {key: places[key] for key in places if key in self.options.model_fields}
        return self.options(**given | dict(options))

    def misfit(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
        """Which of the options it does not know or allow; empty when all are fine."""
        try:
            self.chosen(options, places)
        except ValidationError as error:
            return faults(error)
        return ""

    def lacks(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
        """Why it cannot run here and what to do; empty when it can.

        No model and no framework is imported to find out.  Of options that it does not know
        :meth:`misfit` tells.
        """
        modules = [name for name in self.requires if importlib.util.find_spec(name) is None]
        if modules:
            return f"packages missing: {', '.join(modules)}; see docs/engines.md"
        models = places["models_dir"] if self.files else Path()
        files = [name for name in self.files if not (models / name).is_file()]
        if files:
            return f"weights missing in {models}: {', '.join(files)}; run: python -m app setup"
        if self.check is None:
            return ""
        try:
            chosen = self.chosen(options, places)
        except ValidationError:
            return ""
        return self.check(chosen)

    def examine(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> Iterator[Finding]:
        """What a thorough look finds; nothing when it offers none."""
        try:
            chosen = self.chosen(options, places)
        except ValidationError as error:
            yield Finding("options", ok=False, says=faults(error))
            return
        if self.report is not None:
            yield from self.report(chosen)


AnyCard = Card[Any]  # Any: of engines of all kinds, each with options of its own
"""A card as whoever chooses among engines has it."""


def faults(error: ValidationError) -> str:
    """What is wrong with which option, on one line."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
