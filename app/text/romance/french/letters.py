"""Letters in French, and words that are none."""

from __future__ import annotations

import re

from app.text.romance.language import Letters
from app.text.tables import meanings, words

_NAMES = words(
    """
    a bé cé dé e effe gé ache i ji ka elle aime enne o pé ku erre esse té u vé double-vé ixe
    i-grec zède
    """
)

_VOWELS = "[aeiouyàâéèêëîïôùûü]{1,3}"
_ONSET = (
    "(?:[bcdfgptv][rl]|[bcdfghjklmnpqrstvxz]|ch|chr|gn|gu|ph|phr|ps|qu|sc|sl|sm|sn|sp|st|str|th|tr)"
)
_MIDDLE = f"(?:[lrmnspcbtdxf]?{_ONSET}|ss)"
_CODA = "(?:[bcdfglmnpqrstxz]|[lnrcmp]?[dtsc]s?|ch|ct|mp|ps|ng|rg|rm|rn|rf|rb|ll|ss|tt|nn|th|ph)s?"

LETTERS = Letters(
    names=dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES, strict=True)),
    accented="àâæçéèêëîïôœùûüÿ",
    greek=words(
        """
        alpha bêta gamma delta epsilon zêta êta thêta iota kappa lambda mu nu xi omicron pi rhô
        sigma tau upsilon phi khi psi oméga
        """
    ),
    unnamed="lettre",
    vowels=re.compile("[aeiouyàâæéèêëîïôœùûüÿäö]"),
    words=frozenset(
        words(
            """
            ONU OTAN UNESCO UNICEF NASA INSEE SIDA OVNI SMIC PACS FIFA UEFA OPEP CEDEX RADAR LASER
            FIAT INRIA INSERM CNES ENA BAC CNIL CERN COVID SRAS ZEP ZAC DROM CROUS CAPES DEUG
            ERASMUS PUF ISO TIC INA ETA MOOC RAM ROM BASIC COBOL FORTRAN PASCAL ASCII PIN SIM GIF
            NORAD ASEAN ALENA BENELUX INRA INED INPI IFOP CECA SAMU ADIL SICAV REER SOFRES MEDEF
            ARCOM HADOPI RAID FAQ MATH MATHS SEGPA ULIS UNEDIC ADEME ANAH CAF SACEM FNAC AFNOR ESA
            BERT LIDAR SONAR MIX SWOT DARPA IKEA NATO PISA SEPA TOEFL TOEIC MERS
            """
        )
    ),
    spelt=frozenset(
        words(
            """
            USA UE UV PIB ADN ARN IA OMS ONG OGM URSS IRM EDF EHESS ADSL INSA CGPME API URL SQL HTML
            RATP OCDE OIT OMC FMI UMP UDF ENS IUT IUFM ISBN IBM AFP AOC APR RER OS IP ID UI UX CEA
            CE EEE IVG OPJ UFC ATP ADP AMP OCR OLED LED AES DUT UTC IUP IEP IAE ECTS INP UVA UVB PY
            IO AVC IMC EEG ECG ORL ESO VIH VIP TVA BTS CAP BEP IGN IPA IEEE AI EU UK US
            """
        )
    ),
    common=frozenset(
        words(
            """
            le la les un une des du de au aux à et ou où que qui ne se me te ce ces cet mon ton son
            ma ta sa mes tes ses nos vos je tu il elle on nous vous ils en y dans par pour sur sous
            sans avec mais donc or ni car si est sont a ont fin non oui pas plus très tout tous quoi
            dont mer roi loi vie mort art eau feu air mot jour nuit an ans pays état dieu homme
            guerre paix rue ville mai juin août été mur sol jeu fait lieu main œil nom non bien mal
            bon dix six huit neuf deux trois cinq sept chat chien ciel paris lyon rome mars note
            page tome acte base va vas vais font faut dit dis voit voir lire bout coup cour gens
            sais sait veut peut doit prix voix fils sang gaz fer or bois mars avril vent voie joie
            soir midi matin main pied dos bras corps peau lait pain vin the thé riz sel sucre œuf
            blé haut bas long rond vert bleu rouge noir blanc gris jaune rose stop intro mil cent
            mille ville rue pont port gare train car bus vélo auto lieu lieux zone nord sud est
            ouest fort fou fer doux gros nous vous eux soi celui ceux quel quels code cas but mode
            type loi lois idée vers être avoir ici là où été ça ciel île rôle cours sujet année mise
            vrai faux alors sinon cela ceci
            """
        )
    ),
    sayable=re.compile(rf"(?=.{{5}}$)(?:{_ONSET})?{_VOWELS}(?:{_MIDDLE}{_VOWELS})*(?:{_CODA})?"),
    single=frozenset(words("a à y ô o")),
    euphonic="t",
    labelled=frozenset(
        words("axe des variable lettre inconnue ordonnée coordonnée fonction point vecteur valeur")
    ),
    elisions=frozenset(words("l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu")),
    spoken=meanings(
        """
        lim:limite; medef:médèfe; ena:éna; eta:éta; ceca:céca; cnes:cnèsse; opep:opèp; ademe:adème;
        asean:aséan; ascii:aski; toeic:toïc; mooc:mouk; uefa:uéfa; benelux:bénélux; erasmus:érasmus;
        reer:réère; ok:oké; ctrl:contrôle; st:saint; ste:sainte; ox:o ixe; oy:o i-grec; oz:o zède;
        wifi:oui-fi; wi-fi:oui-fi; jpeg:ji-peg; mpeg:aime-peg; www:double-vé double-vé double-vé;
        ios:i o esse; iphone:aïe-fone; ipad:aïe-pade; github:guite-heub; mysql:maille esse ku elle;
        ipv:i pé vé; ph:pé ache; nacl:enne a cé elle; naoh:enne a o ache; hcl:ache cé elle
        """
    ),
)
