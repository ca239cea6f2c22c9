"""Numbers of an English text in words: counts, measures, money, fractions, versions, telephones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import (
    describes,
    in_equation,
    in_formula,
    is_operand,
    said,
    word_after,
    word_before,
)
from app.text.english.numerals import cardinal, digits, ordinal, plural, spoken_number
from app.text.english.units import unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"
_NUMBER = re.compile(
    rf"(?P<sign>[+−±~≈<>≤≥#№§¶-]?)(?P<currency>[$€£¥₹₩₽]|)(?P<first>{_PLAIN})"
    rf"(?:(?P<dash>[-–—…])[$€£]?(?P<second>{_PLAIN}))?(?P<half>[½¼¾⅓⅔⅛])?-?(?P<unit>[^\d\s(),].*)?"
)
_CURRENCIES = {"$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds"),
               "¥": ("yen", "yen"), "₹": ("rupee", "rupees"), "₩": ("won", "won"),
               "₽": ("ruble", "rubles")}  # fmt: skip
_CENTS = {"$": "cents", "€": "cents", "£": "pence"}
_SIGNS = {"+": "plus", "−": "minus", "-": "minus", "±": "plus or minus", "~": "about",
          "≈": "approximately", "<": "less than", ">": "more than", "≤": "at most",
          "≥": "at least", "#": "number", "№": "number", "§": "section",
          "¶": "paragraph"}  # fmt: skip
_SCALES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
           "b": "billion", "bn": "billion", "B": "billion", "tn": "trillion"}  # fmt: skip
_SCALE_WORDS = frozenset(words("hundred thousand million billion trillion"))
_HALVES = {"½": ("a half", "one half"), "¼": ("a quarter", "one quarter"),
           "¾": ("three quarters", "three quarters"), "⅓": ("a third", "one third"),
           "⅔": ("two thirds", "two thirds"), "⅛": ("an eighth", "one eighth")}  # fmt: skip
_FRACTION = re.compile(r"(\d{1,3})/(\d{1,3})")
_PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_ORDINAL = re.compile(r"([\d,]+)(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)", re.IGNORECASE)
_ORDINALS = re.compile(r"(\d+)(?:st|nd|rd|th)?[-–—](\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_VERSION = re.compile(r"v?(\d+(?:\.\d+)+)")
_PHONE = re.compile(r"\(?(?:\d{1,4}[-.)]){1,4}\d{3,4}(?:-\d{2})*")
_ISBN = re.compile(r"\d+(?:-\d+){2,}")
_RATIO = re.compile(r"([\d,]+):([\d,]+)")
_TRIPLE = re.compile(r"\d{3}")
_NAMED_NUMBERS = frozenset(words("version python release java gcc cuda ubuntu section figure"))


def number(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The number that begins at a token, with its unit; empty when none does."""
    token = tokens[place]
    if not any(character.isnumeric() for character in token.core):
        return []
    for rule in (_telephone, _grouped, _special, _counted):
        found = rule(tokens, place)
        if found:
            return found
    return []


