"""Where an Italian word is stressed, which is written only at its end: "città"."""

from __future__ import annotations

import re

from app.text.tables import words

_ACCENTED = "àèéìíòóùú"
_OPEN = "ɛɔ"
"""Vowels that occur in stressed syllables only."""

_ENCLITIC = "(?:si|ci|lo|la|li|le|mi|gli)"
_ANTEPENULTIMATE = re.compile(
    r"(?:[aei]vano|[aei]rono|ssero|bbero|iscono|issim[oaie]|[^aeioujw]ono|(?:gl|cc|gg|a)iono|[^i]ano"
    r"|(?:lasc|mang|facc|camb|iniz|stud|cominc|vogl|risch|sapp|var|abb|viagg|testimon|evidenz"
    r"|annunc|bruc|sbagl|tagl|minacc|consigl|denunc|gg|od)iano"
    r"|(?:ec|id|es|as|is|os|us|ns|ls|rs|tt|pp|dd|nn)ero|[^aeiou]ere|gliere|compiere"
    rf"|(?:tt|nd|ng|nc|gg|sc|ss|rr|lg|ud|id|erd|hied|criv|viv)er{_ENCLITIC}|[ae]ndo{_ENCLITIC}|[aei]te{_ENCLITIC}"
    r"|(?:usa|ona|ascia|iuta|iama|orta|iega|ensa)mi|[^qg]u[ae]"
    r"|[ai]bil[ei]|atil[ei]|evol[ei]|ic(?:[oaie]|h[ei])|log[oaie]|olog(?:h[ie]|i)|graf[oaie]"
    r"|metr[oi]|esim[oaie]|udin[ei]|[ai]ggin[ei]|[ai]gin[ei]|[bctgpv]ol[oaie]|mer[oiae]|ner[oia]"
    r"|[aiu]cil[ei]|[st]tim[oaie]|ssim[oaie]|ultim[oaie]|rdin[ei]|min[ei]|alis[ie]|otes[ie]"
    r"|intes[ie]|pagin[ae]|ntigrad[oi]|[^i]vid[oa]|pid[oaie]|lid[oaie]|quid[oaie]|mod[oi]|tod[oi]"
    r"|riod[oi]|ane[oaie]|ine[ae]|nim[oaie]|lefon[oi]|crofon[oi]|ifer[oaie])$"
)
_FOURTH = re.compile(r"[^aeiou](?:ic|(?<!v)it|up|ol|er|labor|oc|ip|ig|ut)ano$")
"""Verbs of which even the vowel before the third from the end is stressed: "abitano"."""
_PENULTIMATE = re.compile(
    r"(?:(?:am|nem|ant|fat|form|vesc|pud|mend|lombr)ic(?:[oaie]|h[ei])|.*tric[ei]"
    r"|(?:rad|fel|infel|corn|vern|nar|pern|append|cerv|al|fen)ic[ei]|(?:edif|uff|sacrif|benef"
    r"|superf)ici|(?:federic|enric|ludovic|rodrig)[oa]|rubric(?:a|he)|benedica|[aeiou]buono|modo"
    r"|come|vapore|.*nome|somm?ero|vero|nero|davvero|mistero|intero|pensiero|ministero|sincero"
    r"|severo|leggero|numeri?co|figli[uo]ol[oaie]|.*[^t]uol[oaie]|pistol[ae]|parol[ae]|nicola"
    r"|perdono|abbandono|patrono|colono|gradino|fucil[ei]|autostima|(?:di|condi)vid[oaei]"
    r"|(?:intere|severe|sincere|parere|cratere)"
    r"|.*(?:ved|(?<!d)av|sap|pot|vol|dov|ten|man|cad|piac|tem|val|god|tac|giac|sed|suad)er(?:e|"
    rf"{_ENCLITIC})"
    r"|.*(?<!gl)ier[ei]|consiglier[ei]|.*nnier[ei]|ingegner[ei]|(?:dis)?umano|romano|lontano"
    r"|vulcano|capitano|divano|pagano|sovrano|toscano|.*americano|africano|messicano|repubblicano"
    r"|anglicano|.*puritano|.*(?:pol|let)[ei]?tano|milano|metano|vegano|villano|invano|ottomano|germano"
    r"|musulmano|balcano|urbano|urano|bolzano|decano|ortolano|mano|grano|strano|sano|vano|nano"
    r"|vaticano|molisano|padano|profano|insano|soprano|altopiano|tirano|adriano|mediano|aeroplano"
    r"|giordano|gaetano|alfano|corano|catalano|lugano|sultano|bassano|uragano|cassano|campano"
    r"|pisano|albano|montano|cubano|lucano|veterano|celentano|montalbano|oristano|gargano|siciliano"
    r"|samaritano|artigiano|partigiano)$"
)
_STRESSED_ENDING = re.compile(
    r"(?:ion[ei]|[ae]nd[oaie]|[aei]te|[aei]v[oaie]|[aei]vamo|ranno|remo|ebbe|[ao]r[ei]|ment[eio]"
    r"|ent[ei]|[ae]nz[ae]|[ai]re|ist[aie]|iamo|ess[ae]|ezz[ae]|ett[oaie]|at[oaie]|ut[oaie]|al[ei]"
    r"|on[ei]|ard[ioea]|in[oaie])$"
)
"""Endings whose first vowel bears the stress, wherever the model heard an open one."""
_TRUNCATED = re.compile(
    r".*(?:gnor|ttor|ssor|gner|[^f]ior|uon|gior|glior|ssun|cun|ncor|minor|mor|lor)"
)
"""Words without their last vowel, or with a glide for it: the stress has stayed where it was."""
_STEMS = frozenset(
    words(
        """
        abit accumul acid agil agit albatr alber algebr aliquot ambit analog aneddot angel anim
        annibal anonim anticip apposit aquil arab arbitr arcangel arcivescov are aristotel asin atom
        attim autonom balsam barbar battit biasim bibit briciol brivid bufal bulgar bussol cadaver
        calcol calibr camer canap candid canon capacit capsul caratter carcer cartace caspit catalog
        catastrof cattedr caucas cavol celebr cellul cesar cinem circol clausol collabor colloc
        comod compit comput coniug consider consol credit cresc crescit crimin cronac cucciol cune
        cupol david debit debol deliber demon deposit desider determin diagnos dialog diavol
        dibattit disput dollar domin dubit edicol elen elimin ellitt enfas epoc equivoc esamin esegu
        esercit esit esplicit esposit esser ester etere ettar ettor euro fabbric facil facilit
        farmac fascin favol fegat felicit femmin fenomen fertil fiaccol filosof formul fossil fragil
        fulmin funebr gambero genes giacom giovan girolam giudic glutin gomit gondol gratuit ibrid
        idol idone illecit illumin immagin implicit incub indigen individu insolit integr interpret
        interrog intim inutil isol ital lacrim lampad laure lazzar lecit letter liber libi ligur
        limit limitrof liquid lucid maccheron macchin mandorl mantov margin martir mascher medit
        mentor merit metafor metropol minim miser missil molecol monac monitor morbid multipl muscol
        nascit nobil nomad nomin nucle numer nuvol obblig occup oper ordin orfan organ ospit ossigen
        padov palpebr panam panic paol parametr parroc partecip pascol pecor pedofil penisol pentol
        perdit pericol perseguit petal pettegol pillol piramid platin polver pontefic popol pover
        prat precipit prezzemol primogenit princip profug proposit prossim prostat provoc pubblic
        pulpit quindic reciproc recuper reddit redin regol rendit residu ricover rigid rinascit
        ripristin rivincit ruggin sabat sagom sandal sassar satan satellit satir scandal scapit
        scatol scomod secol semafor semin semplic sgomber simil sindac sindrom sinod sintes sintom
        socrat solit sollecit spettacol spigol spirit stefan stereotip steril stimol stomac subit
        suddit super superstit suscit svizzer tarant tavol temper tenebr tener termin tesser tessil
        timid titol tombol tragic tramit transit trapan trapp umid umil uter util vandal vedov
        vendit venet vergin vertic vescov vicol vide vigil vincol viper virgol visit vittim vocabol
        vomit zingar zuccher
        """
    )
)
"""Words without their last vowel that are stressed on the third vowel from the end."""


