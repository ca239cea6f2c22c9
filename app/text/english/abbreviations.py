"""Abbreviations, acronyms and initials of an English text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.capitals import spelt_out
from app.text.english.context import core_after, is_last, said, word_after, word_before
from app.text.tables import meanings, words
from app.text.tokens import Token, Verbalized

_STOPPED = meanings(
    """
    e.g:for example; i.e:that is; etc:et cetera; cf:compare; vs:versus; approx:approximately;
    dr:doctor; mr:mister; mrs:missis; ms:miz; prof:professor; rev:reverend; hon:honorable;
    gen:general; sgt:sergeant; capt:captain; col:colonel; lt:lieutenant; gov:governor;
    sen:senator; rep:representative; jr:junior; sr:senior; inc:incorporated; ltd:limited;
    co:company; corp:corporation; dept:department; univ:university; ave:avenue; blvd:boulevard;
    rd:road; mt:mount; fig:figure; figs:figures; eq:equation; eqs:equations; sec:section;
    ch:chapter; chap:chapter; vol:volume; vols:volumes; ed:edition; eds:editors; ref:reference;
    refs:references; tab:table; thm:theorem; def:definition; prop:proposition; p:page; pp:pages;
    no:number; nos:numbers; st:saint; al:al;
    ca:circa; c:circa; viz:namely; resp:respectively; a.k.a:A K A;
    ibid:ibidem; min:minutes; max:maximum; avg:average; temp:temperature; esp:especially;
    incl:including; est:established; misc:miscellaneous; ex:example; ph.d:P H D; m.d:M D;
    b.a:B A; b.sc:B S C; m.sc:M S C; u.s:U S; u.k:U K; w.r.t:with respect to; s.t:such that;
    ext:extension; lem:lemma; cor:corollary; exs:examples; ser:series; par:paragraph;
    b:born; d:died; fl:flourished; r:reigned; chs:chapters; secs:sections; app:appendix;
    assn:association; bros:brothers; cmdr:commander; maj:major; adm:admiral; pres:president;
    w.l.o.g:without loss of generality; op:opus; v:versus; lat:latitude; long:longitude;
    orig:originally; abbr:abbreviated; std:standard
    """
)
_UNSTOPPED = meanings(
    """
    w/o:without; w/:with; b/w:between; vs:versus; dr:doctor; mr:mister; mrs:missis; ms:miz;
    &:and; phd:P H D; aka:A K A; wrt:with respect to; iff:if and only if; n':and; n:and
    """
)
_FIGURE = re.compile(r"\d|[IVX]+$|[ivxl]+(?:[–-][ivxl]+)?$")
_ALWAYS = frozenset(words("w/o w/ b/w vs & phd aka iff"))
_TITLES = frozenset(words("dr mr mrs ms"))
_BEFORE_A_NUMBER = frozenset(
    words(
        """
        no nos p pp ed ch sec vol fig eq ex def tab prop ext lem cor exs ser par chs secs app b c d
        fl r op lat long
        """
    )
)
_BEFORE_A_NAME = meanings(
    "prof:professor; mt:mount; st:saint; gen:general; rev:reverend; capt:captain; sgt:sergeant"
)
_LABELLED = frozenset(words("app fig figs tab sec ch chap ex eq"))
_LIVES = frozenset(words("b d fl r"))
_HALF_WORDS = meanings(
    """
    jpeg:J peg; mpeg:M peg; iupac:I U pac; ieee:I triple E; latex:lay tech; tex:tech;
    ios:I O S; macos:mac O S; iphone:I phone; ipad:I pad; ebay:E bay; linux:linux;
    youtube:YouTube; github:git hub; numpy:num pie; pytorch:pie torch; scipy:sigh pie;
    sqlite:S Q lite; mysql:my S Q L; postgresql:post gress Q L; www:W W W; ph:P H;
    ipv4:I P V four; ipv6:I P V six; arxiv:archive; wifi:why fie; ctrl:control; wi-fi:why fie;
    wwii:world war two; wwi:world war one; asap:A S A P;
    nan:nan; cmd:command; json:jason; cov:cov; pka:P K A; wlog:without loss of generality
    """
)


def abbreviation(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The abbreviation at a token, written out; empty when it is none."""
    token = tokens[place]
    key = token.core.lower()
    if "'" in token.opening and key == "n":
        return [said(token, ["and"])]
    if key in _HALF_WORDS and (token.core != key or key not in ("tex", "ph", "linux")):
        return [said(token, _HALF_WORDS[key].split())]
    if key in _ALWAYS or (key in _TITLES and token.core.istitle() and not token.closing):
        return [said(token, _UNSTOPPED[key].split(), abbreviated=key == "vs")]
    if key in _BEFORE_A_NAME and _stands_before_a_name(tokens, place):
        return [said(token, _BEFORE_A_NAME[key].split())]
    stopped = token.closing.startswith(".") and not token.closing.startswith("..")
    if not stopped or key not in _STOPPED:
        return []
    meaning = _meaning(tokens, place, key)
    if not meaning:
        return []
    return [said(token, meaning.split(), abbreviated=not is_last(tokens, place))]