def _telephone(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A telephone number written in one piece or, after "+", in several."""
    token = tokens[place]
    parts = token.core.split("-")
    short = len(parts) == 2 and [len(part) for part in parts] == [3, 4]
    if (short or _ISBN.fullmatch(token.core)) and token.core.replace("-", "").isdecimal():
        return [said(token, digits(token.core))]
    if not re.fullmatch(r"\+\d{1,3}", token.core):
        return []
    run = 1
    while place + run < len(tokens) and re.fullmatch(r"\d+(?:-\d+)*", tokens[place + run].core):
        run += 1
    if run < 3:
        return []
    result = [said(part, digits(part.core)) for part in tokens[place + 1 : place + run]]
    return [said(token, ["plus", *digits(token.core)]), *result]


def _grouped(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number whose groups of three digits are tokens of their own, as in "10 000"."""
    run = [tokens[place]]
    if not re.fullmatch(r"[1-9]\d{0,2}", run[0].core):
        return []
    while not run[-1].closing and place + len(run) < len(tokens) and len(run) < 4:
        token = tokens[place + len(run)]
        if token.opening or not _TRIPLE.fullmatch(token.core):
            break
        run.append(token)
    if len(run) == 1:
        return []
    result: list[list[str]] = []
    for scale, token in zip(range(len(run) - 1, -1, -1), run, strict=True):
        value = int(token.core)
        name = ["", "thousand", "million", "billion"][scale]
        result.append([*cardinal(value), *([name] if name else [])] if value else [])
        if not value and len(result) > 1 and len(result[-2]) > 1:
            # "10 000": the zeros are what "thousand" stands for.
            result[-1] = [result[-2].pop()]
    return [said(token, spoken) for token, spoken in zip(run, result, strict=True)]


def _special(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    core, before = token.core, word_before(tokens, place)
    if match := _ORDINALS.fullmatch(core):
        return [said(token, [*ordinal(int(match[1])), "to", *ordinal(int(match[2]))])]
    if match := _ORDINAL.fullmatch(core):
        return [said(token, ordinal(int(match[1].replace(",", ""))))]
    if core in _HALVES:
        return [said(token, _HALVES[core][1].split())]
    if core in ("24/7", "50/50"):
        return [said(token, [*cardinal(int(core[:2])), *spoken_number(core[3:])])]
    if (match := _FRACTION.fullmatch(core)) and 0 < int(match[1]) < int(match[2]):
        return [said(token, _fraction(int(match[1]), int(match[2])))]
    if match := _RATIO.fullmatch(core):
        return [said(token, [*spoken_number(match[1]), "to", *spoken_number(match[2])])]
    match = _VERSION.fullmatch(core)
    if match and (core[0] == "v" or before in _NAMED_NUMBERS or core.count(".") > 1):
        return [said(token, _version(core, before))]
    return []


def _fraction(parts: int, whole: int) -> list[str]:
    if whole in _PARTS:
        name = [_PARTS[whole][parts > 1]]
    else:
        *rest, last = ordinal(whole)
        name = [*rest, last if parts == 1 else plural(last)]
    return [*cardinal(parts), *name]


def _version(text: str, before: str) -> list[str]:
    parts = text.lstrip("v").split(".")
    network_address = len(parts) == 4
    group = text.count(".") > 1 and all(len(part) == 3 for part in parts[1:]) and before == ""
    if group and not network_address:
        return cardinal(int(text.replace(".", "")))
    point = "dot" if network_address else "point"
    result: list[str] = [] if text[0] != "v" else ["version"]
    for index, part in enumerate(parts):
        result += [point] if index else []
        result += spoken_number(part)
    return result


def _counted(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number or range, its sign and currency, the unit on it or after it."""
    token = tokens[place]
    match = _NUMBER.fullmatch(token.core)
    if match is None:
        return []
    if match["currency"]:
        return _money(tokens, place, match)
    if match["dash"] in ("-", "–") and (in_formula(tokens, place) or in_equation(tokens, place)):
        return []
    value = _value(tokens, place, match)
    many = not (match["first"] == "1" and not match["second"] and not match["half"])
    attached = match["unit"] or ""
    if attached:
        hyphenated = token.core[: -len(attached)].endswith("-")
        plain_formula = len(attached) == 1 and in_formula(tokens, place)
        many = many and not hyphenated and not describes(tokens, place, place)
        measure = [] if plain_formula else unit(attached, many=many, attached=True)
        if not measure and attached in ("k", "M", "bn", "K"):
            measure = [_SCALES[attached]] if attached != "K" else ["K"]
        if not measure and hyphenated and attached.isalpha() and len(attached) > 1:
            measure = [attached]
        return [said(token, [*value, *measure], abbreviated=False)] if measure else []
    sign = word_after(tokens, place)
    many = many and not describes(tokens, place, place + 1)
    measure = unit(sign, many=many) if _is_measure(sign, tokens, place) else []
    if measure:
        shortened = sign.isalpha() and len(sign) > 1 and place + 2 < len(tokens)
        result = [said(token, value), said(tokens[place + 1], measure, abbreviated=shortened)]
        return result + _inverse(tokens, place + 1)
    return [said(token, value)]


def _inverse(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit after a unit that divides it, as in "m s⁻¹"."""
    following = word_after(tokens, place)
    measure = unit(following, many=False) if "⁻" in following else []
    return [said(tokens[place + 1], measure)] if measure else []


def _is_measure(sign: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the token after a number is a unit rather than a word or a variable."""
    if not sign or sign in ("bar", "bit", "rad") or in_formula(tokens, place + 1):
        return False
    return sign not in ("s", "t") or tokens[place + 1].closing != "" or place + 2 == len(tokens)


def _value(tokens: Sequence[Token], place: int, match: re.Match[str]) -> list[str]:
    result = _sign(tokens, place, match["sign"])
    result += spoken_number(match["first"])
    if match["second"]:
        result += ["to", *spoken_number(match["second"])]
    if match["half"]:
        result += ["and", *_HALVES[match["half"]][0].split()]
    return result


def _sign(tokens: Sequence[Token], place: int, sign: str) -> list[str]:
    if sign in ("<", ">", "≤", "≥") and is_operand(word_before(tokens, place)):
        return ["is", *_SIGNS[sign].split()]
    return _SIGNS.get(sign, "").split()


def _money(tokens: Sequence[Token], place: int, match: re.Match[str]) -> list[Verbalized]:
    token, currency = tokens[place], match["currency"]
    one, many = _CURRENCIES[currency]
    amount = _SIGNS.get(match["sign"], "").split()
    after = word_after(tokens, place)
    if after in _SCALE_WORDS and not match["unit"]:
        name = one if describes(tokens, place, place + 1) else many
        spoken = [*amount, *_amount(match)]
        return [said(token, spoken), said(tokens[place + 1], [after, name])]
    scale = match["unit"] or ""
    if scale and scale not in _SCALES:
        return []
    single = (match["first"] == "1" and not match["second"]) or describes(tokens, place, place)
    name = one if single and not (scale and not describes(tokens, place, place)) else many
    whole, _, cents = match["first"].partition(".")
    if len(cents) == 2 and not scale and not match["second"] and currency in _CENTS:
        spoken = [*spoken_number(whole or "0"), one if whole == "1" else many]
        spoken += [*cardinal(int(cents)), _CENTS[currency]] if int(cents) else []
        return [said(token, [*amount, *spoken])]
    return [said(token, [*amount, *_amount(match), *([_SCALES[scale]] if scale else []), name])]


def _amount(match: re.Match[str]) -> list[str]:
    second = ["to", *spoken_number(match["second"])] if match["second"] else []
    return [*spoken_number(match["first"]), *second]
