"""What ``sadtalker`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.face.sadtalker.options import SadTalkerOptions
from app.engines.face.sadtalker.preflight import lacks, report

if TYPE_CHECKING:
    from app.engines.face.sadtalker.engine import SadTalker


def create(options: SadTalkerOptions) -> SadTalker:
    """Import the engine and make it."""
    from app.engines.face.sadtalker.engine import SadTalker

    return SadTalker(options)


CARD = Card(
    name="sadtalker",
    version="1",
    summary="SadTalker in its own Python 3.8: neural renderer, for a GPU",
    options=SadTalkerOptions,
    create=create,
    occupies="device",
    immaterial=frozenset(
        {"batch_size", "load_seconds", "stall_seconds"}
        | {"recycle_fragments", "recycle_rss_gigabytes"}
    ),
    check=lacks,
    report=report,
)
