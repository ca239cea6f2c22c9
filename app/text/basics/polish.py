"""Polish numbers, dates, rulers, units and abbreviations in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.basics.numerals import cardinal, spelled
from app.text.basics.rules import Rules, after, before, stopped, unit_names
from app.text.basics.rules import in_words as by_rules
from app.text.roman import roman_value
from app.text.tables import meanings, words
from app.text.tokens import Token, Verbalized

_MONTHS = words(
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada"
    " grudnia"
)
_ONES = words(
    """
    zerowy pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty
    dwunasty trzynasty czternasty piętnasty szesnasty siedemnasty osiemnasty dziewiętnasty
    """
)
_TENS = words(
    """
    zerowy dziesiąty dwudziesty trzydziesty czterdziesty pięćdziesiąty sześćdziesiąty
    siedemdziesiąty osiemdziesiąty dziewięćdziesiąty
    """
)
_HUNDREDS = words(
    """
    zerowy setny dwusetny trzechsetny czterechsetny pięćsetny sześćsetny siedemsetny osiemsetny
    dziewięćsetny
    """
)
_THOUSANDS = {1000: "tysięczny", 2000: "dwutysięczny", 3000: "trzytysięczny"}
_ENDINGS = {"genitive": ("ego", "iego"), "locative": ("ym", "im"), "instrumental": ("ym", "im")}
_YEAR_NOUN = {
    "rok": "nominative", "roku": "genitive", "rokiem": "instrumental", "r": "genitive",
    "lata": "nominative", "latach": "locative",
}  # fmt: skip
_CENTURY_NOUN = {
    "wiek": "nominative", "wieku": "genitive", "wieki": "nominative", "w": "genitive",
    "wiekiem": "instrumental",
}  # fmt: skip
_IN = frozenset(words("w we o po na przy"))
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_FEMININE_PLURALS = frozenset(
    words(
        """
        kobiety osoby godziny minuty sekundy strony książki szkoły liczby części metody grupy teorie
        zmienne drogi rzeki ręce nogi warstwy fazy próby cechy zasady formy wersje tony połowy
        litery miary siły masy fale cząstki komórki rośliny zmiany przyczyny odpowiedzi
        """
    )
)


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a Polish sentence.

    >>> [piece.spoken for piece in in_words("3 maja 2021 roku 5 osób.")]
    ['trzeciego', 'maja', 'dwa tysiące dwudziestego pierwszego', 'roku', 'pięć', 'osób.']
    """
    return by_rules(text, _RULES)


