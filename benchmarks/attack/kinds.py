"""The kinds of attack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.attack import (
    api,
    bodies,
    bombs,
    browsers,
    cancels,
    decoder,
    framing,
    halves,
    headers,
    held,
    large,
    paths,
    publication,
    references,
    swaps,
)
from benchmarks.attack.ground import Ground


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to attack."""

    name: str
    attack: Callable[[Ground], None]
    worker: bool = True
    """Whether lectures are made meanwhile; else they wait."""
    at_the_end: Callable[[Ground], None] | None = None
    """Begins something that the end of the service has to end."""


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("paths", paths.attack),
        Kind("swaps", swaps.attack),
        Kind("references", references.attack),
        Kind("bombs", bombs.attack),
        Kind("headers", headers.attack),
        Kind("framing", framing.attack),
        Kind("bodies", bodies.attack),
        Kind("browsers", browsers.attack),
        Kind("api", api.attack),
        Kind("halves", halves.attack),
        Kind("publication", publication.attack),
        Kind("held", held.attack),
        Kind("decoder", decoder.attack, at_the_end=decoder.begin),
        Kind("large", large.attack),
        Kind("cancels", cancels.attack, worker=False),
    )
}
