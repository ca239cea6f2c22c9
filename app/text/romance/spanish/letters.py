"""Spanish names of letters, acronyms, and words that look like them."""

from __future__ import annotations

import re

from app.text.romance.language import Letters
from app.text.tables import meanings, words

_NAMES = """
a be ce de e efe ge hache i jota ka ele eme ene o pe cu erre ese te u uve uve-doble equis ye zeta
"""
LETTERS = Letters(
    names=dict(zip("abcdefghijklmnopqrstuvwxyz", words(_NAMES), strict=True)) | {"ñ": "eñe"},
    accented="áéíóúüñ",
    greek=words(
        """
        alfa beta gamma delta épsilon zeta eta zeta iota kappa lambda mi ni xi ómicron pi ro sigma
        tau ípsilon fi ji psi omega
        """
    ),
    unnamed="letra",
    capital="mayúscula",
    vowels=re.compile("[aeiouyáéíóúüàâãäåèêëìîïòôõöøùû]"),
    words=frozenset(
        words(
            """
            ONU OTAN UNESCO UNICEF OPEP SIDA OVNI IVA PYME PYMES NASA FIFA UEFA RENFE ONG
            TALGO AVE INEM UCI ERTE DIU PIB RAE USA LASER RADAR COVID PIN SIM RAM ROM FIAT
            CERN CEPAL OEA MERCOSUR NATO OPEC SARS ETA ESO CEO UNED BOE OCU IBEX GIF LED
            UVA
            """
        )
    )
    - {"ONG", "UCI"},
    spelt=frozenset(
        words(
            """
            ADN ARN DNI ONG UE EE UU OMS FMI ONCE UCI IA IP PDF URL USB HTML CSS HTTP UV IO EU
            CO TV ES COM
            """
        )
    )
    - {"COM", "ES", "ONCE", "CO"},
    common=frozenset(
        words(
            """
            a al con de del e el en es la las le les lo los me mi mis ni no nos o os para pero por
            que se si sí sin son su sus te tu tus un una uno unos unas y ya yo él ella esa ese eso
            este esta esto fue ha han hay he más muy dos tres seis ocho diez día fin ley luz mar
            mal muy paz rey ser sol sur tal tan te toda todo todos uno vez vida voz era eran como
            cosa guerra casa años año arte agua amor bien cada cómo hoy
            """
        )
    ),
    single=frozenset(words("a e o u y")),
    elisions=frozenset(words("d l")),
    spoken=meanings("wifi:wifi; wi-fi:wifi; km:kilómetros"),
)
"""The letters of Spanish."""
