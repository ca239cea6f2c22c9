"""Spanish words for units of measurement and currencies."""

from __future__ import annotations

from app.text.romance.language import Units
from app.text.romance.prefixes import prefixed
from app.text.tables import forms, meanings

_PREFIXES = "k:kilo; M:mega; G:giga; T:tera; P:peta; m:mili; µ:micro; n:nano; p:pico"
_NAMES = forms(
    """
    m:metro:metros; km:kilómetro:kilómetros; cm:centímetro:centímetros; dm:decímetro:decímetros;
    mm:milímetro:milímetros; µm:micrómetro:micrómetros;
    nm:nanómetro:nanómetros; hm:hectómetro:hectómetros; pm:picómetro:picómetros;
    ha:hectárea:hectáreas; mi:milla:millas; ft:pie:pies; in:pulgada:pulgadas;
    UA:unidad astronómica:unidades astronómicas; Å:ángstrom:ángstroms;
    g:gramo:gramos; kg:kilogramo:kilogramos; mg:miligramo:miligramos; µg:microgramo:microgramos;
    t:tonelada:toneladas; lb:libra:libras; oz:onza:onzas;
    l:litro:litros; L:litro:litros; ml:mililitro:mililitros; mL:mililitro:mililitros;
    cl:centilitro:centilitros; dl:decilitro:decilitros; hl:hectolitro:hectolitros;
    s:segundo:segundos; seg:segundo:segundos; ms:milisegundo:milisegundos;
    µs:microsegundo:microsegundos; ns:nanosegundo:nanosegundos;
    min:minuto:minutos; h:hora:horas; hs:hora:horas; d:día:días; hab:habitante:habitantes;
    rpm:revolución por minuto:revoluciones por minuto; ppm:parte por millón:partes por millón;
    fps:fotograma por segundo:fotogramas por segundo; px:píxel:píxeles;
    Mpx:megapíxel:megapíxeles; dpi:punto por pulgada:puntos por pulgada;
    ppp:punto por pulgada:puntos por pulgada; pp:punto porcentual:puntos porcentuales;
    kb:kilobit:kilobits; Kb:kilobit:kilobits; Mb:megabit:megabits; Gb:gigabit:gigabits;
    bit:bit:bits; B:byte:bytes; kB:kilobyte:kilobytes; KB:kilobyte:kilobytes;
    Kbps:kilobit por segundo:kilobits por segundo; kbps:kilobit por segundo:kilobits por segundo;
    Mbps:megabit por segundo:megabits por segundo; Gbps:gigabit por segundo:gigabits por segundo;
    KiB:kibibyte:kibibytes; MiB:mebibyte:mebibytes; GiB:gibibyte:gibibytes;
    kWh:kilovatio hora:kilovatios hora; MWh:megavatio hora:megavatios hora;
    Wh:vatio hora:vatios hora; mAh:miliamperio hora:miliamperios hora;
    Ah:amperio hora:amperios hora; CV:caballo de vapor:caballos de vapor;
    hPa:hectopascal:hectopascales; bar:bar:bares; mbar:milibar:milibares;
    atm:atmósfera:atmósferas; mmHg:milímetro de mercurio:milímetros de mercurio;
    mol:mol:moles; mmol:milimol:milimoles; rad:radián:radianes;
    lm:lumen:lúmenes; lx:lux:lux; cd:candela:candelas; dB:decibelio:decibelios;
    °:grado:grados; º:grado:grados; ºC:grado celsius:grados celsius; %:por ciento:por ciento;
    ‰:por mil:por mil; ′:minuto:minutos; ″:segundo:segundos;
    km/h:kilómetro por hora:kilómetros por hora; m²:metro cuadrado:metros cuadrados
    """
) | prefixed(
    _PREFIXES,
    """
    Hz:hercio:hercios; W:vatio:vatios; V:voltio:voltios; A:amperio:amperios; Ω:ohmio:ohmios;
    F:faradio:faradios; H:henrio:henrios; N:newton:newtons; Pa:pascal:pascales;
    J:julio:julios; eV:electronvoltio:electronvoltios; cal:caloría:calorías; T:tesla:teslas;
    K:kelvin:kelvins; Bq:becquerel:becquereles; Sv:sievert:sieverts; C:culombio:culombios;
    B:byte:bytes; bit:bit:bits; pc:pársec:pársecs
    """,
)
_NAMES |= forms("kΩ:kilohmio:kilohmios; MΩ:megohmio:megohmios")


def _per(name: str) -> str:
    return f"por {name}"


def _powered(name: str, power: str, many: bool) -> str:
    """A unit with its power: of lengths "cuadrado", of any other "al cuadrado".

    >>> _powered("metros", "2", True), _powered("segundo", "2", False)
    ('metros cuadrados', 'segundo al cuadrado')
    """
    if power not in ("2", "3"):
        return f"{name} a la {power}"
    if name.rstrip("s").endswith(("metro", "milla", "pie", "pulgada")):
        ending = ("a" if name.rstrip("s").endswith("a") else "o") + ("s" if many else "")
        return f"{name} {({'2': 'cuadrad', '3': 'cúbic'})[power]}{ending}"
    return f"{name} al {({'2': 'cuadrado', '3': 'cubo'})[power]}"


def _price(whole: str, name: str, hundredths: str) -> str:
    return f"{whole} {name} con {hundredths}"


UNITS = Units(
    names=_NAMES,
    per=_per,
    powered=_powered,
    compass=meanings("N:norte; S:sur; E:este; O:oeste; W:oeste"),
    scales={"C": "celsius", "F": "fahrenheit", "K": "kelvin"},
    currencies=forms(
        """
        €:euro:euros; $:dólar:dólares; £:libra:libras; ¥:yen:yenes; ₽:rublo:rublos;
        ₹:rupia:rupias; EUR:euro:euros; USD:dólar:dólares; GBP:libra:libras; US$:dólar:dólares
        """
    ),
    price=_price,
)
"""Measures in Spanish."""
