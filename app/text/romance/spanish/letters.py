"""Spanish names of letters, acronyms, and words that look like them."""

from __future__ import annotations

import re

from app.text.romance.language import Letters
from app.text.tables import meanings, words

_NAMES = words(
    """
    a be ce de e efe ge hache i jota ka ele eme ene o pe cu erre ese te u uve uve-doble equis
    i-griega zeta
    """
)

LETTERS = Letters(
    names=dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES, strict=True)) | {"ñ": "eñe"},
    accented="áéíóúüñ",
    greek=words(
        """
        alfa beta gamma delta épsilon zeta eta theta iota kappa lambda mu nu xi ómicron pi ro
        sigma tau ípsilon fi ji psi omega
        """
    ),
    unnamed="letra",
    vowels=re.compile("[aeiouyáéíóúüàâãäåèêëìîïòôõöøùû]"),
    words=frozenset(
        words(
            """
            ONU OTAN UNESCO UNICEF OPEP SIDA OVNI OVNIS IVA PYME PYMES NASA FIFA UEFA RENFE TALGO
            AVE INEM ERTE DIU PIB RAE USA LASER RADAR COVID PIN SIM RAM ROM FIAT CERN CEPAL OEA
            MERCOSUR NATO OPEC SARS ETA CEO UNED BOE OCU IBEX GIF LED UVA UNAM FAO INE
            VOX UAM TIC CONICET UNASUR
            SEAT IMSERSO ICEX TAC VAR PET LATEX SWOT DAFO ROS URSS ICONA AEMET CSIC
            LOMCE BIC SEPRONA NIF CIF
            """
        )
    ),
    spelt=frozenset(
        words(
            """
            ADN ARN DNI ONG UE UU EE OMS OIT OMC FMI UCI IA IP PDF URL USB HTML CSS CSV HTTP UV IO
            EU TV JS PY AI API ID OS SO MP ISO EBITDA OCDE IES FP IRPF
            """
        )
    )
    - frozenset(words("ISO EBITDA OCDE")),
    common=frozenset(
        words(
            """
            a al con de del e el en es la las le les lo los me mi mis ni no nos o os para pero por
            que se si sí sin son su sus te tu tus un una uno unos unas y ya yo él ella esa ese eso
            este esta esto fue ha han hay he más muy dos tres seis ocho diez día fin ley luz mar
            mal paz rey ser sol sur tal tan toda todo todos vez vida voz era eran como cosa guerra
            casa años año arte agua amor bien cada cómo hoy aquí así ojo acto mapa tema tabla paso
            nota ojos cielo tierra norte este oeste clase guía fase plan caso mix
            """
        )
    ),
    single=frozenset(words("a e o u y")),
    labelled=frozenset(
        words(
            """
            punto puntos plan planes letra letras vector vectores matriz matrices conjunto conjuntos
            variable variables eje ejes caso casos tipo tipos grupo grupos vitamina vitaminas opción
            opciones apartado clase vértice vértices nodo nodos ángulo lado recta rectas columna
            fila paso hipótesis función
            """
        )
    ),
    elisions=frozenset(words("d l")),
    spoken=meanings(
        """
        wifi:wifi; whatsapp:guasap; iphone:aifon; json:yeison; ok:okey; ctrl:control; psoe:pesoe;
        csic:cesic; ipv:i pe uve; jpeg:jota peg; youtube:yutub; mysql:mai ese cu ele; ios:i o ese;
        km:kilómetros
        """
    ),
)
"""The letters of Spanish."""