def _meaning(tokens: Sequence[Token], place: int, key: str) -> str:
    """What an abbreviation stands for where it stands; empty where it is a word or a letter."""
    token, before, after = tokens[place], word_before(tokens, place), core_after(tokens, place)
    if key == "c" and re.search(r"\d(?:st|nd|rd|th)$", before):
        return "century"
    if key in _BEFORE_A_NUMBER and not _numbered(tokens, place):
        return ""
    if key in _LIVES and not (
        token.core.islower() and _is_a_year(after, bracketed=bool(token.opening))
    ):
        return ""
    if key == "v" and not (place and tokens[place - 1].core[:1].isupper() and after[:1].isupper()):
        return ""
    if key == "std" and after not in ("dev", "deviation", "error"):
        return ""
    if key == "min" and not before[-1:].isdecimal():
        return "minimum" if after else ""
    if key == "st":
        return _saint_or_street(tokens, place)
    return _STOPPED[key]


def _is_a_year(core: str, *, bracketed: bool) -> bool:
    """Whether the year of a life follows; one of two digits only in brackets: "(r. 31 BC)"."""
    digits = re.match(r"\d+\b", core)
    return digits is not None and (1 if bracketed else 3) <= len(digits[0]) <= 4


def _saint_or_street(tokens: Sequence[Token], place: int) -> str:
    token, after = tokens[place], core_after(tokens, place)
    if not after:
        named = place > 1 and token.core == "St" and tokens[place - 1].core.istitle()
        return "street" if named else ""
    return "saint" if token.core.istitle() and after[:1].isupper() else "street"


def _numbered(tokens: Sequence[Token], place: int) -> bool:
    following = core_after(tokens, place)
    if tokens[place].core.lower() in _LABELLED and re.fullmatch("[A-Z]", following):
        return following != "A" or not word_after(tokens, place + 1).islower()
    return _FIGURE.match(following) is not None


def _stands_before_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a title without a full stop stands before a name: "Prof Lee", "Mt Everest"."""
    return tokens[place].core.istitle() and word_after(tokens, place)[:1].isupper()


def initials(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Letters of initials and dotted acronyms: "J. R. R. Tolkien", "U.S.A."."""
    token = tokens[place]
    stopped = token.closing.startswith(".") and not is_last(tokens, place)
    if re.fullmatch(r"[A-Z]", token.core) and stopped and tokens[place + 1].core[:1].isupper():
        return [said(token, spelt_out(token.core), abbreviated=True)]
    if re.fullmatch(r"[A-Za-z](?:\.[A-Za-z])+", token.core):
        return [said(token, spelt_out(token.core.upper()), abbreviated=stopped)]
    return []
