"""Spanish words for signs of mathematics and names of functions."""

from __future__ import annotations

from app.text.romance.language import Formulas
from app.text.tables import meanings

FORMULAS = Formulas(
    signs={":=": "se define como", ":": ""}
    | meanings(
        """
        +:más; −:menos; =:es igual a; ==:es igual a; !=:es distinto de; ≠:es distinto de;
        <:es menor que; >:es mayor que; ≤:es menor o igual que; <=:es menor o igual que;
        ≥:es mayor o igual que; >=:es mayor o igual que; ≪:es mucho menor que; ≫:es mucho mayor que;
        ≈:es aproximadamente; ≃:es aproximadamente; ≅:es congruente con; ≡:es idéntico a;
        ∝:es proporcional a; ∼:es semejante a; ×:por; *:por; ·:por; ⋅:por; ∙:por; ÷:entre;
        ±:más menos; ∓:menos más; √:raíz cuadrada de; ∛:raíz cúbica de; ∑:suma de; ∏:producto de;
        ∫:integral de; ∮:integral de contorno de; ∞:infinito; ∂:parcial; ∇:nabla; ∆:delta;
        ∈:pertenece a; ∉:no pertenece a; ∋:contiene a; ⊂:está incluido en; ⊆:está incluido en;
        ⊃:incluye a; ⊇:incluye a; ∪:unión; ∩:intersección; ∖:menos; ∅:conjunto vacío; ∀:para todo;
        ∃:existe; ∄:no existe; ¬:no; ∧:y; ∨:o; ⊕:o exclusivo; ⊗:tensorial; ∘:compuesta con;
        ⊥:es perpendicular a; ∥:es paralelo a; ∠:ángulo; ∴:por lo tanto; ∵:porque; →:tiende a;
        ->:tiende a; ⟶:tiende a; ⇒:implica; =>:implica; ⇐:se sigue de; ⇔:si y solo si;
        ↔:si y solo si; <->:si y solo si; ↦:se aplica en; ←:recibe; +=:más igual; -=:menos igual;
        ++:más más; --:; &&:y; ||:o; **:elevado a; %:por ciento; ‰:por mil; °:grados; §:sección;
        ¶:párrafo; №:número; #:almohadilla; @:arroba; &:y; $:dólares; €:euros; £:libras; ¥:yenes;
        ₽:rublos; ₹:rupias; ¢:centavos; ©:copyright; ®:marca registrada; ™:marca registrada;
        ′:prima; ″:segunda; ~:aproximadamente; ^:elevado a; ℝ:erre
        """
    ),
    alone=meanings(
        """
        <:menos de; >:más de; ≤:como máximo; ≥:como mínimo; ≈:aproximadamente; ~:aproximadamente;
        #:número; %:porcentaje
        """
    ),
    functions=meanings(
        """
        sin:seno; sen:seno; cos:coseno; tan:tangente; tg:tangente; cot:cotangente; log:logaritmo;
        ln:logaritmo neperiano; lg:logaritmo; exp:exponencial; det:determinante; max:máximo;
        máx:máximo; min:mínimo; mín:mínimo; lim:límite; lím:límite; var:varianza; cov:covarianza;
        arcsin:arcoseno; arcsen:arcoseno; arccos:arcocoseno; arctan:arcotangente;
        sinh:seno hiperbólico; senh:seno hiperbólico; cosh:coseno hiperbólico;
        tanh:tangente hiperbólica; sup:supremo; inf:ínfimo; mcd:máximo común divisor;
        mcm:mínimo común múltiplo
        """
    ),
    applied="de",
    reaction="da",
    limit="cuando",
    over="sobre",
    powers=meanings("2:al cuadrado; 3:al cubo; T:traspuesta"),
    power="elevado a",
    index="sub",
    base="en base",
    bounds=("de", "a"),
    factorial="factorial",
    prime="prima",
    absolute="valor absoluto de",
    norm="norma de",
    given="dado",
    sharp="sostenido",
)
"""Mathematics in Spanish."""

MARKS = {":": "dos puntos"} | meanings(
    """
    .:punto; /:barra; -:guion; _:guion bajo; @:arroba; ?:interrogación; =:igual; &:y; ~:virgulilla;
    %:por ciento; +:más; #:almohadilla
    """
)
"""Marks of addresses in Spanish."""
