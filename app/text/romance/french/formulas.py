"""Mathematics and other signs in French."""

from __future__ import annotations

from app.text.romance.language import Formulas
from app.text.tables import meanings

FORMULAS = Formulas(
    signs={":=": "est défini par", "::": "", ";": "", ":": ""}
    | meanings(
        """
        +:plus; −:moins; =:égale; ==:égale; !=:différent de; ≠:différent de; <:inférieur à;
        >:supérieur à; ≤:inférieur ou égal à; <=:inférieur ou égal à; ≥:supérieur ou égal à;
        >=:supérieur ou égal à; ≪:très inférieur à; ≫:très supérieur à; ≈:à peu près égal à;
        ≃:à peu près égal à; ≅:congru à; ≡:congru à; ∝:proportionnel à; ∼:équivalent à; ×:fois;
        *:fois; ·:fois; ⋅:fois; ∙:fois; ÷:divisé par; ±:plus ou moins; ∓:moins ou plus;
        √:racine de; ∛:racine cubique de; ∑:somme de; ∏:produit de; ∫:intégrale de;
        ∮:intégrale curviligne de; ∞:l'infini; ∂:dé rond; ∇:nabla; ∆:delta; ∈:appartient à;
        ∉:n'appartient pas à; ∋:contient; ⊂:inclus dans; ⊆:inclus dans; ⊃:contient; ⊇:contient;
        ∪:union; ∩:inter; ∖:privé de; ∅:l'ensemble vide; ∀:pour tout; ∃:il existe;
        ∄:il n'existe pas de; ¬:non; ∧:et; ∨:ou; ⊕:ou exclusif; ⊗:tensoriel; ∘:rond;
        ⊥:perpendiculaire à; ∥:parallèle à; ∠:angle; ∴:donc; ∵:parce que; →:tend vers;
        ->:tend vers; ⟶:tend vers; ⇒:implique; =>:implique; ⇐:est impliqué par;
        ⇔:équivaut à; ↔:équivaut à; <->:équivaut à; ↦:donne; ←:reçoit; +=:plus égale;
        -=:moins égale; ++:plus plus; --:moins moins; &&:et; ||:ou; **:puissance; %:pour cent;
        ‰:pour mille; °:degrés; §:paragraphe; ¶:paragraphe; №:numéro; #:dièse; @:arobase; &:et;
        $:dollars; €:euros; £:livres; ¥:yens; ₽:roubles; ¢:centimes; ©:copyright;
        ®:marque déposée; ™:marque; ′:prime; ″:seconde; ~:environ; ^:puissance
        """
    ),
    alone=meanings(
        """
        <:moins de; >:plus de; ≤:au plus; ≥:au moins; <=:au plus; >=:au moins; ≈:environ;
        ~:environ; #:numéro
        """
    ),
    functions=meanings(
        """
        sin:sinus; cos:cosinus; tan:tangente; cot:cotangente; cotan:cotangente; log:log;
        ln:logarithme népérien; lg:log; exp:exponentielle; det:déterminant; dét:déterminant;
        max:maximum; min:minimum; lim:limite; var:variance; cov:covariance; arcsin:arc sinus;
        arccos:arc cosinus; arctan:arc tangente; sinh:sinus hyperbolique; cosh:cosinus hyperbolique;
        tanh:tangente hyperbolique; sh:sinus hyperbolique; ch:cosinus hyperbolique;
        argmax:arg max; argmin:arg min; sup:borne supérieure; inf:borne inférieure; dim:dimension;
        ker:noyau; rang:rang; rg:rang; tr:trace; pgcd:pé gé cé dé; ppcm:pé pé cé aime; mod:modulo
        """
    ),
    unjoined=frozenset(["log", "lg", "sin", "cos", "tan", "ln", "lim"]),
    raised_functions={"2": "carré", "3": "cube"},
    applied="de",
    over="sur",
    powers={
        "2": "au carré",
        "3": "au cube",
        "T": "transposée",
        "−1": "puissance moins un",
        "+": "plus",
        "−": "moins",
        "′": "prime",
    },
    power="puissance",
    index="",
    base="base",
    bounds=("de", "à"),
    spaced_colon=True,
    reaction="donne",
    factorial="factorielle",
    prime="prime",
    absolute="valeur absolue de",
    norm="norme de",
    given="sachant",
    sharp="dièse",
)

MARKS = {":": "deux-points", ";": ""} | meanings(
    """
    .:point; /:slash; -:tiret; _:tiret bas; @:arobase; ?:point d'interrogation; =:égale; &:et;
    ~:tilde; %:pour cent; +:plus; #:dièse
    """
)
