"""Genders of Italian nouns, which "un" and "una" ask for, and words that are no nouns."""

from __future__ import annotations

import re

from app.text.romance.language import Nouns
from app.text.romance.numerals import Agreement, Gender
from app.text.tables import words

_ENDINGS: tuple[tuple[re.Pattern[str], Gender], ...] = (
    (re.compile(r".+(?:[gstz]ione|trice|udine|[ai]g?gine|[^r]ie)"), "feminine"),
    (re.compile(r".+(?:o|ore|one|ale|ile|ame|iere|gramma|ista)"), "masculine"),
    (re.compile(r".+[aà]"), "feminine"),
)
"""In the order in which they are tried."""
_FEMININE = frozenset(
    words(
        """
        analisi appendice arte auto carne cenere chat chiave classe cornice corte crisi croce cute
        diagnosi dose ellissi enfasi fame fase febbre fede fine fonte foto fronte frase fune gente
        gioventù igiene ipotesi legge lente lepre luce madre mano matrice mente merce metropoli
        moglie mole morte moto nave neve notte nube oasi opinione origine pace parentesi parete
        parte pelle perdite polvere prole protesi quiete radice radio religione rete riunione
        salute scure sede serie sete sintesi sorte specie stirpe superficie tesi torre tosse
        tribù trave unione urbe valle vertigine virtù vite voce volpe
        """
    )
)
_MASCULINE = frozenset(
    words(
        """
        agente amperora aroma assioma boia carisma chilowattora cinema clima cliente codice collega
        coma dente delta dilemma diploma dogma dramma duca emblema enigma enzima esame fantasma
        fiume gene genoma gorilla idioma indice interesse magma mare megawattora mese messia monte
        nome padre paese panda panorama papa papà paradigma patriarca pesce pianeta pigiama plasma
        poema poeta ponte prisma problema profeta re sale schema sintoma sistema sofà sosia stemma
        studente tema teorema terawattora trauma vaglia vertice wattora
        """
    )
)
_OTHERS = frozenset(
    words(
        """
        a ad ai agli al alla alle allo anche ancora avere aveva avevano che chi cioè ciascuna
        ciascuno col come con contiene contro così da dagli dai dal dalla dalle dallo degli dei del
        della delle dello dentro descrive di dice dicono diede diventa diventò dopo dove dunque
        durante e ed era erano eppure equivale esce esiste essere fa fanno finisce fino fra fu fuori
        furono gli ha hanno ho i il in inizia inoltre insieme invece la le lo ma meno mentre mi
        mostra ne neanche negli nei nel nella nelle nello né no noi non o od ogni oltre oppure parla
        per perché però piace più pochi poi presso prima può quando quanto quasi quella quelle
        quelli quello questa queste questi questo qui quindi rappresenta resta restano riguarda
        rispetto sarà saranno se secondo senza si sia siano solo sono sotto sopra spiega sta stato
        su sugli sui sul sulla sulle sullo tra tranne tratta troppo tuttavia un una uno va vale
        vengono verso vi viene
        """
    )
)


def gender(word: str) -> Gender | None:
    """The gender of a noun in the singular, or of an adjective, in small letters.

    Plurals need none, for only "one" agrees; None for what may be either, "grande".

    >>> gender("pagina"), gender("problema"), gender("versione"), gender("grande")
    ('feminine', 'masculine', 'feminine', None)
    """
    if word in _MASCULINE or word in _FEMININE:
        return "masculine" if word in _MASCULINE else "feminine"
    for ending, meant in _ENDINGS:
        if ending.fullmatch(word):
            return meant
    return None


_ARTICLES = {
    Agreement(): "il lo al allo dal dallo del dello nel nello sul sullo uno questo quel ogni",
    Agreement("feminine"): "la alla dalla della nella sulla una questa quella",
    Agreement(plural=True): "i gli ai agli dai dagli dei degli nei negli sui sugli",
    Agreement("feminine", plural=True): "le alle dalle delle nelle sulle",
    None: "l all dall dell nell sull un quest quell",
}

_NUMBERED = frozenset(
    words(
        """
        allegato articolo atto aula blocco campo canale capitolo caso categoria classe colonna comma
        corso domanda elemento equazione esempio esercizio fascia fase figura foglio formula giorno
        girone gruppo lezione linea livello lotto modello modulo numero nota opzione ordine pagina
        paragrafo parte passaggio passo piano poster problema punto quesito riga scena sezione slide
        step tabella tappa tavola tema teorema tipo titolo unità variabile variante versione vagone
        volume zona
        """
    )
)
"""Nouns behind which a number says which, not how many."""

NOUNS = Nouns(
    gender=gender,
    others=_OTHERS,
    numbered=_NUMBERED,
    articles={article: form for form, each in _ARTICLES.items() for article in each.split()},
)
"""What Italian numerals agree with."""
