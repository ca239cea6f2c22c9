"""Paragraphs of a text."""

from __future__ import annotations

import re

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def paragraphs(text: str) -> list[str]:
    r"""The stretches of a text between its blank lines; each but the last ends a paragraph.

    A single line break is a space, as in wrapped files.  After blank lines at the end of the
    text comes an empty stretch, so that its last paragraph is known to end.

    >>> paragraphs("One,\ntwo.\n\nThree.")
    ['One,\ntwo.', 'Three.']
    >>> paragraphs("One.\n \n")
    ['One.', '']
    """
    return _BLANK_LINES.split(text)
