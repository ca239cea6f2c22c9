"""Counts, measures and money of an English text in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.english.context import (
    describes,
    in_equation,
    in_formula,
    is_noun,
    is_operand,
    said,
    word_after,
    word_before,
)
from app.text.english.numerals import cardinal, spoken_number
from app.text.english.units import unit
from app.text.tables import meanings, words
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
SCALE_WORDS = frozenset(words("hundred thousand million billion trillion"))
_HALVES = meanings("½:a half; ¼:a quarter; ¾:three quarters; ⅓:a third; ⅔:two thirds; ⅛:an eighth")
"""Behind a whole number."""
_FOREIGN = re.compile(r"(US|AU|CA|NZ|HK|A|C|S)(?=\$\d)")
_DOLLARS = {"US": "U S", "AU": "Australian", "A": "Australian", "CA": "Canadian", "C": "Canadian",
            "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore"}  # fmt: skip
_OPERATIONS = frozenset("=+−×·*÷<>≤≥")
_PRODUCTS = frozenset(words("cd lm mn pm ha mi"))
"""Units that in a formula are rather two variables."""
_TURNED = frozenset(words("angle angles turn turns rotation rotations bend bends corner corners"))


def counted(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number or range, its sign and currency, the unit on it or after it."""
    token = tokens[place]
    match = _NUMBER.fullmatch(token.core)
    if match is None:
        return []
    if match["currency"]:
        return _money(tokens, place, match)
    if match["dash"] in ("-", "–") and _is_difference(tokens, place):
        return []
    value = _value(tokens, place, match)
    many = not (match["first"] == "1" and not match["second"] and not match["half"])
    attached = match["unit"] or ""
    if attached:
        turned = attached == "°" and word_after(tokens, place) in _TURNED
        hyphenated = turned or token.core[: -len(attached)].endswith("-")
        plain_formula = len(attached) == 1 and in_formula(tokens, place)
        many = many and not hyphenated and not describes(tokens, place, place)
        if attached[0] == "/":
            return _rate(tokens, place, value, attached[1:])
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


def _is_difference(tokens: Sequence[Token], place: int) -> bool:
    """Whether a hyphen between numbers is a minus: an equation or another operation is near."""
    near = (word_before(tokens, place), word_after(tokens, place))
    return in_equation(tokens, place) or any(core in _OPERATIONS for core in near)


def _rate(tokens: Sequence[Token], place: int, value: Sequence[str], sign: str) -> list[Verbalized]:
    """A number for each unit, "60/min"; a number over a variable, "1/T", is a formula."""
    small = sign.islower() and not in_formula(tokens, place)
    measure = unit(sign, many=False) if small and sign not in ("a", "b", "t", "m", "l") else []
    return [said(tokens[place], [*value, "per", *measure])] if measure else []


def _inverse(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit after a unit that divides it, as in "m s⁻¹"."""
    following = word_after(tokens, place)
    measure = unit(following, many=False) if "⁻" in following else []
    return [said(tokens[place + 1], measure)] if measure else []


def _is_measure(sign: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the token after a number is a unit rather than a word or a variable."""
    if not sign or sign in ("bar", "bit", "rad"):
        return False
    divided = "/" in sign and "·" in sign
    if in_formula(tokens, place + 1) and not divided and (len(sign) == 1 or sign in _PRODUCTS):
        return False
    if sign == "s" and not is_noun(word_after(tokens, place + 1) or "noun"):
        return True
    return sign not in ("s", "t") or tokens[place + 1].closing != "" or place + 2 == len(tokens)


def _value(tokens: Sequence[Token], place: int, match: re.Match[str]) -> list[str]:
    result = _sign(tokens, place, match["sign"])
    result += spoken_number(match["first"])
    if match["second"]:
        result += ["to", *spoken_number(match["second"])]
    if match["half"]:
        result += ["and", *_HALVES[match["half"]].split()]
    return result


def _sign(tokens: Sequence[Token], place: int, sign: str) -> list[str]:
    if sign in ("<", ">", "≤", "≥") and is_operand(word_before(tokens, place)):
        return ["is", *_SIGNS[sign].split()]
    return _SIGNS.get(sign, "").split()


def foreign_money(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Dollars of a country, "US$5 million"."""
    country = _FOREIGN.match(tokens[place].core)
    if country is None:
        return []
    plain = replace(tokens[place], core=tokens[place].core[country.end() :])
    found = counted([*tokens[:place], plain, *tokens[place + 1 :]], place)
    name = _DOLLARS[country[1]].split()
    return [
        replace(part, words=tuple(w for word in part.words for w in _of(name, word)))
        for part in found
    ]


def _of(country: Sequence[str], word: str) -> list[str]:
    return [*country, word] if word in ("dollar", "dollars") else [word]


def _money(tokens: Sequence[Token], place: int, match: re.Match[str]) -> list[Verbalized]:
    token, currency = tokens[place], match["currency"]
    one, many = _CURRENCIES[currency]
    amount = _SIGNS.get(match["sign"], "").split()
    after = word_after(tokens, place)
    if after in SCALE_WORDS and not match["unit"]:
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
