"""A step, and what all steps of its kind have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.steps.content import JobContent
from app.steps.workshop import Surroundings, Workshop


class Queue(StrEnum):
    """What a step waits in, by what a worker needs to do it.

    Speech and face engines fill a device or a core and stay in memory; what needs
    neither goes to ``cpu``.
    """

    SPEECH = "speech"
    FACE = "face"
    CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Step:
    """The unit a worker claims."""

    name: str
    """Unique within the job, for example ``face_3``."""
    kind: str
    """Name of its :class:`Kind`."""
    number: int
    """Of the fragment or slide, from 1; 0 for a step of the whole lecture."""
    queue: Queue
    """Which workers can do it."""
    needs: tuple[str, ...]
    """Names of the steps whose artifacts it reads."""
    input_hash: str
    """Of everything the artifact is made from: equal hash, equal artifact."""
    slide: int | None
    """Number of the slide that it belongs to; ``None`` for a step of the whole lecture."""
    letters: int
    """Of all the text that it speaks, animates or joins; tells how long it will take."""
    places: Mapping[str, Path]
    """Where each file of the artifact appears for the caller, in this order."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for every step of one kind."""

    name: str
    """As databases, status and manifests tell it."""
    queue: Queue
    cost: float
    """Usual time of a step relative to the other kinds', for the progress."""
    of_fragment: bool
    """Whether the number of a step is a fragment's; else a slide's, or 0."""
    do: Callable[[JobContent, int, Workshop, Surroundings], None]
    """Makes the artifact of the step of that number; raises as :func:`app.steps.do`."""
    usual_seconds: Callable[[int], float] | None = None
    """Of a step with so many letters, until one has been timed; ``None``: nothing tells."""
    is_last: bool = False
    """Whether the job is whole when such a step is done."""

    def step_name(self, number: int) -> str:
        """Name of the step of a fragment or slide, or with 0 of the whole lecture."""
        return f"{self.name}_{number}" if number else self.name

    def step(
        self,
        number: int,
        *,
        needs: tuple[str, ...],
        input_hash: str,
        slide: int | None,
        letters: int,
        places: Mapping[str, Path],
    ) -> Step:
        """A step of this kind."""
        return Step(
            name=self.step_name(number),
            kind=self.name,
            number=number,
            queue=self.queue,
            needs=needs,
            input_hash=input_hash,
            slide=slide,
            letters=letters,
            places=places,
        )
