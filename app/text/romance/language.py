"""What a language tells the rules that Spanish, French and Italian share.

Names of words are lower-case text; where several words are said, spaces or hyphens part them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.text.romance.numerals import Agreement, Gender, Numerals, Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """What numerals agree with."""

    gender: Callable[[str], Gender | None]
    """Of a word in lower case, singular or plural; None for words that do not tell."""
    others: frozenset[str]
    """Words in small letters that a numeral never counts: articles, prepositions, verbs."""
    numbered: frozenset[str] = frozenset()
    """Words behind which a numeral says which, not how many: "page 80", "in 1900"."""
    articles: Mapping[str, Agreement | None] = field(default_factory=dict)
    """What an ordinal behind an article agrees with: "la", "nella"; None where the noun tells.

    Where there are any, "2a" and "3°" are ordinals only behind them or before a noun, and
    Roman numerals between them and a noun are ordinals: "la XVII legislatura".
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Measures and currencies."""

    names: Mapping[str, tuple[str, str]]
    """Singular and plural of each sign, prefixes included; a millionth as U+00B5."""
    per: Callable[[str], str]
    """A singular name with the "per" before it: "par seconde"."""
    powered: Callable[[str, str, bool], str]
    """A name with its power: of name, power in digits, whether plural."""
    compass: Mapping[str, str] = field(default_factory=dict)
    """Directions behind degrees: "N"."""
    words: frozenset[str] = frozenset()
    """Signs that are words, too, "ha": units only where a sentence ends or goes on behind them."""
    scales: Mapping[str, str]
    """Of temperature, behind "°": "C" and its like."""
    currencies: Mapping[str, tuple[str, str]]
    """Singular and plural of each sign or code that may stand before or behind an amount."""
    price: Callable[[str, str, str], str]
    """An amount with hundredths, of the whole, the name and the hundredths in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Days and hours."""

    months: tuple[str, ...]
    short: Mapping[str, int]
    """Months by their abbreviations without the full stop."""
    day: Callable[[int], str]
    of: str
    """Between day, month and year, "de"; empty where nothing is said."""
    time: Callable[[int, int, int | None], str]
    """A time of the day of hours, minutes and seconds."""
    ranged: Ranged | None = None
    """Gives times from one hour to another; numerals do it where this is left out."""
    at: frozenset[str] = frozenset()
    """Elisions before one o'clock: "all'1"."""
    before_time: frozenset[str]
    """Words before a time that is written with a full stop: "alle 14.30"."""
    eras: frozenset[str] = frozenset()
    """Abbreviations behind which numbers are years, without the last full stop: "a.C"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Romans:
    """Roman numerals."""

    numbered: frozenset[str]
    """Nouns before a numeral, singular and plural: "capítulo"."""
    centuries: frozenset[str]
    """Nouns before or behind a numeral that counts centuries."""
    rulers: frozenset[str]
    """Names of kings and popes that are numbered."""
    numeral: Callable[[int, str], str]
    """Of a value behind a noun of :attr:`numbered`."""
    century: Callable[[int], str]
    ruler: Callable[[int, str], str]
    """Of a value behind a name in lower case."""
    words: frozenset[str]
    """Words in capitals that look like numerals and are none behind a name: "DI"."""
    endings: frozenset[str]
    """Those endings of ordinals that Roman numerals take, too: "e" of "XIXe"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """What is written shorter than it is said."""

    phrases: Mapping[str, str]
    """Of several tokens, with their full stops: ``"p. ej."`` is ``"por|ejemplo"``."""
    stopped: Mapping[str, str]
    """Behind which a full stop is written, keys without it; keys with capitals are exact."""
    plain: Mapping[str, str]
    """Without a full stop, "nº", "Mme"; capitals as in :attr:`stopped`."""
    numbered: Mapping[str, str] = field(default_factory=dict)
    """Before a numeral, with a full stop, of what has another meaning elsewhere: "s. XIX"."""
    before_number: frozenset[str]
    """Those of both that are so read before a numeral only."""
    before_name: frozenset[str]
    """Those of both that are so read before a capital only: "M. Dupont"."""
    after_number: frozenset[str]
    """Those of both that are so read behind a number only: "5 min."."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters, and words that are none."""

    names: Mapping[str, str]
    """Of a to z."""
    accented: str
    """Small letters of the language beyond a to z; any other accent is left out."""
    greek: tuple[str, ...]
    """Names of the letters from alpha to omega, final sigma left out."""
    unnamed: str
    """For a letter of a script that nobody here can name: "letter"."""
    vowels: re.Pattern[str]
    """Finds a letter that makes a word of small letters sayable."""
    words: frozenset[str]
    """Acronyms that are said as words, in capitals."""
    spelt: frozenset[str]
    """Acronyms that look like words and are spelt out, in capitals."""
    common: frozenset[str]
    """Short words that are words in capitals, too, in lower case."""
    sayable: re.Pattern[str] | None = None
    """Words of four or five small letters that are no acronyms in capitals, by their shape."""
    single: frozenset[str]
    """Words of one letter."""
    euphonic: str = ""
    """A letter between hyphens that is said with the word behind it: "a-t-il"."""
    labelled: frozenset[str] = frozenset()
    """Words behind which a single letter is the name of something: "axis"."""
    accents: Callable[[str], str] = str
    """The word for which one in small letters stands that has an apostrophe for its accent."""
    elisions: frozenset[str]
    """What stands before an apostrophe and is said with the next word: "l", "dell"."""
    spoken: Mapping[str, str]
    """Names that are said otherwise than written, in lower case: "wifi"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Mathematics and other signs."""

    signs: Mapping[str, str]
    alone: Mapping[str, str]
    """Signs that begin a token and have no left side: "< 10" is "menos de diez"."""
    functions: Mapping[str, str]
    applied: str
    """Between a function and its argument: "de"."""
    raised_functions: Mapping[str, str] = field(default_factory=dict)
    """Powers of functions, where they are not called as other powers: "sinus carré"."""
    unjoined: frozenset[str] = frozenset()
    """Functions that need no :attr:`applied` before an argument without brackets: "log n"."""
    limit: str = ""
    """Between "lim" and what its variable tends to: "cuando"; empty where nothing is said."""
    over: str
    powers: Mapping[str, str]
    """Exponents with names of their own, "2" and "3" and "T" among them."""
    power: str
    """Before any other exponent."""
    index: str
    """Before an index."""
    base: str
    """Between a logarithm and its base."""
    euphonic: Mapping[str, str] = field(default_factory=dict)
    """The last word of a sign before the same word, "a" before "a": "uguale ad a"."""
    bounds: tuple[str, str]
    """Before the bounds of a sum: "da", "a"."""
    spaced_colon: bool = False
    """Whether a space stands before every colon: only "6 : 2 = 3" is a division then."""
    reaction: str = ""
    """For an arrow between substances; empty where it is said like any other."""
    factorial: str
    prime: str
    absolute: str
    norm: str
    given: str
    sharp: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """All that the rules ask of a language; there is one of each, so results may be kept by it."""

    code: str
    numerals: Numerals
    nouns: Nouns
    units: Units
    dates: Dates
    romans: Romans
    abbreviations: Abbreviations
    letters: Letters
    formulas: Formulas
    marks: Mapping[str, str]
    """Marks of addresses: dot, slash, at."""
