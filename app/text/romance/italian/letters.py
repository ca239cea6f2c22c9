"""Letters in Italian, and words that are none."""

from __future__ import annotations

import re

from app.text.romance.language import Letters
from app.text.tables import meanings, words

_NAMES = words(
    """
    a bi ci di e effe gi acca i i-lunga cappa elle emme enne o pi cu erre esse ti u vu doppia-vu
    ics ipsilon zeta
    """
)

_TRUNCATED = frozenset(words("po mo di va fa sta da de ne a co be ca to vo qua"))
"""Words whose apostrophe stands for what is left out, not for an accent."""
_OPEN = frozenset(words("e cioe caffe te ahime ohime bebe te gile lacche tre"))
"""Words that end in "è" rather than in "é"."""
_ACCENTED = {"a": "à", "i": "ì", "o": "ò", "u": "ù", "e": "é"}


def _with_accent(word: str) -> str:
    """The word that is written with an apostrophe behind it for its accent.

    >>> _with_accent("citta"), _with_accent("perche"), _with_accent("e"), _with_accent("po")
    ('città', 'perché', 'è', 'po')
    """
    last = _ACCENTED.get(word[-1:])
    if last is None or word in _TRUNCATED:
        return word
    return word[:-1] + ("è" if word in _OPEN else last)


_VOWELS = "[aeiouàèéìòù]{1,3}"
_ONSET = (
    "(?:[bcdfgptv][rl]|[bcdfglmnpqrtvz]|ch|gh|gn|gl|qu|s[bcdfglmnpqtvr]?|sc|sch|st?r|spr|scr|str)"
)
_MIDDLE = f"(?:[lrmns]?{_ONSET}|([bcdfglmnprstvz])\\1r?|cch|ggh|cq)"

LETTERS = Letters(
    names=dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES, strict=True)),
    accented="àèéìíòóùú",
    greek=words(
        """
        alfa beta gamma delta epsilon zeta eta teta iota kappa lambda mu nu csi omicron pi-greco ro
        sigma tau ipsilon fi chi psi omega
        """
    ),
    unnamed="lettera",
    vowels=re.compile("[aeiouyàáâãäåèéêëìíîïòóôõöøùúûü]"),
    words=frozenset(
        words(
            """
            ONU NATO UNESCO UNICEF NASA FIAT RAI FAO ISTAT INPS INAIL ENEL ENI AIDS COVID FIFA UEFA
            OPEC USA ASL IVA PIL TAC TAV IRAP IRPEF ICI IMU TARI TASI ISEE CONI SIAE ANAS ALITALIA
            ENEA INAF ISO RAM ROM SIM PIN CAP SPA BOT CAI CAF CISL UIL UGL ANSA LASER
            RADAR LED NAS NOE RIS ROS CERN ESA CEE CEDU AVIS ADMO AIRC ATAC ATM FUCI FIOM LILT
            NEET ASCII BASIC COBOL PASCAL API SUV IBAN PEC SPID CIE DAD DAMS GAI BERT CIA OVRA
            PISA INVALSI MIUR MIBAC ARCI ACLI AGIP IKEA OSCE CONSOB ISVAP AGCOM ARERA ANAC SARS
            """
        )
    ),
    spelt=frozenset(
        words(
            """
            UE DNA RNA OMS ONG UK EU IP ID UI UX URL SQL HTML HTTP CEO OGM ISBN ATP ADP UV ABI BCE
            FMI IBM USB APT IEEE PY IEC OLED DOCG ISSN AUSL IDV IRC ADSL UMTS EEPROM
            """
        )
    ),
    common=frozenset(
        words(
            """
            il lo la i gli le un uno una di a da in con su per tra fra e ed o od ma se non che chi
            mi ti si ci vi ne né no sì si me te lui lei noi voi io tu del dello della dei degli
            delle al allo alla agli alle dal dallo dalla dai dagli dalle nel nello nella nei negli
            nelle sul sullo sulla sui sugli sulle col è ha ho hai fu era sono sei sia va vai dà do
            fa fai sa so sta più meno già mai poi ora qui qua là lì ieri oggi così come dove cosa
            solo tutto tutti ogni due tre sei sette otto nove dieci re mare sole luna terra roma
            vita arte mondo uomo donna dio amore casa fine nome anno anni mese giorno ora ore legge
            guerra pace città suo sua mio mia tuo tua nota note parte atto scena passo caso vero
            falso fisica bene male bello nuovo vecchio primo prima dopo sotto sopra senza ad cui de
            sto sta due far sue ben ce ero sai mie bel età fin tue vie zio oro coi gol qual quel
            gran buon star tal dai dar dir eri sui san ho ok top bus film tour pur fan man mal club
            tram prof stop ex big blog chat team show staff tre già ciò può giù dei nei ciao eh ah
            oh sport test video radio euro web fan star bus tal cit gas verso via mix essere avere
            fare dire può deve uso usi rosso blu verde nero nord sud est ovest gas bar zero cento
            mille nell dell dall sull all un
            """
        )
    ),
    sayable=re.compile(rf"(?=.{{4,5}}$)(?:{_ONSET})?{_VOWELS}(?:{_MIDDLE}{_VOWELS})*[nrl]?"),
    single=frozenset(words("a e è i o")),
    accents=_with_accent,
    elisions=frozenset(
        words(
            """
            l d c s m t v n un dell all dall nell sull coll quest quell sant cent mezz anch dov
            com cos senz
            """
        )
    ),
    spoken=meanings(
        """
        www:vu vu vu; jpeg:gei peg; mpeg:emme peg; ph:pi acca; mysql:mai es cu el;
        ipv4:i pi vu quattro; ipv6:i pi vu sei; ios:i o esse; iphone:aifon; ipad:aipad;
        youtube:iutub; wifi:uaifai; cov:cov; pka:pi cappa a
        """
    ),
)
"""What Italian calls letters, and what it says for acronyms."""
