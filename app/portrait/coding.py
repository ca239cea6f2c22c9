"""Colours that a file names by number, as ITU-T H.273 does, instead of by a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyvips

from app.errors import SourceImageError

UNSPECIFIED = 2
"""Of primaries and of transfers."""
_DISPLAY_P3, _CINEMA_P3, _BT2020 = 12, 11, 9
_TRANSFERS = {16: "PQ", 18: "HLG"}


def profile_of(info: Mapping[Any, Any], primaries: int, transfer: int) -> bytes:
    """The ICC profile of a picture: the embedded one, else one for primaries wider than sRGB's.

    Args:
        info: As Pillow and pi_heif tell it; the embedded profile among it.

    Returns:
        Nothing when its colours are taken as sRGB.

    Raises:
        SourceImageError: They are those of HDR films, which would look grey and flat.
    """
    name = _TRANSFERS.get(transfer) or ("BT.2020" if primaries == _BT2020 else None)
    if name is not None:
        raise SourceImageError(
            f"the picture is stored with the brightness and colours of HDR films ({name}): "
            "save it as JPEG, or switch HDR off in the camera"
        )
    embedded = bytes(info.get("icc_profile") or b"")
    if embedded or primaries not in (_DISPLAY_P3, _CINEMA_P3):
        return embedded
    return bytes(pyvips.Operation.call("profile_load", "p3"))
