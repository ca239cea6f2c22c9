"""Abbreviations, acronyms and initials of an English text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.capitals import spelt_out
from app.text.english.context import is_last, said, word_before
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
    b.a:B A; b.sc:B S C; m.sc:M S C; u.s:U S; u.k:U K; w.r.t:with respect to
    """
)
_UNSTOPPED = meanings(
    """
    w/o:without; w/:with; b/w:between; vs:versus; dr:doctor; mr:mister; mrs:missis; ms:miz;
    &:and; phd:P H D; aka:A K A; wrt:with respect to; iff:if and only if; n':and; n:and
    """
)
_ALWAYS = frozenset(words("w/o w/ b/w vs & phd aka iff"))
_TITLES = frozenset(words("dr mr mrs ms"))
_BEFORE_A_NUMBER = frozenset(words("no nos p pp ed ch sec vol fig eq ex def tab prop"))
_HALF_WORDS = meanings(
    """
    jpeg:J peg; mpeg:M peg; iupac:I U pac; ieee:I triple E; latex:lay tech; tex:tech;
    ios:I O S; macos:mac O S; iphone:I phone; ipad:I pad; ebay:E bay; linux:linux;
    youtube:YouTube; github:git hub; numpy:num pie; pytorch:pie torch; scipy:sigh pie;
    sqlite:S Q lite; mysql:my S Q L; postgresql:post gress Q L; www:W W W; ph:P H;
    ipv4:I P V four; ipv6:I P V six; arxiv:archive; wifi:why fie; ctrl:control; wi-fi:why fie
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
    stopped = token.closing.startswith(".") and not token.closing.startswith("..")
    if not stopped or key not in _STOPPED:
        return []
    if key in _BEFORE_A_NUMBER and not _numbered(tokens, place):
        return []
    if key == "c" and re.search(r"\d(?:st|nd|rd|th)$", word_before(tokens, place)):
        return [said(token, ["century"], abbreviated=not is_last(tokens, place))]
    if key == "c" and not _numbered(tokens, place):
        return []
    if key == "st" and not tokens[place + 1 : place + 2]:
        return []
    if key == "min" and not re.search(r"\d$", word_before(tokens, place)):
        return []
    meaning = _STOPPED[key].split()
    if key == "st" and (not token.core.istitle() or not tokens[place + 1].core[:1].isupper()):
        meaning = ["street"]
    return [said(token, meaning, abbreviated=not is_last(tokens, place))]


def _numbered(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return following is not None and re.match(r"\d|[IVX]+$", following.core) is not None


def initials(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Letters of initials and dotted acronyms: "J. R. R. Tolkien", "U.S.A."."""
    token = tokens[place]
    stopped = token.closing.startswith(".") and not is_last(tokens, place)
    if re.fullmatch(r"[A-Z]", token.core) and stopped and tokens[place + 1].core[:1].isupper():
        return [said(token, spelt_out(token.core), abbreviated=True)]
    if re.fullmatch(r"[A-Za-z](?:\.[A-Za-z])+", token.core):
        return [said(token, spelt_out(token.core.upper()), abbreviated=stopped)]
    return []
