"""Words in capitals: read as words, "STOP", or letter by letter, "HTTP"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from app.text.tables import words
from app.text.tokens import LONG_A, Token

_SHORT_WORDS = Path(__file__).with_name("short_words.txt")
"""Frequent words of three to five letters; longer words are rarely acronyms."""
_TWO_LETTERS = frozenset(words("an as at be by do go he if in is me my no of on or so to up we"))
_WORDS_TOO = frozenset(words("US IT WHO AM PM LED ID OK AD SAT VAT ERA ION FIR MAD"))
"""Acronyms that are words as well, or that a table of words might have."""
_WORDS_WHEN_SHOUTED = frozenset(words("US IT WHO AM LED ERA SAT OK AD ION"))
_SAID_AS_WORDS = frozenset(
    words(
        """
        NASA NATO UNESCO UNICEF OPEC AIDS COVID LASER RADAR SONAR NAFTA FIFA UEFA ASEAN PIN SIM
        RAM ROM LAN WAN BASIC COBOL FORTRAN LISP PASCAL CUDA ASCII GIF CAPTCHA SWOT SMART LIDAR
        SCUBA CERN ESA AND OR NOT IF THEN ELSE THE ALL ANY NO YES XOR NAND NOR TRUE FALSE NULL
        SELECT FROM WHERE JOIN VERY NEVER ALWAYS MUST ONLY IS ON OFF IN TO A I FAQ LASSO RELU
        BERT BLEU SARS MERS FERPA HIPAA MOOC MOOCS LATEX BIOS DOS CRUD REST SOAP AJAX YAML OSHA
        NOAA PISA TOEFL EBITDA STEM WIMP WYSIWYG RAID RISC CISC POSIX UNIX ANOVA MANOVA QWERTY NIMBY
        GNU ELISA ANSI ISIS
        """
    )
)
_SPELT_OUT = frozenset(
    words(
        """
        ADHD IUPAC AAAS OECD NAACP UCLA USSR USDA UNHCR IETF IEEE ICMP ADSL AIFF EPFL ESPN USGS
        ICBM IAEA ISBN ISSN HDMI UDP TCP ATP ADP RNA DNA MRNA USA USB URL UFO UNFCCC EEG ECG EKG
        OLED UHF IDE API APIS AUC ROC EBNF IOS IOT AES RSA ISO EULA ETL ERP OCR OOP OECS
        IPCC UNDP UNEP WIPO OSCE EHR EMR HIV AIIMS IIT UCL IDF ESL EFL
        """
    )
)
_VOWEL = re.compile("[AEIOUY]")
_CAPITALS = re.compile(r"[A-Z]+(?:['’-][A-Z]+)*")
_CLITIC = re.compile(r"'(?:S|LL|RE|VE|D|M)")
_REACH = 12


def capitals(word: str, *, shouted: bool) -> list[str]:
    """A word in capitals: read as a word, or letter by letter.

    >>> capitals("HTTP", shouted=False), capitals("NASA", shouted=False)
    (['H', 'T', 'T', 'P'], ['nasa'])
    >>> capitals("STOP", shouted=False), capitals("US", shouted=False), capitals("US", shouted=True)
    (['stop'], ['U', 'S'], ['us'])

    Args:
        word: Capitals, at most followed by a small "s".
        shouted: Whether its neighbours are in capitals too, as in a heading.
    """
    singular = re.sub("['’]?[sS]$", "", word)
    if word in _SAID_AS_WORDS or (singular in _SAID_AS_WORDS and len(word) > 3):
        return [word.lower()]
    if word.isupper() and word not in _SPELT_OUT:
        base = word.replace("’", "'")
        if base.endswith("N'T") or is_word(_CLITIC.sub("", base)):
            return [word.lower()]
        if shouted and (word in _WORDS_WHEN_SHOUTED or (len(word) > 3 and _VOWEL.search(word))):
            return [word.lower()]
    return spelt_out(word)


def is_word(word: str) -> bool:
    """Whether capitals are a word, not an acronym, even among small letters.

    >>> is_word("WARNING"), is_word("RULES"), is_word("IBM"), is_word("IT")
    (True, True, False, False)
    """
    if word in _WORDS_TOO or word in _SPELT_OUT:
        return False
    small = word.lower()
    if len(word) < 3:
        return small in _TWO_LETTERS
    if len(word) > 5:
        return _VOWEL.search(word) is not None
    known = _short_words()
    return small in known or (small[-1] == "s" and len(word) > 3 and small[:-1] in known)


def shouted(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token in capitals stands beside words in capitals, as in a heading.

    Acronyms side by side, "TCP IP", are none; single letters and numbers do not part a run.
    """
    before = _run(tokens, place, -1)
    if tokens[place].core == "US" and (not before or before[0] == "THE"):
        return False  # a country: the pronoun begins nothing and follows no article
    run = [*before, *_run(tokens, place, 1)]
    others = [core for core in run if len(core) > 1]
    known = sum(any(map(is_word, re.split(r"['’-]", core))) for core in others)
    return known > 0 and 2 * known >= len(others)


def spelt_out(word: str) -> list[str]:
    """Letters of an acronym; the plural's "s" stays with the last one.

    >>> spelt_out("CPUs"), spelt_out("AI")
    (['C', 'P', "U's"], ['Á', 'I'])
    """
    ending = "'s" if re.search(r"[A-Z](?:'?s|'S)$", word) else ""
    letters = [c for c in (re.sub(r"(?:'?s|'S)$", "", word) if ending else word) if c.isalpha()]
    spoken = [LONG_A if letter == "A" else letter for letter in letters]
    return [*spoken[:-1], spoken[-1] + ending]


def _run(tokens: Sequence[Token], place: int, step: int) -> list[str]:
    """Cores in capitals next to a token, in one direction."""
    found: list[str] = []
    for away in range(1, _REACH):
        at = place + away * step
        if not 0 <= at < len(tokens):
            break
        core = tokens[at].core
        if _CAPITALS.fullmatch(core):
            found.append(core)
        elif core and not core.isdecimal():
            break
    return found


@cache
def _short_words() -> frozenset[str]:
    return frozenset(words(_SHORT_WORDS.read_text(encoding="utf-8")))
