"""French, as the rules that it shares ask for it."""

from __future__ import annotations

from app.text.romance.french.abbreviations import ABBREVIATIONS
from app.text.romance.french.dates import DATES
from app.text.romance.french.formulas import FORMULAS, MARKS
from app.text.romance.french.letters import LETTERS
from app.text.romance.french.nouns import NOUNS
from app.text.romance.french.numerals import NUMERALS
from app.text.romance.french.romans import ROMANS
from app.text.romance.french.units import UNITS
from app.text.romance.language import Language

FRENCH = Language(
    code="fr",
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
