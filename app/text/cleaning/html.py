"""HTML in a lecture text: tags go, entities become what they stand for."""

from __future__ import annotations

import html
import re

from app.text.cleaning.traced import Traced, pairs

_BLOCKS = (
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend|li|main|menu|nav|ol|p|pre"
    "|section|summary|table|tbody|tfoot|thead|title|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|area|audio|b|base|bdi|bdo|big|button|canvas|cite|code|col|colgroup|data"
    "|datalist|del|dfn|em|embed|font|frame|i|iframe|img|input|ins|kbd|label|link|map|mark|meta"
    "|meter|nobr|noscript|object|option|output|param|picture|progress|q|rp|rt|ruby|s|samp|select"
    "|slot|small|source|span|strike|strong|sub|sup|svg|template|textarea|time|track|tt|u|var|video"
    "|wbr"
)
_ATTRIBUTES = (
    r"(?:\s+(?:[\w:@.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)|hidden|checked|disabled|controls"
    r"|autoplay|loop|muted|required|selected|readonly|multiple|async|defer|open|reversed|nowrap"
    r"|noshade|compact|allowfullscreen))*\s*/?"
)
"""With "a<b and c>d" nothing is a tag: attributes have values, or are known to have none."""
_UNSHOWN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
)
"""Opening and closing of what no browser shows."""
_DECLARATION = re.compile(r"<!doctype[^<>]*>|<\?xml[^<>]*>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
_BREAK = re.compile(rf"<br{_ATTRIBUTES}>[^\S\n]*\n?", re.IGNORECASE)
_NEXT_CELL = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
_CELL = re.compile(rf"</?t[dh]{_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS}){_ATTRIBUTES}>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});|&nbsp\b", re.IGNORECASE)
_ENTITY_IN_ENTITY = 3
"""Times that a text may have been escaped: "&amp;amp;nbsp;"."""


def without_html(text: Traced) -> Traced:
    """The text as a browser would show it; a "<" that begins no known tag is a sign.

    >>> without_html(Traced.of("Tom &amp; <b>Jerry</b>, x < y")).text
    'Tom & Jerry, x < y'
    """
    text = _without_tags(text)
    for _ in range(_ENTITY_IN_ENTITY):
        if not _ENTITY.search(text.text):
            return text
        # Of a page that was pasted as escaped text the tags show only now.
        text = _without_tags(text.sub(_ENTITY, lambda found: [_meant(found.group())]))
    return text


def _without_tags(text: Traced) -> Traced:
    if "<" not in text.text and "]]>" not in text.text:
        return text
    for opening, closing in _UNSHOWN:
        text = text.without(pairs(text.text, opening, closing))
    text = text.sub(_DECLARATION, "").sub(_BREAK, "\n").sub(_NEXT_CELL, ", ")
    return text.sub(_CELL, " ").sub(_BLOCK, "\n\n").sub(_TAG, "")


def _meant(entity: str) -> str:
    """What an entity stands for; nothing when it is none, as "&#0;" is not."""
    meant = html.unescape(entity)
    if meant == entity:
        return entity
    return "" if meant == "\ufffd" else meant.replace("\r", "\n")
