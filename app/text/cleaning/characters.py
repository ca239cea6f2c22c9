"""Characters that nobody sees, and the many ways to end a line."""

from __future__ import annotations

import re

from app.text.cleaning.traced import Traced

_LINE_END = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4"
    "\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff]"
    "|[\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Controls, marks of direction, variants, private and unassigned characters; a joiner (U+200D)
stays in emoji and goes between letters."""
_JOINER = re.compile("(?<=\\w)\u200d|\u200d(?=\\w)")
_UNIT_SEPARATOR = re.compile("\x1f")


def visible(text: Traced) -> Traced:
    r"""The text without invisible characters, its lines ended by line feeds alone.

    >>> visible(Traced.of("zero\u200bwidth\r\nex\u00adam\u00ad\nple")).text
    'zerowidth\nexample'
    """
    text = text.sub(_LINE_END, "\n").sub(_SOFT_HYPHEN_AT_LINE_END, "")
    return text.sub(_INVISIBLE, "").sub(_JOINER, "").sub(_UNIT_SEPARATOR, " ")