def ordinal(value: int, case: str = "nominative") -> str:
    """A masculine ordinal; only its last parts are declined.

    >>> ordinal(21), ordinal(1999, "genitive")
    ('dwudziesty pierwszy', 'tysiąc dziewięćset dziewięćdziesiątego dziewiątego')
    """
    if value in _THOUSANDS:
        return _declined(_THOUSANDS[value], case)
    rest = value % 100
    head = value - rest
    if rest == 0 and value % 1000:
        head, last = value - value % 1000, [_HUNDREDS[value % 1000 // 100]]
    elif rest < 20:
        last = [_ONES[rest]]
    else:
        last = [_TENS[rest // 10], *([_ONES[rest % 10]] if rest % 10 else [])]
    front = [spelled(head, "pl")] if head else []
    return " ".join([*front, *(_declined(word, case) for word in last)])


def _declined(word: str, case: str) -> str:
    if case == "nominative":
        return word
    if case == "feminine":
        return _feminine(word, "a")
    if case == "feminine locative":
        return _feminine(word, "ej")
    hard, soft = _ENDINGS[case]
    return word[:-1] + (soft if word.endswith("i") else hard)


def _feminine(word: str, ending: str) -> str:
    """As "druga" of "drugi", but "trzecia" of "trzeci"."""
    soft = word.endswith("ci") or (word.endswith("i") and ending == "ej")
    return (word if soft else word[:-1]) + ending


def _day(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    if not token.core.isdecimal() or len(token.core) > 2 or after(tokens, place) not in _MONTHS:
        return []
    return [token.said(ordinal(int(token.core), "genitive").split(), closing="")]


def _year(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A year before "rok", "roku" or "r.", or behind a month."""
    token = tokens[place]
    if not re.fullmatch(r"[12]\d{3}", token.core):
        return []
    case = _YEAR_NOUN.get(after(tokens, place)) if not token.closing else None
    if case is None and before(tokens, place) in _MONTHS:
        case = "genitive"
    if case is None:
        return []
    if case == "genitive" and before(tokens, place) in _IN:
        case = "locative"
    return [token.said(ordinal(int(token.core), case).split())]


def _roman(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Centuries and rulers."""
    token = tokens[place]
    name = tokens[place - 1].core if place else ""
    if not token.core or not _ROMAN.fullmatch(token.core):
        return []
    case = _CENTURY_NOUN.get(after(tokens, place)) if not token.closing else None
    if case == "genitive" and before(tokens, place) in _IN:
        case = "locative"
    if case is None and name.istitle() and len(name) > 2:
        case = "feminine" if name.endswith("a") else "nominative"
    return [token.said(ordinal(roman_value(token.core), case).split())] if case else []


def _stopped_noun(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """As "r." and "w." behind a year and a century."""
    token = tokens[place]
    number = tokens[place - 1].core if place else ""
    if not stopped(token):
        return []
    noun = "roku" if token.core == "r" and number.isdecimal() else ""
    noun = "wieku" if token.core == "w" and _ROMAN.fullmatch(number or "-") else noun
    closing = token.closing if place + 1 == len(tokens) else token.closing[1:]
    return [token.said([noun], closing=closing)] if noun else []


def _number(digits: str, noun: str) -> str:
    if digits == "1" and noun:
        return "jedna" if noun.endswith(("a", "ość")) else "jeden"
    two = digits[-1:] == "2" and digits[-2:] != "12"
    if two and (noun.endswith(("a", "cje", "rie", "ości")) or noun in _FEMININE_PLURALS):
        return cardinal(digits, "pl", "spellout-cardinal-feminine")
    return cardinal(digits, "pl", "spellout-cardinal-masculine")


def _year_alone(digits: str) -> str:
    return cardinal(digits, "pl")


def _price(whole: int, hundredths: int, sign: str) -> str:
    """As "trzy złote pięćdziesiąt groszy"."""
    small = (
        ("grosz", "grosze", "groszy", "grosza")
        if sign == "zł"
        else ("cent", "centy", "centów", "centa")
    )
    money = f"{_number(str(whole), _UNITS[sign][0])} {_counted(whole, _UNITS[sign])}"
    return f"{money} {_number(str(hundredths), small[0])} {_counted(hundredths, small)}"


def _counted(value: int | None, names: tuple[str, ...]) -> str:
    """Of "metr", "metry", "metrów" and, behind a fraction, "metra"."""
    if len(names) == 1:
        return names[0]
    one, few, many, part = names
    if value is None:
        return part
    if value == 1:
        return one
    return few if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else many


def _clock(hour: int, minute: int | None, word_before: str) -> str:
    case = "feminine locative" if word_before in ("o", "po", "od", "do", "przed") else "feminine"
    hours = ordinal(hour, case)
    return f"{hours} {spelled(minute, 'pl')}" if minute else hours


def _date(day: int, month: int, year: int, word_before: str) -> str:
    del word_before
    return f"{ordinal(day, 'genitive')} {_MONTHS[month - 1]} {ordinal(year, 'genitive')} roku"


_UNITS = unit_names(
    """
    %:procent/procent/procent/procent; ‰:promil/promile/promili/promila; €:euro;
    zł:złoty/złote/złotych/złotego; $:dolar/dolary/dolarów/dolara; £:funt/funty/funtów/funta;
    °:stopień/stopnie/stopni/stopnia;
    °C:stopień Celsjusza/stopnie Celsjusza/stopni Celsjusza/stopnia Celsjusza;
    km:kilometr/kilometry/kilometrów/kilometra; m:metr/metry/metrów/metra;
    cm:centymetr/centymetry/centymetrów/centymetra; mm:milimetr/milimetry/milimetrów/milimetra;
    kg:kilogram/kilogramy/kilogramów/kilograma; g:gram/gramy/gramów/grama;
    mg:miligram/miligramy/miligramów/miligrama; t:tona/tony/ton/tony; l:litr/litry/litrów/litra;
    ml:mililitr/mililitry/mililitrów/mililitra; h:godzina/godziny/godzin/godziny;
    min:minuta/minuty/minut/minuty; s:sekunda/sekundy/sekund/sekundy;
    ms:milisekunda/milisekundy/milisekund/milisekundy; Hz:herc/herce/herców/herca;
    GHz:gigaherc/gigaherce/gigaherców/gigaherca; MHz:megaherc/megaherce/megaherców/megaherca;
    W:wat/waty/watów/wata; kW:kilowat/kilowaty/kilowatów/kilowata; V:wolt/wolty/woltów/wolta;
    J:dżul/dżule/dżuli/dżula; N:niuton/niutony/niutonów/niutona;
    ha:hektar/hektary/hektarów/hektara;
    kWh:kilowatogodzina/kilowatogodziny/kilowatogodzin/kilowatogodziny;
    MB:megabajt/megabajty/megabajtów/megabajta; GB:gigabajt/gigabajty/gigabajtów/gigabajta;
    m²:metr kwadratowy/metry kwadratowe/metrów kwadratowych/metra kwadratowego;
    km²:kilometr kwadratowy/kilometry kwadratowe/kilometrów kwadratowych/kilometra kwadratowego;
    m³:metr sześcienny/metry sześcienne/metrów sześciennych/metra sześciennego;
    tys:tysiąc/tysiące/tysięcy/tysiąca; mln:milion/miliony/milionów/miliona;
    mld:miliard/miliardy/miliardów/miliarda; os:osoba/osoby/osób/osoby
    """
) | {
    "km/h": (
        "kilometr na godzinę", "kilometry na godzinę", "kilometrów na godzinę",
        "kilometra na godzinę",
    ),
    "m/s": (
        "metr na sekundę", "metry na sekundę", "metrów na sekundę", "metra na sekundę",
    ),
}  # fmt: skip
_RULES = Rules(
    language="pl",
    own=(_day, _year, _roman, _stopped_noun),
    abbreviations=meanings(
        """
        np:na przykład; tzn:to znaczy; tj:to jest; m.in:między innymi; itd:i tak dalej;
        itp:i tym podobne; prof:profesor; mgr:magister; inż:inżynier; dr:doktor; ok:około;
        ul:ulica; al:aleja; pl:plac; str:strona; s:strona; rys:rysunek; tab:tabela; rozdz:rozdział;
        por:porównaj; zob:zobacz; wg:według; tzw:tak zwany; p.n.e:przed naszą erą;
        n.e:naszej ery; św:święty; im:imienia; godz:godzina; tel:telefon; ww:wyżej wymieniony;
        ds:do spraw; nr:numer; art:artykuł; ust:ustęp; pkt:punkt; min:minut; maks:maksimum;
        jw:jak wyżej; cdn:ciąg dalszy nastąpi; t:tom; pt:pod tytułem; tys:tysięcy
        """
    ),
    units=_UNITS,
    signs=meanings(
        """
        &:i; +:plus; =:równa się; %:procent; §:paragraf; −:minus; ×:razy; №:numer; nr:numer;
        dr:doktor; mgr:magister; wg:według
        """
    ),
    comma="przecinek",
    minus="minus",
    until="do",
    counted=_counted,
    number=_number,
    year=_year_alone,
    price=_price,
    clock=_clock,
    date=_date,
)
