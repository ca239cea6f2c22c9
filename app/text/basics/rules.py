"""What the three languages have in common: tokens in, words out; each brings its own tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.text.basics.numerals import LONGEST, cardinal, one_by_one
from app.text.tables import meanings
from app.text.tokens import Token, Verbalized, tokenize

_LETTERS = r"[^\W\d_]"
_NUMBER = re.compile(
    rf"(?P<money>R\$|US\$|[€$£])?(?P<sign>[+−-](?=\d))?"
    r"(?P<whole>\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,(?P<decimals>\d+))?"
    rf"(?P<unit>[%‰€$£°′″]C?|(?:{_LETTERS}|[µμΩ])+[²³]?(?:/{_LETTERS}+[²³]?)?)?"
)
_RANGE = re.compile(r"(\d+(?:,\d+)?)[–—-](\d+(?:,\d+)?)(%?)")
_CLOCK = re.compile(r"(\d{1,2})(?::|h|\.(?=\d\d$))(\d{2})?")
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TRIPLE = re.compile(r"\d{3}(?:,\d+)?")
_LEADING = re.compile(r"[1-9]\d{0,2}")
_LONGEST_ABBREVIATION = 3
"""Tokens: "u. v. a."."""

MONEY = frozenset(("€", "$", "US$", "R$", "£", "zł"))

Rule = Callable[[Sequence[Token], int], list[Verbalized]]
"""What is said from a token on; nothing when the rule does not apply."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one language brings along."""

    language: str
    """ISO 639-1 code."""
    own: tuple[Rule, ...]
    """Asked before the common ones: dates, ordinals, rulers."""
    abbreviations: Mapping[str, str]
    """By small letters without the last full stop."""
    units: Mapping[str, tuple[str, ...]]
    """Names of a unit, as :attr:`counted` chooses among them."""
    signs: Mapping[str, str]
    comma: str
    minus: str
    until: str
    """Between the ends of a range."""
    counted: Callable[[int | None, tuple[str, ...]], str]
    """The name of a unit after a whole number, or after a fraction (``None``)."""
    number: Callable[[str, str], str]
    """Digits in words, given the word that they count, if they count one."""
    year: Callable[[str], str]
    """Four digits in words that count nothing known and may be a year."""
    price: Callable[[int, int, str], str]
    """Whole money and its hundredths in words, by the sign of the money."""
    clock: Callable[[int, int | None, str], str]
    """Hour and minute in words, given the word before."""
    date: Callable[[int, int, int, str], str]
    """Day, month and year in words, given the word before."""


def in_words(text: str, rules: Rules) -> list[Verbalized]:
    """Pieces of a text; whatever no rule knows stays as it is.

    Args:
        text: One sentence.
        rules: Of its language.
    """
    tokens = tokenize(text)
    result: list[Verbalized] = []
    while len(result) < len(tokens):
        result.extend(_said(tokens, len(result), rules))
    return result


def unit_names(text: str) -> dict[str, tuple[str, ...]]:
    """Entries ``sign:name/other form`` separated by semicolons.

    >>> unit_names("km:Kilometer; t:Tonne/Tonnen")
    {'km': ('Kilometer',), 't': ('Tonne', 'Tonnen')}
    """
    return {sign: tuple(names.split("/")) for sign, names in meanings(text).items()}


def before(tokens: Sequence[Token], place: int) -> str:
    """Small letters of the word before, if nothing parts it from the token."""
    return tokens[place - 1].core.lower() if place and not tokens[place - 1].closing else ""


def after(tokens: Sequence[Token], place: int) -> str:
    """The word behind the token, as written; empty when there is none."""
    return tokens[place + 1].core if place + 1 < len(tokens) else ""


def stopped(token: Token) -> bool:
    """Whether one full stop follows."""
    return token.closing.startswith(".") and not token.closing.startswith("..")


def _said(tokens: Sequence[Token], place: int, rules: Rules) -> list[Verbalized]:
    token = tokens[place]
    if not token.core:
        return [token.said([])]
    for rule in rules.own:
        if found := rule(tokens, place):
            return found
    return (
        _abbreviation(tokens, place, rules)
        or _moment(tokens, place, rules)
        or _money_first(tokens, place, rules)
        or _amount(tokens, place, rules)
        or [token.said(_signs(token.core, rules).split())]
    )


def _abbreviation(tokens: Sequence[Token], place: int, rules: Rules) -> list[Verbalized]:
    """An abbreviation of one token, "z.B.", or of several, "z. B."."""
    for size in range(_LONGEST_ABBREVIATION, 0, -1):
        run = tokens[place : place + size]
        if len(run) < size or not all(map(stopped, run)):
            continue
        meaning = rules.abbreviations.get(".".join(token.core for token in run).lower())
        if meaning is None:
            continue
        last = place + size == len(tokens)
        closing = run[-1].closing if last else run[-1].closing[1:]
        silent = [token.said([], closing="") for token in run[:-1]]
        return [*silent, run[-1].said(meaning.split(), closing=closing)]
    return []


