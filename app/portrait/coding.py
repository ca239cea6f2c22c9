"""Colours that a file names by number, as ITU-T H.273 does, instead of by a profile."""

from __future__ import annotations

import pyvips

from app.errors import SourceImageError

_DISPLAY_P3, _CINEMA_P3, _BT2020 = 12, 11, 9
_TRANSFERS = {16: "PQ", 18: "HLG"}


def refuse_brightness_of_films(coding: tuple[int, int]) -> None:
    """Let colours through that a usual screen shows.

    Args:
        coding: Primaries and transfer.

    Raises:
        SourceImageError: They are those of HDR films, which would look grey and flat.
    """
    primaries, transfer = coding
    name = _TRANSFERS.get(transfer) or ("BT.2020" if primaries == _BT2020 else None)
    if name is not None:
        raise SourceImageError(
            f"the picture is stored with the brightness and colours of HDR films ({name}): "
            "save it as JPEG, or switch HDR off in the camera"
        )


def wide_profile(coding: tuple[int, int]) -> bytes:
    """An ICC profile for primaries that are wider than those of sRGB; else nothing."""
    if coding[0] not in (_DISPLAY_P3, _CINEMA_P3):
        return b""
    return bytes(pyvips.Operation.call("profile_load", "p3"))
