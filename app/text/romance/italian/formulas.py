"""Mathematics and other signs in Italian."""

from __future__ import annotations

from app.text.romance.italian.numerals import ordinal
from app.text.romance.language import Formulas
from app.text.romance.numerals import Agreement
from app.text.tables import meanings

_LARGEST_NAMED_POWER = 100


def _power(value: int) -> str:
    """An exponent as Italians say it.

    >>> _power(6), _power(8), _power(11)
    ('alla sesta', "all'ottava", "all'undicesima")
    """
    name = ordinal(value, Agreement("feminine"))
    return f"all'{name}" if name.startswith(("o", "u")) else f"alla {name}"


FORMULAS = Formulas(
    signs={":=": "definito come", "::": "", ";": "", ":": ""}
    | meanings(
        """
        +:più; −:meno; =:uguale a; ==:uguale a; !=:diverso da; ≠:diverso da; <:minore di;
        >:maggiore di; ≤:minore o uguale a; <=:minore o uguale a; ≥:maggiore o uguale a;
        >=:maggiore o uguale a; ≪:molto minore di; ≫:molto maggiore di; ≈:circa uguale a;
        ≃:circa uguale a; ≅:congruente a; ≡:identico a; ∝:proporzionale a; ∼:simile a; ×:per; *:per;
        ·:per; ⋅:per; ∙:per; ÷:diviso; ±:più o meno; ∓:meno o più; √:radice quadrata di;
        ∛:radice cubica di; ∑:sommatoria di; ∏:produttoria di; ∫:integrale di;
        ∮:integrale di linea di; ∞:infinito; ∂:de; ∇:nabla; ∆:delta; ∈:appartiene a;
        ∉:non appartiene a; ∋:contiene; ⊂:incluso in; ⊆:incluso in; ⊃:include; ⊇:include;
        ∪:unione; ∩:intersezione; ∖:meno; ∅:l'insieme vuoto; ∀:per ogni; ∃:esiste; ∄:non esiste;
        ¬:non; ∧:e; ∨:o; ⊕:o esclusivo; ⊗:tensore; ∘:composto con; ⊥:perpendicolare a;
        ∥:parallelo a; ∠:angolo; ∴:quindi; ∵:poiché; →:tende a; ->:tende a; ⟶:tende a;
        ⇒:implica; =>:implica; ⇐:è implicato da; ⇔:se e solo se; ↔:se e solo se; <->:se e solo se;
        ↦:va in; ←:riceve; +=:più uguale; -=:meno uguale; ++:più più; --:meno meno; &&:e; ||:o;
        **:alla; %:per cento; ‰:per mille; °:gradi; §:paragrafo; ¶:paragrafo; №:numero;
        #:cancelletto; @:chiocciola; &:e; $:dollari; €:euro; £:sterline; ¥:yen; ₽:rubli;
        ¢:centesimi; ©:copyright; ®:marchio registrato; ™:marchio; ′:primo; ″:secondo; ~:circa;
        ^:alla
        """
    ),
    alone=meanings(
        """
        <:meno di; >:più di; ≤:al massimo; <=:al massimo; ≥:almeno; >=:almeno; ≈:circa; ~:circa;
        #:numero
        """
    ),
    functions=meanings(
        """
        sin:seno; sen:seno; cos:coseno; tan:tangente; tg:tangente; cot:cotangente; log:logaritmo;
        ln:logaritmo naturale; lg:logaritmo; exp:esponenziale; det:determinante; max:massimo;
        min:minimo; lim:limite; var:varianza; cov:covarianza; arcsin:arcoseno;
        arccos:arcocoseno; arctan:arcotangente; arctg:arcotangente; sinh:seno iperbolico;
        cosh:coseno iperbolico; tanh:tangente iperbolica; argmax:arg max; argmin:arg min;
        sup:estremo superiore; inf:estremo inferiore; dim:dimensione; ker:nucleo; rank:rango;
        tr:traccia; mod:modulo
        """
    ),
    applied="di",
    limit="per",
    over="fratto",
    powers={str(value): _power(value) for value in range(4, _LARGEST_NAMED_POWER + 1)}
    | {"2": "al quadrato", "3": "al cubo", "T": "trasposta", "′": "primo", "+": "più", "−": "meno"},
    power="alla",
    index="",
    reaction="dà",
    base="in base",
    euphonic={"a": "ad"},
    bounds=("da", "a"),
    factorial="fattoriale",
    prime="primo",
    absolute="valore assoluto di",
    norm="norma di",
    given="dato",
    sharp="diesis",
)
"""What Italian calls the signs of mathematics."""

MARKS = {":": "due punti", ";": ""} | meanings(
    """
    .:punto; /:barra; \\:barra; -:trattino; _:trattino basso; @:chiocciola; ?:punto interrogativo;
    =:uguale; &:e; ~:tilde; %:per cento; +:più; #:cancelletto
    """
)
"""What Italian calls the marks of addresses."""
