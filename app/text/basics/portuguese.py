"""Portuguese numbers, dates, rulers, units and abbreviations in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.basics.numerals import cardinal, spelled
from app.text.basics.rules import Rules, after, unit_names
from app.text.basics.rules import in_words as by_rules
from app.text.roman import roman_value
from app.text.tables import meanings, words
from app.text.tokens import Token, Verbalized

_MONTHS = words(
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
)
_ORDINAL = re.compile(r"(\d{1,4})\.?([ºª°oa]|os|as)(?![^\W\d_])")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CENTURY = frozenset(words("século séculos"))
_NUMBERED = frozenset(words("capítulo volume tomo parte ato"))
_TITLES = frozenset(words("rei rainha papa dom d imperador"))
_MASCULINE_IN_A = frozenset(words("dia mapa problema sistema tema programa clima planeta grama"))


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a Portuguese sentence.

    >>> [piece.spoken for piece in in_words("As 2 casas custam R$ 5 na 3.ª rua.")]
    ['As', 'duas', 'casas', 'custam', '', 'cinco reais', 'na', 'terceira', 'rua.']
    """
    return by_rules(text, _RULES)


def _ordinal(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    found = _ORDINAL.fullmatch(token.core + token.closing[:1].replace(".", ""))
    if found is None:
        return []
    gender = "feminine" if found[2].startswith(("ª", "a")) else "masculine"
    said = spelled(int(found[1]), "pt", f"spellout-ordinal-{gender}")
    if found[2].endswith("s") and len(found[2]) > 1:
        said = " ".join(f"{word}s" for word in said.split())
    return [token.said(said.split())]


def _first_of_month(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    month = tokens[place + 2].core if place + 2 < len(tokens) else ""
    if tokens[place].core == "1" and after(tokens, place) == "de" and month.lower() in _MONTHS:
        return [tokens[place].said(["primeiro"])]
    return []


def _roman(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Centuries and rulers: ordinals up to the tenth, cardinals beyond it."""
    token = tokens[place]
    name = tokens[place - 1].core if place else ""
    if not token.core or not _ROMAN.fullmatch(token.core):
        return []
    value = roman_value(token.core)
    named = name.istitle() and len(name) > 2
    if not (named or name.lower() in _CENTURY | _NUMBERED):
        return []
    feminine = named and name.endswith("a")
    if value <= 10 and name.lower() not in _NUMBERED:
        gender = "feminine" if feminine else "masculine"
        said = spelled(value, "pt", f"spellout-ordinal-{gender}")
    else:
        said = spelled(value, "pt")
    return [token.said(said.split())]


def _whole_money(whole: int, sign: str) -> str:
    return f"{_number(str(whole), _UNITS[sign][0])} {_counted(whole, _UNITS[sign])}"


def _number(digits: str, noun: str) -> str:
    return cardinal(digits, "pt", f"spellout-cardinal-{_gender(noun)}")


def _gender(noun: str) -> str:
    """Of what is counted, by its ending."""
    singular = noun.lower().removesuffix("s")
    if singular in _MASCULINE_IN_A:
        return "masculine"
    feminine = singular.endswith(("a", "ã", "dade", "ção", "çõe", "gem"))
    return "feminine" if feminine else "masculine"


def _counted(value: int | None, names: tuple[str, ...]) -> str:
    return names[0] if value in (0, 1) else names[-1]


def _year(digits: str) -> str:
    return cardinal(digits, "pt")


def _money(whole: int, hundredths: int, sign: str) -> str:
    """As "três reais e cinquenta centavos"."""
    cents = "cêntimos" if sign == "€" else "centavos"
    return f"{_whole_money(whole, sign)} e {spelled(hundredths, 'pt')} {cents}"


def _clock(hour: int, minute: int | None, word_before: str) -> str:
    del word_before
    hours = spelled(hour, "pt", "spellout-cardinal-feminine")
    return f"{hours} hora{'s' if hour > 1 else ''}" + (
        f" e {spelled(minute, 'pt')}" if minute else ""
    )


def _date(day: int, month: int, year: int, word_before: str) -> str:
    del word_before
    first = "primeiro" if day == 1 else spelled(day, "pt")
    return f"{first} de {_MONTHS[month - 1]} de {spelled(year, 'pt')}"


def _title(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    king = token.core == "D" and token.closing.startswith(".") and after(tokens, place).istitle()
    if not king:
        return []
    name = after(tokens, place)
    return [token.said(["dona" if name.endswith("a") else "dom"], closing=token.closing[1:])]


_UNITS = unit_names(
    """
    %:por cento; ‰:por mil; €:euro/euros; $:dólar/dólares; US$:dólar/dólares; R$:real/reais;
    £:libra/libras; °:grau/graus; °C:grau Celsius/graus Celsius; km:quilómetro/quilómetros;
    m:metro/metros; cm:centímetro/centímetros; mm:milímetro/milímetros; kg:quilo/quilos;
    g:grama/gramas; mg:miligrama/miligramas; t:tonelada/toneladas; l:litro/litros;
    ml:mililitro/mililitros; h:hora/horas; min:minuto/minutos; s:segundo/segundos;
    ms:milissegundo/milissegundos; Hz:hertz; MHz:megahertz; GHz:gigahertz; W:watt/watts;
    kW:quilowatt/quilowatts; kWh:quilowatt-hora/quilowatts-hora; V:volt/volts; J:joule/joules;
    N:newton/newtons; Pa:pascal/pascais; MB:megabyte/megabytes; GB:gigabyte/gigabytes;
    ha:hectare/hectares; m²:metro quadrado/metros quadrados;
    km²:quilómetro quadrado/quilómetros quadrados; m³:metro cúbico/metros cúbicos
    """
) | {
    "km/h": ("quilómetro por hora", "quilómetros por hora"),
    "m/s": ("metro por segundo", "metros por segundo"),
}
_RULES = Rules(
    language="pt",
    own=(_title, _ordinal, _first_of_month, _roman),
    abbreviations=meanings(
        """
        sr:senhor; sra:senhora; srta:senhorita; dr:doutor; dra:doutora; prof:professor;
        profa:professora; profª:professora; eng:engenheiro; pág:página; págs:páginas; p:página;
        p.ex:por exemplo; etc:et cetera; fig:figura; cap:capítulo; vol:volume; n:número; nº:número;
        art:artigo; av:avenida; séc:século; a.c:antes de Cristo; d.c:depois de Cristo; tel:telefone;
        ex:exemplo; cf:confira; aprox:aproximadamente; máx:máximo; mín:mínimo; min:minutos;
        ed:edição; tab:tabela; sto:santo; sta:santa; exmo:excelentíssimo; ltda:limitada;
        cia:companhia
        """
    ),
    units=_UNITS,
    signs=meanings(
        "&:e; +:mais; =:igual a; %:por cento; §:parágrafo; −:menos; ×:vezes; nº:número; №:número"
    ),
    comma="vírgula",
    minus="menos",
    until="a",
    counted=_counted,
    number=_number,
    year=_year,
    price=_money,
    clock=_clock,
    date=_date,
)
