"""English words for signs of mathematics and names of functions."""

from __future__ import annotations

from app.text.tables import meanings

SIGNS = {":=": "is defined as"} | meanings(
    """
    +:plus; −:minus; =:equals; ==:equals; !=:is not equal to; ≠:is not equal to; <:is less than;
    >:is greater than; ≤:is less than or equal to; <=:is less than or equal to;
    ≥:is greater than or equal to; >=:is greater than or equal to; ≪:is much less than;
    ≫:is much greater than; ≈:is approximately; ≃:is approximately; ≅:is congruent to;
    ≡:is identical to; ∝:is proportional to; ∼:is similar to; ×:times; *:times; ·:times; ⋅:times;
    ∙:times; ÷:divided by; ±:plus or minus; ∓:minus or plus; √:the square root of;
    ∛:the cube root of; ∑:the sum of; ∏:the product of; ∫:the integral of;
    ∮:the contour integral of;
    ∞:infinity; ∂:partial; ∇:nabla; ∆:delta; ∈:in; ∉:not in; ∋:contains; ⊂:is a subset of;
    ⊆:is a subset of; ⊃:is a superset of; ⊇:is a superset of; ∪:union; ∩:intersection;
    ∖:without; ∅:the empty set; ∀:for all; ∃:there exists; ∄:there is no; ¬:not; ∧:and; ∨:or;
    ⊕:x or; ⊗:tensor; ∘:of; ⊥:is perpendicular to; ∥:is parallel to; ∠:angle; ∴:therefore;
    ∵:because; →:to; ->:to; ⟶:to; ⇒:implies; =>:implies; ⇐:follows from; ⇔:if and only if;
    ↔:if and only if; ↦:maps to; ←:gets; +=:plus equals; -=:minus equals;
    ++:plus plus; --:minus minus; &&:and; ||:or; **:to the power of; %:percent; ‰:per mille;
    °:degrees; §:section; ¶:paragraph; №:number; #:hash; @:at; &:and; $:dollars; €:euros;
    £:pounds; ¥:yen; ₽:rubles; ¢:cents; ©:copyright; ®:registered; ™:trademark; ′:prime;
    ″:double prime;
    ~:about; ^:to the; ♯:sharp; ♭:flat; ♮:natural
    """
)
HALVES = meanings(
    "½:one half; ¼:one quarter; ¾:three quarters; ⅓:one third; ⅔:two thirds; ⅛:one eighth;"
    " ⅜:three eighths; ⅝:five eighths; ⅞:seven eighths; ⅕:one fifth; ⅙:one sixth"
)
NEEDS_BOTH_SIDES = frozenset(
    [
        "=",
        "==",
        "!=",
        "≠",
        "<",
        ">",
        "≤",
        "<=",
        "≥",
        ">=",
        "≈",
        "×",
        "*",
        "·",
        "⋅",
        "÷",
        "∪",
        "∩",
        "→",
        "->",
        "=>",
        "⇒",
        "⟶",
        "∈",
    ]
)
SIGNS_ALONE = meanings("<:less than; >:greater than; ≤:at most; ≥:at least; ≈:approximately")
FUNCTIONS = meanings(
    """
    sin:sine; cos:cosine; tan:tangent; cot:cotangent; log:log; ln:natural log; lg:log; exp:exp;
    det:determinant; max:max; min:min; lim:limit; var:variance; cov:covariance; arcsin:arc sine;
    arccos:arc cosine; arctan:arc tangent; sinh:hyperbolic sine; cosh:hyperbolic cosine;
    tanh:hyperbolic tangent; argmax:arg max; argmin:arg min; sup:supremum; inf:infimum
    """
)
