"""A word of a text with what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.text.sentences.full_stops import FullStops

CLOSING = "\"'»”’)]“«›"
OPENING = "\"'«“„‘(¿¡[‹»-"
INITIAL = re.compile(r"[^\W\d_]\.")
ROMAN = re.compile(r"[IVXLC]+|[ХIVСМ]{2,}")
"""Russians write some of them with letters of their own."""

_ONLY_CLOSING = re.compile(rf"[{re.escape(CLOSING)}]+")
_PAIRS = (("(", ")"), ("[", "]"))
_QUOTES = {"en": (("“", "”"),), "de": (("„", "“"), ("«", "»")), "ru": ()}
"""Quotations within which no sentence ends; Russian ones are long and are cut."""
_LATIN_QUOTES = (("«", "»"), ("“", "”"))
_REACH = 40
"""Words within which a bracket or a quotation is closed; a longer one is speech of its own."""

Kind = Literal["small", "capital", "number", "sign"]


@dataclass(frozen=True, slots=True)
class Place:
    """A word with what stands before and behind it."""

    words: Sequence[str]
    first: int
    """Of the sentence."""
    place: int
    """Of the word; another one follows."""
    language: str
    rules: FullStops
    begins_small: bool
    """Whether a small letter may begin a sentence."""

    def counts(self) -> bool:
        """Whether a number, perhaps a Roman one, stands before the word."""
        before = self.before()
        return before[:1].isdigit() or ROMAN.fullmatch(before) is not None

    def in_brackets(self) -> bool:
        """Whether a bracket or a quotation is open here and soon closed."""
        start = max(self.first, self.place - _REACH)
        so_far = " ".join(self.words[start : self.place + 1])
        ahead = " ".join(self.words[self.place + 1 : self.place + 1 + _REACH])
        for opening, closing in (*_PAIRS, *_QUOTES.get(self.language, _LATIN_QUOTES)):
            if so_far.count(opening) > so_far.count(closing) and closing in ahead:
                return True
        return self.language != "ru" and so_far.count('"') % 2 == 1 and '"' in ahead

    def names_a_work(self) -> bool:
        """Whether the quotation that ends here is named, «Что делать?», rather than spoken."""
        for place in range(self.place, max(self.first, self.place - _REACH), -1):
            if self.words[place][0] in "\"'«“„‘":
                return self.words[place - 1][-1].isalpha()
        return False

    def kind(self) -> Kind:
        """What the next sentence would begin with; a dash before it does not count."""
        word = self.following()
        if not word[:1].isalnum() and len(word) < 2 and self.place + 2 < len(self.words):
            after = self.words[self.place + 2].lstrip(OPENING)
            if word in ("—", "–", "") and after[:1].islower():
                return "small"
            return "capital" if word in ("—", "–", "•", "", "*") else "sign"
        if word[:1].isdigit():
            return "number"
        if re.fullmatch(r"[^\W\d_]\)|#+", word):
            return "capital"  # the letter of a list, the mark of a heading
        if word[:1].isalpha():
            return "small" if word[:1].islower() else "capital"
        return "sign"

    def goes_on_with_a_figure(self) -> bool:
        """Whether a dash and a number follow, as in "в XIX в. — 12,5 %"."""
        dash, *after = self.words[self.place + 1 : self.place + 3]
        return dash in ("—", "–", "-") and bool(after) and after[0][:1].isdigit()

    def following(self) -> str:
        return self.words[self.place + 1].lstrip(OPENING)

    def before(self) -> str:
        return self.words[self.place - 1].lstrip(OPENING) if self.place > self.first else ""

    def begins_a_sentence(self) -> bool:
        """Whether the next word is one of those that sentences begin with and names do not."""
        if INITIAL.fullmatch(self.following()):
            return False
        word = self.following().rstrip(".,:;!?…" + CLOSING).lower()
        imperative = self.rules.imperative
        elided = re.match(r"[^\W\d_]+['’]", word)
        if elided and f"{elided[0][:-1]}'" in self.rules.begins:
            return True
        return word in self.rules.begins or bool(imperative and imperative.fullmatch(word))

    def marked(self) -> str:
        """The word; "?" and "»" together where a space parts them, as in French."""
        word = self.words[self.place]
        if _ONLY_CLOSING.fullmatch(word) and self.place > self.first:
            return self.words[self.place - 1] + word
        return word

    def is_closed_by_next(self) -> bool:
        """Whether the next word only closes this one's quotation."""
        return _ONLY_CLOSING.fullmatch(self.words[self.place + 1]) is not None