def _moment(tokens: Sequence[Token], place: int, rules: Rules) -> list[Verbalized]:
    token = tokens[place]
    if found := _DATE.fullmatch(token.core):
        day, month, year = map(int, found.groups())
    elif found := _ISO.fullmatch(token.core):
        year, month, day = map(int, found.groups())
    else:
        clock = _CLOCK.fullmatch(token.core)
        if clock is None or ("." in token.core and after(tokens, place) != "Uhr"):
            return []
        hour, minute = int(clock[1]), int(clock[2]) if clock[2] else None
        if hour > 24 or (minute or 0) > 59:
            return []
        return [token.said(rules.clock(hour, minute, before(tokens, place)).split())]
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    return [token.said(rules.date(day, month, year, before(tokens, place)).split())]


def _amount(tokens: Sequence[Token], place: int, rules: Rules) -> list[Verbalized]:
    """A number, perhaps of several tokens, with its unit or what it counts."""
    token = tokens[place]
    if found := _RANGE.fullmatch(token.core):
        ends = f" {rules.until} ".join(_range_end(end, rules) for end in found.groups()[:2])
        unit = f" {rules.counted(None, rules.units['%'])}" if found[3] else ""
        return [token.said((ends + unit).split())]
    size, whole = _grouped(tokens, place)
    last = place + size - 1
    found = _NUMBER.fullmatch(whole)
    sign = (found["money"] or found["unit"] or "") if found else ""
    if found is None or (sign and sign not in rules.units):
        return []
    noun = "" if tokens[last].closing else after(tokens, last)
    separate = noun if noun in rules.units and not sign else ""
    number, unit = _numbered(found, sign or separate, noun, rules, grouped=size > 1)
    silent = [each.said([]) for each in tokens[place:last]]
    if not separate:
        return [*silent, tokens[last].said([*number.split(), *unit.split()])]
    if not unit:
        return [*silent, tokens[last].said([]), _unit(tokens, last + 1, number)]
    return [*silent, tokens[last].said(number.split()), _unit(tokens, last + 1, unit)]


def _money_first(tokens: Sequence[Token], place: int, rules: Rules) -> list[Verbalized]:
    """A sign of money that stands apart before its amount: "R$ 5"."""
    sign = tokens[place]
    if sign.core not in MONEY or sign.core not in rules.units or sign.closing:
        return []
    found = _NUMBER.fullmatch(after(tokens, place))
    if found is None or found["unit"] or found["money"]:
        return []
    number, unit = _numbered(found, sign.core, "", rules, grouped=False)
    return [sign.said([]), tokens[place + 1].said([*number.split(), *unit.split()])]


def _numbered(
    found: re.Match[str], sign: str, noun: str, rules: Rules, *, grouped: bool
) -> tuple[str, str]:
    """A number and the name of its unit in words; a price has its unit within the number."""
    digits, decimals = found["whole"].replace(".", ""), found["decimals"] or ""
    names = rules.units.get(sign, ())
    minus = f"{rules.minus} " if found["sign"] in ("-", "−") else ""
    countable = len(digits) <= LONGEST
    if len(decimals) == 2 and int(decimals) and sign in MONEY and countable:
        return minus + rules.price(int(digits), int(decimals), sign), ""
    if len(found["whole"]) == 4 and not (names or decimals or grouped or minus):
        return rules.year(digits), ""
    said = minus + rules.number(digits, names[0] if names else noun)
    if decimals and int(decimals):
        said += f" {rules.comma} {_behind_comma(decimals, rules)}"
    whole = None if decimals.strip("0") else int(digits) if countable else 0
    return said, rules.counted(whole, names) if names else ""


def _unit(tokens: Sequence[Token], place: int, name: str) -> Verbalized:
    """The unit behind a number, without the full stop that only marks a short word."""
    token = tokens[place]
    short = stopped(token) and len(token.core) > 2 and place + 1 < len(tokens)
    goes_on = short and not after(tokens, place)[:1].isupper()
    return token.said(name.split(), closing=token.closing[1:] if goes_on else token.closing)


def _grouped(tokens: Sequence[Token], place: int) -> tuple[int, str]:
    """How many tokens a number has, and its digits: "1 000 000" has three."""
    whole, size = tokens[place].core, 1
    if not _LEADING.fullmatch(whole):
        return 1, whole
    while place + size < len(tokens):
        parted = tokens[place + size - 1].closing or tokens[place + size].opening
        if parted or not _TRIPLE.fullmatch(tokens[place + size].core):
            break
        whole += tokens[place + size].core
        size += 1
    return size, whole


def _range_end(number: str, rules: Rules) -> str:
    whole, comma, decimals = number.partition(",")
    said = rules.year(whole) if len(whole) == 4 else rules.number(whole, "")
    return f"{said} {rules.comma} {_behind_comma(decimals, rules)}" if comma else said


def _behind_comma(digits: str, rules: Rules) -> str:
    if len(digits) <= 2 and digits[0] != "0" and rules.language != "de":
        return cardinal(digits, rules.language)
    return one_by_one(digits, rules.language)


def _signs(core: str, rules: Rules) -> str:
    """Signs among letters in words; what is written with letters stays."""
    if core in rules.signs:
        return rules.signs[core]
    return re.sub(r"\d+", lambda digits: f" {cardinal(digits.group(), rules.language)} ", core)
