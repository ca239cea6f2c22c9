"""Italian, as the shared rules ask for it."""

from __future__ import annotations

from app.text.romance.italian.abbreviations import ABBREVIATIONS
from app.text.romance.italian.dates import DATES
from app.text.romance.italian.formulas import FORMULAS, MARKS
from app.text.romance.italian.letters import LETTERS
from app.text.romance.italian.nouns import NOUNS
from app.text.romance.italian.numerals import cardinal, fraction, ordinal
from app.text.romance.italian.romans import ROMANS
from app.text.romance.italian.units import UNITS
from app.text.romance.language import Agreement, Language, Numerals
from app.text.tables import words

_ENDINGS = {
    Agreement(): "º ° o ᵒ mo esimo",
    Agreement("feminine"): "ª a ᵃ ma esima",
    Agreement(plural=True): "i mi esimi",
    Agreement("feminine", plural=True): "e me esime",
}

ITALIAN = Language(
    code="it",
    numerals=Numerals(
        cardinal=cardinal,
        ordinal=ordinal,
        fraction=fraction,
        endings={ending: form for form, each in _ENDINGS.items() for ending in each.split()},
        comma="virgola",
        point="punto",
        long_decimals=2,
        halves={
            "½": ("mezzo", "e mezzo"),
            "¼": ("un quarto", "e un quarto"),
            "¾": ("tre quarti", "e tre quarti"),
            "⅓": ("un terzo", "e un terzo"),
            "⅔": ("due terzi", "e due terzi"),
            "⅛": ("un ottavo", "e un ottavo"),
        },
        scales={
            "k": ("mille", "mila"),
            "M": ("milione", "milioni"),
            "mln": ("milione", "milioni"),
            "mld": ("miliardo", "miliardi"),
            "Mld": ("miliardo", "miliardi"),
        },
        large=frozenset(
            words("milione milioni miliardo miliardi bilione bilioni mln mld migliaio migliaia")
        ),
        of=lambda noun: f"di {noun}",
        to="a",
        ratio="a",
    ),
    nouns=NOUNS,
    units=UNITS,
    dates=DATES,
    romans=ROMANS,
    abbreviations=ABBREVIATIONS,
    letters=LETTERS,
    formulas=FORMULAS,
    marks=MARKS,
)
"""Italian."""
