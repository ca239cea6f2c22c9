"""What ``meshwarp`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.face.meshwarp.options import MeshWarpOptions

if TYPE_CHECKING:
    from app.engines.face.meshwarp.engine import MeshWarp


def create(options: MeshWarpOptions) -> MeshWarp:
    """Import the engine and make it."""
    from app.engines.face.meshwarp.engine import MeshWarp

    return MeshWarp(options)


CARD = Card(
    name="meshwarp",
    version="4",
    summary="warps the photo by 478 landmarks; no neural renderer, any CPU",
    options=MeshWarpOptions,
    create=create,
    occupies="core",
)
