"""What TeX calls the signs of formulas and the letters of the Greek alphabet."""

from __future__ import annotations

from app.text.tables import words


def _pairs(text: str) -> dict[str, str]:
    entries = words(text)
    return dict(zip(entries[::2], entries[1::2], strict=True))


SYMBOLS = _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω
    times × cdot · div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙
    leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼
    simeq ≃ cong ≅ equiv ≡ propto ∝ doteq ≐ prec ≺ succ ≻ parallel ∥ perp ⊥ mid | asymp ≍ colon :
    infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ surd √ prime ′
    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ bigcup ∪ bigcap ∩
    setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨
    vee ∨ therefore ∴ because ∵ angle ∠ triangle △ square □ degree ° top ⊤ bot ⊥ vdash ⊢ models ⊨
    to → rightarrow → longrightarrow ⟶ gets ← leftarrow ← uparrow ↑ downarrow ↓ leftrightarrow ↔
    Rightarrow ⇒ implies ⇒ Longrightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦
    rightleftharpoons ⇌ leftrightharpoons ⇌ xrightarrow →
    ldots … cdots … dots … vdots … ddots … ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ imath i jmath j
    S § P ¶ copyright © pounds £ euro € yen ¥ textregistered ® texttrademark ™ textdegree °
    langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ]
    vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ backslash ∖ textbackslash ∖
    dagger † ddagger ‡ ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı
    textendash – textemdash — textquoteleft ‘ textquoteright ’ textquotedblleft “
    textquotedblright ” textellipsis … guillemotleft « guillemotright »
    """
)
"""Commands without arguments, by their names."""

FUNCTIONS = frozenset(
    words(
        """
        sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan tg ctg arctg arcctg sh ch
        th log ln lg exp det max min lim sup inf dim ker deg gcd arg Pr hom limsup liminf mod bmod
        """
    )
)
"""Commands that are written as their names; they stand apart from what follows."""

BLACKBOARD = _pairs("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")

DROPPED = _pairs(
    """
    label 1 ref 1 eqref 1 pageref 1 autoref 1 cref 1 cite 1 citep 1 citet 1 nocite 1 bibliography 1
    bibliographystyle 1 includegraphics 1 input 1 include 1 usepackage 1 documentclass 1 vspace 1
    hspace 1 pagestyle 1 thispagestyle 1 setcounter 2 addtocounter 2 setlength 2 color 1 index 1
    begin 1 end 1 tag 1 graphicspath 1 newcommand 2 renewcommand 2 phantom 1 hphantom 1 vphantom 1
    """
)
"""Commands that are not spoken, and how many arguments go with them."""

SECOND_ONLY = frozenset(words("textcolor colorbox href parbox stackrel overset underset"))
"""Commands of two arguments of which the second is read."""

SPACES = frozenset(
    words(
        """
        quad qquad space thinspace medspace thickspace enspace enskip hfill vfill smallskip medskip
        bigskip noindent centering raggedright newpage clearpage maketitle tableofcontents limits
        nolimits displaystyle textstyle scriptstyle left right big Big bigg Bigg bigl bigr Bigl Bigr
        biggl biggr middle bfseries itshape ttfamily rmfamily sffamily normalfont footnotesize
        scriptsize tiny small normalsize large Large LARGE huge Huge em bf it rm tt sc hline
        toprule midrule bottomrule appendix null protect relax allowbreak nobreak
        """
    )
)
"""Commands that are only seen."""

BREAKS = frozenset(words("par newline linebreak item bibitem"))
HEADINGS = frozenset(
    words("part chapter section subsection subsubsection paragraph subparagraph title caption")
)

ENVIRONMENTS_OF_FORMULAS = frozenset(
    words(
        """
        equation align gather multline eqnarray displaymath math alignat flalign split aligned
        gathered cases matrix pmatrix bmatrix vmatrix Vmatrix array smallmatrix
        """
    )
)

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()niabcdefghjklmoprstuvwxyzT′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("0123456789+-−=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", strict=True)
)
