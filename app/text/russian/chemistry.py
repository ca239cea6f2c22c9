"""Chemical formulas as chemists say them: "H2SO4" is "аш два эс о четыре"."""

from __future__ import annotations

import re
import unicodedata

from app.text.russian.latin import letter_name
from app.text.russian.numerals import cardinal
from app.text.tables import meanings, words

_NAMES = meanings(
    """
    H:аш; C:цэ; N:эн; O:о; P:пэ; S:эс; F:фтор; B:бор; K:калий; I:йод; V:ванадий; W:вольфрам; U:уран;
    Y:иттрий; D:дэ; He:гелий; Li:литий; Be:бериллий; Ne:неон; Na:натрий; Mg:магний; Al:алюминий;
    Si:силициум; Cl:хлор; Ar:аргон; Ca:кальций; Sc:скандий; Ti:титан; Cr:хром; Mn:марганец;
    Fe:феррум; Co:кобальт; Ni:никель; Cu:купрум; Zn:цинк; Ga:галлий; Ge:германий; As:арсеникум;
    Se:селен; Br:бром; Kr:криптон; Rb:рубидий; Sr:стронций; Zr:цирконий; Nb:ниобий; Mo:молибден;
    Ag:аргентум; Cd:кадмий; In:индий; Sn:станнум; Sb:стибиум; Te:теллур; Xe:ксенон; Cs:цезий;
    Ba:барий; La:лантан; Ce:церий; Nd:неодим; Hf:гафний; Ta:тантал; Re:рений; Os:осмий; Ir:иридий;
    Pt:платина; Au:аурум; Hg:гидраргирум; Tl:таллий; Pb:плюмбум; Bi:висмут; Po:полоний; Rn:радон;
    Ra:радий; Th:торий; Pu:плутоний
    """
)
_ELEMENT = "|".join(sorted(_NAMES, key=len, reverse=True))
_PART = re.compile(rf"({_ELEMENT})|([₀-₉\d]+)|([()\[\]])|([⁰¹²³⁴-⁹]*[⁺⁻])|(·)")
_FORMULA = re.compile(
    rf"(?:\d{{1,2}})?(?:(?:{_ELEMENT}|[(\[](?:(?:{_ELEMENT})[₀-₉2-9]*)+[)\]])(?:[₀-₉]+|[1-9]\d?)?)+"
    r"(?:·\d{0,2}H[2₂]O)?[⁰¹²³⁴-⁹]*[⁺⁻]?"
)
_CYRILLIC = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_CYRILLIC_FORMULA = re.compile("(?=.*[2-9₂-₉])[СНО2-9₂-₉]{2,8}")
_ALONE = frozenset(words("O2 O3 H2 N2 Cl2 Br2 I2 S8 P4 C60 SF6 CS2 CF4 CO OH COOH KOH HCN"))
_NO_FORMULAS = re.compile(
    r"""
    (?:B2B|B2C|C2C|P2P|C2B|I2C|NaN|BSc|HeLa|PoS|PoC|CoC)
    |(?:PHP|HBO|COP|OS|OOP|ISO|OSI|BIOS|[HSO]?[PSB][SP]?)\d*
    """,
    re.VERBOSE,
)
"""Names of programs and things that elements would spell, too."""
_TIMES = {2: "дважды", 3: "трижды", 4: "четырежды"}


def is_chemical(core: str) -> bool:
    """Whether a token is the formula of a substance or of an ion.

    >>> [is_chemical(core) for core in ("H2SO4", "NaCl", "СО2", "MP3", "USB", "ISO9001", "In")]
    [True, True, True, False, False, False, False]
    """
    core = _in_latin(core)
    if core in _ALONE:
        return True
    if _NO_FORMULAS.fullmatch(core) or not _FORMULA.fullmatch(core):
        return False
    if re.search("[⁺⁻]", core):
        return True
    plain = unicodedata.normalize("NFKC", core)
    if plain in _ALONE:
        return True
    elements = re.findall(_ELEMENT, plain)
    long = any(len(element) == 2 for element in elements)
    if not re.search(r"\d", plain):
        return long and len(elements) > 1
    # "P1V1", "H0" are variables: one atom has no index.
    if re.search(r"[A-Za-z)](?:0|1(?!\d))|\d{3}", plain):
        return False
    return (long or not {"H", "O"}.isdisjoint(elements)) and len(set(elements)) > 1


def is_element(core: str) -> bool:
    """Whether a token is the sign of an element, perhaps with the number of its atoms."""
    return _bare(core) in _NAMES


def is_substance(core: str) -> bool:
    """Whether a token is a formula with the number of molecules before it, "2HCl"."""
    return is_chemical(_bare(core))


def chemical(core: str, *, alone: bool = False) -> list[str]:
    """Words of a chemical formula; empty for any other token.

    Args:
        core: It, with the number of molecules.
        alone: Whether the sign of an element counts, as in an equation.

    >>> " ".join(chemical("Fe2(SO4)3")), chemical("Ca²⁺")
    ('феррум два эс о́ четыре трижды', ['кальций', 'два', 'плюс'])
    """
    bare = _bare(core)
    if not (is_chemical(bare) or (alone and bare in _NAMES)):
        return []
    count = core[: len(core) - len(core.lstrip("0123456789"))]
    said = cardinal(int(count)) if count and len(count) < 3 else []
    grouped = False
    for element, index, bracket, charge, water in _PART.findall(_in_latin(bare)):
        if element:
            said += letter_name("о") if _NAMES[element] == "о" else [_NAMES[element]]
        elif index:
            number = int(unicodedata.normalize("NFKC", index))
            said += [_TIMES[number]] if grouped and number in _TIMES else cardinal(number)
        elif charge:
            said += _charge(charge)
        elif water:
            said += ["на"]
        grouped = bracket in (")", "]")
    return said


def _bare(core: str) -> str:
    """A formula without the number of molecules and the arrow of a gas."""
    return core.lstrip("0123456789").rstrip("↑↓")


def _charge(text: str) -> list[str]:
    digits = unicodedata.normalize("NFKC", text[:-1])
    number = cardinal(int(digits)) if digits else []
    return [*number, "плюс" if text[-1] == "⁺" else "минус"]


def _in_latin(core: str) -> str:
    """A formula that was typed with Russian letters, "СО2", in Latin ones."""
    return core.translate(_CYRILLIC) if _CYRILLIC_FORMULA.fullmatch(core) else core