def stressed(word: str, vowels: list[str]) -> int:
    """Which vowel of a word is stressed.

    >>> stressed("città", ["i", "a"]), stressed("tavola", ["a", "o", "a"])
    (1, 0)

    Args:
        word: In lower case.
        vowels: Its sounds that are vowels and no glides, at least one.
    """
    last = len(vowels) - 1
    if word[-1] in _ACCENTED or last == 0 or _TRUNCATED.fullmatch(word):
        return last
    if word.endswith(("ai", "oi")):
        # "Assai" ends in a glide, "vuoi" in a vowel of its own; both stress the one before.
        return last - 1 if vowels[-1] == "i" else last
    penultimate = _PENULTIMATE.fullmatch(word)
    if last > 2 and not penultimate and _FOURTH.search(word):
        return last - 3
    if last > 1 and not penultimate and (_stem(word) in _STEMS or _ANTEPENULTIMATE.search(word)):
        return last - 2
    opened = [place for place, vowel in enumerate(vowels) if vowel in _OPEN]
    if penultimate or _STRESSED_ENDING.search(word) or not opened:
        return last - 1
    # A vowel further back than the third from the end hardly ever bears it.
    return opened[-1] if last - 2 <= opened[-1] < last else last - 1


def _stem(word: str) -> str:
    return word[:-1].removesuffix("h")
