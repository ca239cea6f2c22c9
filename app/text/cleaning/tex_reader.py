"""A formula of TeX, or a command of it, as plain text that the rules for formulas read."""

from __future__ import annotations

import re

from app.text.cleaning.tex_symbols import (
    BLACKBOARD,
    BREAKS,
    DROPPED,
    FUNCTIONS,
    HEADINGS,
    SECOND_ONLY,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?[ \t]*|\\.|.", re.DOTALL)
_DEEPEST = 40
"""Groups and arguments within others that are told apart; of deeper ones the letters are read."""
_COMPOUND = re.compile(r"[\s+−=<>≤≥±·×/⋅,-]")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_ESCAPED = {"\\": "; ", ",": " ", ";": " ", ":": " ", ">": " ", "!": "", "|": "‖", "-": "", "/": ""}
"""What a stroke makes of a sign; the others stand for themselves, "\\%"."""
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327",
    "k": "\u0328",
}  # fmt: skip


class Reader:
    """Reads one formula, or one command with its arguments, from left to right."""

    def __init__(self, text: str, *, math: bool, start: int = 0, end: int | None = None) -> None:
        """Begin at ``start``.

        Args:
            text: Has the formula or command in it.
            math: Whether it stands between the marks of a formula.
            start: Where it begins.
            end: Behind the last character that may be read.
        """
        self.place = start
        self._text = text
        self._end = len(text) if end is None else min(end, len(text))
        self._depth = 0
        self._math = math

    def all(self) -> str:
        """The whole as plain text."""
        return self._until(closing="")

    def command(self) -> str:
        """The command here with its arguments, as plain text; ``place`` is behind it."""
        return self._unit()

    def _next(self) -> str:
        """The character, command or escape that comes next; empty at the end."""
        found = _TOKEN.match(self._text, self.place, self._end)
        return found.group() if found else ""

    def _take(self) -> str:
        token = self._next()
        self.place += len(token)
        return token

    def _until(self, closing: str) -> str:
        read: list[str] = []
        while token := self._next():
            if closing and token == closing:
                self._take()
                break
            read.append(self._unit())
        return "".join(read)

    def _unit(self) -> str:
        """One character, group or command with what belongs to it."""
        token = self._take()
        if self._depth >= _DEEPEST:
            return "" if token.startswith(("\\", "{", "}", "^", "_")) else token
        self._depth += 1
        read = self._read(token)
        self._depth -= 1
        return read

    def _read(self, token: str) -> str:
        if token.startswith("\\") and len(token) > 1:
            return self._named(token[1:]) if token[1].isalpha() else self._escape(token[1])
        if token.startswith("{"):
            return self._until("}")
        if token in ("}", "\\", ""):
            return ""
        if not self._math:
            return " " if token.startswith("~") else token
        if token in ("^", "_"):
            return self._script(token)
        return {"&": " ", "~": " ", "-": "−", "$": "", "'": "′", "*": "·"}.get(token, token)

    def _argument(self) -> str:
        """The next group, command or character."""
        while self._next().isspace():
            self._take()
        return "" if self._next() in ("", "}") else self._unit()

    def _option(self) -> str:
        """What stands in square brackets here; empty when nothing does."""
        if self._next() != "[":
            return ""
        self._take()
        return self._until("]")

    def _script(self, mark: str) -> str:
        text = self._argument().strip()
        if not text:
            return ""
        if text in ("∘", "°"):
            return "°"
        if set(text) == {"′"}:
            return text
        table = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
        packed = text.replace(" ", "")
        if all(character in table for character in packed):
            return "".join(table[character] for character in packed)
        if mark == "^":
            return f"^{text}" if len(text) == 1 and text.isalnum() else f"^({text})"
        return f"_{text}" if len(text) == 1 else f" {text} "

    def _escape(self, sign: str) -> str:
        if sign in ("(", ")", "[", "]"):
            return ""
        if sign in _ACCENTS and not self._math:
            return self._argument() + _ACCENTS[sign]
        return _ESCAPED.get(sign, " " if sign.isspace() else sign)

    def _named(self, token: str) -> str:
        name = token.rstrip().removesuffix("*")
        # A space behind a command only ends its name, where no formula needs it.
        space = " " if not self._math and token[-1:].isspace() else ""
        if name in ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"):
            return self._fraction()
        if name in ("binom", "dbinom", "tbinom"):
            return f" C({self._argument()}, {self._argument()}) "
        if name == "sqrt":
            return self._root()
        if name in FUNCTIONS:
            return f" {name.removeprefix('b') if name == 'bmod' else name}" + (
                "" if self._next() in ("^", "_", "(") else " "
            )
        if name in SYMBOLS:
            return self._symbol(SYMBOLS[name]) + space
        if name == "mathbb":
            letter = self._argument()
            return BLACKBOARD.get(letter, letter)
        if name in BREAKS:
            self._option()
            return "\n\n"
        if name in HEADINGS:
            self._option()
            return f"\n\n{self._argument()}\n\n"
        if name in SPACES:
            return " " if self._math or space else ""
        if name == "not":
            return _negated(self._argument())
        if name == "verb":
            return self._verbatim()
        return self._with_arguments(name) + space

    def _with_arguments(self, name: str) -> str:
        """A command that shows its argument, one of them, or nothing."""
        if name in DROPPED:
            for _ in range(int(DROPPED[name])):
                self._option()
                self._argument()
            self._option()
            return ""
        if name in ("footnote", "footnotetext"):
            return f" ({self._argument()})"
        if name in SECOND_ONLY:
            self._argument()
            return self._argument()
        if len(name) == 1 and name in _ACCENTS and not self._math:
            return self._argument() + _ACCENTS[name]
        if self._next() == "{" or self._math:
            self._option()
            return self._argument() if self._next() == "{" else ""
        return ""

    def _symbol(self, symbol: str) -> str:
        relation = not symbol.isalnum() and symbol not in "∂∇′°∞√…()[]{}|‖⟨⟩⌊⌋⌈⌉∑∏∫∮∬∭∐¬∀∃∄#"
        return f" {symbol} " if self._math and relation else symbol

    def _fraction(self) -> str:
        above, below = self._argument().strip(), self._argument().strip()
        if not above or not below:
            return above or below
        compound = _COMPOUND.search(above) or _COMPOUND.search(below)
        stroke = " / " if compound else "/"
        return f"{_bracketed(above)}{stroke}{_bracketed(below)}"

    def _root(self) -> str:
        degree = self._option().strip()
        under = self._argument().strip()
        sign = _ROOTS.get(degree)
        body = under if len(under) == 1 or under.isdecimal() else f"({under})"
        if sign is None:
            return f"{_bracketed(under)}^(1/{degree})"
        return f"{sign}{body}" if under else sign

    def _verbatim(self) -> str:
        """What stands between two equal signs, as in ``verb|x|``."""
        mark = self._take()
        end = self._text.find(mark, self.place, self._end) if mark else -1
        if end < 0:
            return ""
        read = self._text[self.place : end]
        self.place = end + len(mark)
        return read


def _bracketed(text: str) -> str:
    """A part of a fraction with brackets, unless it is one number, letter or product."""
    whole = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return text if whole or not _COMPOUND.search(text) else f"({text})"


def _negated(sign: str) -> str:
    sign = sign.strip()
    return {"=": " ≠ ", "∈": " ∉ ", "⊂": " ⊄ ", "∃": "∄", "≡": " ≢ "}.get(sign, f"¬{sign}")
