"""A pronunciation for any English spelling.

For alignment only.  A wrong guess costs a few mouth shapes, never the place of the words
around it.
"""

from __future__ import annotations

import re

# Spelling -> ARPAbet, tried from the longest spelling on.  "^" is the start of the word, "$" its
# end; after Elovitz et al., "Letter-to-Sound Rules for Automatic Translation of English Text to
# Phonetics", 1976, cut down to what the lips show.
_RULES = """
    ^kn=N ^gn=N ^ps=S ^wr=R ^x=Z ^wh=W ^who=HH,UW ^y=Y ^ch=CH ^re=R,IY ^pre=P,R,IY ^de=D,IY
    ^mc=M,AH,K
    tion=SH,AH,N sion=ZH,AH,N ssion=SH,AH,N cial=SH,AH,L tial=SH,AH,L cious=SH,AH,S tious=SH,AH,S
    ture=CH,ER sure=SH,ER ough=AO ought=AO,T aught=AO,T augh=AE,F eigh=EY igh=AY ight=AY,T
    tch=CH dge=JH sch=S,K chr=K,R ch=CH sh=SH th=TH ph=F gh=G ck=K qu=K,W ng=NG nk=NG,K wh=W
    sc=S,K sce=S,EH sci=S,AY ce=S,EH ci=S,IH cy=S,IY ce$=S ge=JH,EH gi=JH,IH gy=JH,IY ge$=JH
    ee=IY ea=IY ai=EY ay=EY oa=OW oe=OW oo=UW ou=AW ow=OW oi=OY oy=OY au=AO aw=AO ei=IY ie=IY
    eu=Y,UW ew=Y,UW ue=UW ui=UW io=IY,OW ia=IY,AH eo=IY,OW ua=UW,AH uo=UW,OW iu=IY,AH ue$=UW
    ar=AA,R er=ER ir=ER or=AO,R ur=ER air=EH,R ear=IY,R are$=EH,R ere$=IY,R ire$=AY,ER ore$=AO,R
    ure$=Y,UH,R our=AW,ER oor=AO,R
    ^auto=AO,T,OW ^micro=M,AY,K,R,OW ^photo=F,OW,T,OW ^hydro=HH,AY,D,R,OW ^bio=B,AY,OW
    ^hyper=HH,AY,P,ER ^cyber=S,AY,B,ER ^pseudo=S,UW,D,OW ^neuro=N,UH,R,OW
    able$=AH,B,AH,L ible$=AH,B,AH,L le$=AH,L ism$=IH,Z,AH,M ous$=AH,S al$=AH,L el$=AH,L en$=AH,N
    ed$=D ted$=T,AH,D ded$=D,AH,D es$=Z ses$=S,IH,Z ces$=S,IH,Z ges$=JH,IH,Z zes$=Z,IH,Z
    ches$=CH,IH,Z shes$=SH,IH,Z ing$=IH,NG
    ers$=ER,Z ies$=IY,Z y$=IY e$= s$=Z ss$=S us$=AH,S is$=IH,S a$=AH o$=OW i$=IY ate$=EY,T ize$=AY,Z
    bb=B cc=K dd=D ff=F gg=G ll=L mm=M nn=N pp=P rr=R ss=S tt=T zz=Z mb$=M mn$=M
    a=AE b=B c=K d=D e=EH f=F g=G h=HH i=IH j=JH k=K l=L m=M n=N o=AA p=P q=K r=R s=S t=T u=AH v=V
    w=W x=K,S y=IH z=Z '=
"""


def _read_rules() -> tuple[dict[str, tuple[str, ...]], int]:
    rules = {}
    for rule in _RULES.split():
        spelling, _, phonemes = rule.partition("=")
        rules[spelling] = tuple(phonemes.split(",")) if phonemes else ()
    return rules, max(map(len, rules))


_PHONEMES_BY_SPELLING, _LONGEST = _read_rules()
_LONG_VOWEL = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW"}
_MAGIC_E = re.compile(r"([aeiou])[bcdfgklmnpstvz](?=es?$)")


def pronunciation(word: str) -> tuple[str, ...]:
    """A guess at the phonemes of a word that no dictionary has, in ARPAbet without stress.

    >>> pronunciation("webhook")
    ('W', 'EH', 'B', 'HH', 'UW', 'K')

    Args:
        word: Small letters and apostrophes.
    """
    long_vowels = {found.start(): found.group(1) for found in _MAGIC_E.finditer(word)}
    marked = f"^{word}$"
    phonemes: list[str] = []
    position = 1
    while position < len(marked) - 1:
        if position - 1 in long_vowels:
            phonemes.append(_LONG_VOWEL[long_vowels[position - 1]])
            position += 1
            continue
        spelling, sounds = _rule_at(marked, position)
        phonemes += sounds
        position += len(spelling.strip("^$"))
    return tuple(phonemes) or ("AH",)


def _rule_at(marked: str, position: int) -> tuple[str, tuple[str, ...]]:
    """The longest rule that fits; a mark counts as a letter of it."""
    for length in range(_LONGEST, 0, -1):
        for begin in (position - 1, position) if marked[position - 1] == "^" else (position,):
            spelling = marked[begin : begin + length]
            sounds = _PHONEMES_BY_SPELLING.get(spelling)
            if sounds is not None and spelling.strip("^$"):
                return spelling, sounds
    raise ValueError(f"no sound for {marked[position]!r}")
