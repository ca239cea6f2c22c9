"""Russian words for whatever no other rule reads: formulas, identifiers, mixed tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece, is_scientific, pieces
from app.text.russian.abbreviations import closing
from app.text.russian.acronyms import acronym
from app.text.russian.latin import foreign, greek, latin, letter_name
from app.text.russian.numerals import LARGEST, cardinal, ordinal, spoken_number
from app.text.russian.signs import ARROWS, FUNCTIONS, SIGNS
from app.text.russian.units import is_unit, unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized, shouted

_GENITIVE_SIGNS = ("√", "∛")
_BARS = {"|": "модуль", "‖": "норма"}
_ELEMENTS = re.compile(r"(?:[A-Z][a-z]?[₀-₉]*)+[⁺⁻]?")
_OPERAND = re.compile(r"[+−-]?\d+(?:[.,]\d+)*[a-zα-ω]?|[A-Za-zΑ-ω](?:_\w+)?|.*[²³⁰¹⁴-⁹ⁿ₀-₉∞()].*")
_MATH = frozenset("=+−×÷·<>≤≥≠≈≡∝±→∞∈∉∪∩⊂⊆^√∑∫∂")
_RUSSIAN = re.compile(r"[А-Яа-яЁё]")
_OLD_LETTERS = str.maketrans("іїєґўѣѳѵІЇЄҐЎѢ", "ииегуефиИИЕГУЕ")
_FOREIGN = re.compile(r"[^А-Яа-яЁё\u0301]")
_RUN = re.compile(r"[А-Яа-яЁё\u0301]+|[^А-Яа-яЁё\u0301]+")
_LOOK_ALIKES = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
"""Latin letters that somebody typed for Russian ones."""
_WORDS_OF_ONE_LETTER = frozenset("авиокусяж")
_SOUNDS = frozenset(words("гм хм мм тсс брр тс ль вт"))


def formula(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token = tokens[place]
    core = token.core
    if not core:
        return [_bare(tokens, place)]
    if place and is_scientific(tokens[place - 1].core) and is_unit(core):
        return [token.said(unit(core, 5), closing=closing(tokens, place))]
    if core[0] == core[-1] and core[0] in _BARS and len(core) > 2:
        return [token.said([_BARS[core[0]], *spoken_pieces(core[1:-1], tokens, place)])]
    spoken = spoken_pieces(core, tokens, place)
    if token.closing[:1] == "!" and _is_factorial(tokens, place):
        return [token.said([*spoken, "факториал"], closing=token.closing[1:])]
    if token.closing[:1] == "'" and len(core) == 1 and core.isascii() and "'" not in token.opening:
        return [token.said([*spoken, "штрих"], closing=token.closing[1:])]
    return [token.said(spoken)]


def is_operand(core: str) -> bool:
    """Whether a token can stand beside a minus: a number, a variable, a power."""
    return bool(core) and _OPERAND.fullmatch(core) is not None


def spoken_pieces(core: str, tokens: Sequence[Token], place: int) -> list[str]:
    """Words of a core, piece by piece."""
    chemical = _ELEMENTS.fullmatch(core) is not None and re.search("[₀-₉⁺⁻]", core) is not None
    parts = pieces(core)
    result: list[str] = []
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        after = parts[index + 1] if index + 1 < len(parts) else None
        match part.kind:
            case "number":
                result += _number(part.text, before)
            case "super":
                result += _raised(part.text, before)
            case "sub":
                result += _lowered(part.text, before)
            case "word" if chemical:
                result += [name for letter in part.text for name in latin(letter)]
            case "word":
                result += _word(part.text, before, after, tokens, place)
            case "sign":
                result += _sign(part.text, before, after, tokens, place)
    return result


def _bare(tokens: Sequence[Token], place: int) -> Verbalized:
    """A token of punctuation only: a sign between operands, a bullet, or a pause."""
    token = tokens[place]
    text = token.opening
    if _between_operands(tokens, place) and text in ("-", "–", "*", "·"):
        numbers = tokens[place - 1].core.isdecimal() and tokens[place + 1].core.isdecimal()
        if text != "–" or not numbers:
            return token.said(
                ["минус"] if text in "-–" else ["умножить", "на"], opening="", closing=""
            )
    if text in ("-", "–", "—", "*", "•") and place == 0:
        return token.said([], opening="", closing="")
    return token.said([], opening="—" if text in ("-", "--", "---") else text, closing="")


def _between_operands(tokens: Sequence[Token], place: int) -> bool:
    if not 0 < place < len(tokens) - 1 or tokens[place - 1].closing not in ("", ")"):
        return False
    return is_operand(tokens[place - 1].core) and is_operand(tokens[place + 1].core)


def _is_factorial(tokens: Sequence[Token], place: int) -> bool:
    core = tokens[place].core
    last = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    mathematical = any(not _MATH.isdisjoint(token.core) for token in tokens)
    return is_operand(core) and len(core) <= 3 and (not last or mathematical or len(tokens) == 1)


def _number(text: str, before: Piece | None) -> list[str]:
    if before is not None and before.text in _GENITIVE_SIGNS and text.isdecimal():
        return cardinal(int(text), "genitive") if int(text) <= LARGEST else spoken_number(text)
    parts = re.split(r"[.,]", text)
    if len(parts) == 1:
        return spoken_number(text)
    mark = "запятая" if "," in text else "точка"
    return f" {mark} ".join(" ".join(spoken_number(part)) for part in parts).split()


def _raised(text: str, before: Piece | None) -> list[str]:
    """An exponent; on a long word a footnote mark, which is silent."""
    if before is None:
        return _inner(text)
    if before.kind == "word" and len(before.text) > 3 and text.isdecimal():
        return []
    if text in ("2", "3"):
        return {"2": ["в", "квадрате"], "3": ["в", "кубе"]}[text]
    if text in ("+", "−", "-"):
        return ["плюс" if text == "+" else "минус"]
    if text == "T":
        return ["транспонированное"]
    sign = ["минус"] if text[0] in "−-" else []
    if text.lstrip("−-").isdecimal():
        degree = ordinal(int(text.lstrip("−-")), "prepositional", "feminine")
        return ["в", *sign, *degree, "степени"]
    return ["в", "степени", *_inner(text)]


def _lowered(text: str, before: Piece | None) -> list[str]:
    if before is not None and before.text == "log":
        return ["по", "основанию", *_inner(text)]
    return _inner(text)


def _inner(text: str) -> list[str]:
    result: list[str] = []
    for part in pieces(text):
        if part.kind == "number":
            result += _number(part.text, None)
        elif part.kind == "word":
            result += _letters(part.text) if len(part.text) < 3 else _any_word(part.text)
        else:
            result += SIGNS.get(part.text.replace("-", "−"), "").split()
    return result


def _letters(text: str) -> list[str]:
    return [name for letter in text for name in _any_word(letter)]


def _word(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    applied = after is not None and after.text == "("
    if text in FUNCTIONS and (applied or _has_argument(tokens, place, before, after)):
        return FUNCTIONS[text].split()
    if _RUSSIAN.search(text.translate(_OLD_LETTERS)):
        return _russian(text, before, after, tokens, place)
    if text == "C" and after is not None and after.text in ("++", "#"):
        return ["си"]
    if len(text) == 1:
        return [*_any_word(text), *(["от"] if applied else [])]
    if re.fullmatch("[a-z]{2}", text) and _beside_a_sign(tokens, place):
        return _letters(text)
    if re.fullmatch("d[a-z]|[bcdfghjklmnpqrstvwxz]{2}", text) and (before or place or after):
        return _letters(text)
    return _any_word(text)


def _beside_a_sign(tokens: Sequence[Token], place: int) -> bool:
    around = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return any(token.core and token.core in _MATH for token in around)


def _any_word(text: str) -> list[str]:
    """A word of any alphabet but the Russian one, or of that in an index."""
    if _RUSSIAN.search(text):
        return [text.lower()] if len(text) > 1 else letter_name(text)
    if re.match(r"[\u0370-\u03ff\u1f00-\u1fff]", text):
        return greek(text)
    plain_letters = re.sub("['\u0301]", "", text)
    if re.fullmatch(r"[a-zA-Z\u00c0-\u024f]+", plain_letters):
        return latin(plain_letters)
    return [name for letter in text for name in foreign(letter)]


def _russian(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    text = text.translate(_OLD_LETTERS).replace("'", "")
    plain = text.translate(_LOOK_ALIKES)
    if _FOREIGN.search(plain):
        return [word for run in _RUN.findall(text) for word in _any_word(run)]
    text = plain
    spelt = acronym(text, shouted=shouted(tokens, place))
    if spelt:
        return spelt
    lower = text.lower()
    if len(lower) == 1 and before is None and after is None:
        marker = place == 0 and tokens[place].closing.startswith(")")
        quoted = bool(tokens[place].opening) and bool(tokens[place].closing)
        if marker or quoted or lower not in _WORDS_OF_ONE_LETTER:
            return letter_name(lower) or ["твёрдый" if lower == "ъ" else "мягкий", "знак"]
        return [lower]
    mixed = any(part is not None and part.kind in ("number", "sub") for part in (before, after))
    if len(lower) == 1 and (mixed or lower not in _WORDS_OF_ONE_LETTER):
        return letter_name(lower) or [lower]
    vowelless = re.search("[аеёиоуыэюя]", lower) is None
    if vowelless and 1 < len(lower) < 6 and lower not in _SOUNDS:
        return _letters(lower) or [lower]
    return [lower]


def _has_argument(
    tokens: Sequence[Token], place: int, before: Piece | None, after: Piece | None
) -> bool:
    """Whether "log" is the logarithm: a variable, a number or an index follows."""
    if after is not None:
        return after.kind in ("sub", "super", "number")
    following = tokens[place + 1].core if place + 1 < len(tokens) else ""
    return is_operand(following) and (len(following) < 4 or following[0].isdigit())


def _sign(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    alone = before is None and after is None
    if text == "-":
        return ["минус"] if _is_minus(before, after) else []
    if text == "/":
        return _stroke(before, after, tokens, place)
    if text == "|":
        return ["при", "условии"] if before and after else []
    if text in ("'", "′") and before:
        return ["штрих", *(["от"] if after and after.text == "(" else [])]
    if text == "#":
        if before and before.text in ("C", "F"):
            return ["шарп"]
        return ["номер"] if after and after.kind == "number" else ["решётка"] if after else []
    if text == "~":
        return ["тильда"] if alone else ["около"]
    if text in ARROWS and alone and not _between_operands(tokens, place):
        return []
    if text == "∞" and alone and place and tokens[place - 1].core in ("→", "->"):
        return ["бесконечности"]
    if text == "≈" and not (place or before):
        return ["примерно"]
    if text == "*" and not (before and after):
        return []
    if text in SIGNS:
        return SIGNS[text].split()
    silent = not text.isprintable() or (not text.isalnum() and ord(text[0]) < 0x2070)
    return [] if silent else foreign(text)


def _stroke(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    if before is None and after is None:
        return ["делить", "на"] if _between_operands(tokens, place) else []
    if before is None or after is None:
        return []
    if after.text == "∂" or (before.text[0] == "d" and re.fullmatch("d[a-z]", after.text)):
        return ["по"]
    short = [len(part.text) == 1 or part.kind == "number" for part in (before, after)]
    russian = any(_RUSSIAN.match(part.text) for part in (before, after))
    differential = re.fullmatch("d[a-z]", after.text) is not None
    return ["делить", "на"] if (all(short) and not russian) or differential else []


def _is_minus(before: Piece | None, after: Piece | None) -> bool:
    """A hyphen between a small Latin variable or a bracket and a number or another variable."""
    if before is None or after is None:
        return after is not None and after.kind == "number"
    variable_before = re.fullmatch("[a-zα-ω]", before.text) is not None
    left = before.text == ")" or variable_before or before.kind in ("super", "sub")
    return left and (after.kind == "number" or re.fullmatch("[a-zα-ω]", after.text) is not None)
