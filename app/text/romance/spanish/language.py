"""Spanish, as the rules that it shares ask for it."""

from __future__ import annotations

from app.text.romance.language import Language
from app.text.romance.spanish.abbreviations import ABBREVIATIONS
from app.text.romance.spanish.dates import DATES
from app.text.romance.spanish.formulas import FORMULAS, MARKS
from app.text.romance.spanish.letters import LETTERS
from app.text.romance.spanish.nouns import NOUNS
from app.text.romance.spanish.numerals import NUMERALS
from app.text.romance.spanish.romans import ROMANS
from app.text.romance.spanish.units import UNITS

SPANISH = Language(
    code="es",
    numerals=NUMERALS,
    nouns=NOUNS,
    units=UNITS,
    dates=DATES,
    romans=ROMANS,
    abbreviations=ABBREVIATIONS,
    letters=LETTERS,
    formulas=FORMULAS,
    marks=MARKS,
)
