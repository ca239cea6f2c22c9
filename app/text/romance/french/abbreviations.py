"""French abbreviations."""

from __future__ import annotations

from app.text.romance.language import Abbreviations
from app.text.tables import meanings, words

ABBREVIATIONS = Abbreviations(
    phrases=meanings(
        """
        av. J.-C.:avant|jésus-christ; apr. J.-C.:après|jésus-christ; ap. J.-C.:après|jésus-christ;
        J.-C.:jésus-christ; M. et:monsieur|et; M. le:monsieur|le; M. de:monsieur|de;
        p. ex.:par|exemple; par ex.:par|exemple; c.-à-d.:c'est-à-dire; c. à d.:c'est|à|dire;
        N. B.:nota|bene; P.-S.:post-scriptum; P. S.:post|scriptum; i. e.:c'est-à|dire;
        e. g.:par|exemple; É.-U.:états-unis; R.-U.:royaume-uni; S. M.:sa|majesté;
        t. c.:toutes|choses; guerre de 14-18:guerre|de|quatorze dix-huit;
        guerre de 39-45:guerre|de|trente-neuf quarante-cinq; ch. de fer:chemin|de|fer;
        loc. cit.:à l'endroit|cité; op. cit.:ouvrage|cité; et al.:et|autres; et coll.:et|collègues;
        s. d.:sans|date; n. d.:non|daté; a. m.:du|matin; p. m.:de l'après|midi; r.-v.:rendez-vous;
        s. v. p.:s'il|vous|plaît; éd. rev.:édition|revue; m. à j.:mis|à|jour
        """
    ),
    stopped=meanings(
        """
        M:monsieur; MM:messieurs; mme:madame; mmes:mesdames; mlle:mademoiselle;
        mlles:mesdemoiselles; dr:docteur; drs:docteurs; pr:professeur; prof:professeur;
        profs:professeurs; me:maître; mgr:monseigneur; st:saint; ste:sainte; sts:saints;
        gén:général; col:colonel; cap:capitaine; lt:lieutenant; etc:et cetera; cf:confère;
        ex:exemple; env:environ; fig:figure; figs:figures; chap:chapitre; ch:chapitre; p:page;
        pp:pages; art:article; éd:éditions; vol:volume; t:tome; L:elle; s:siècle; tab:tableau;
        sect:section; éq:équation; eq:équation; déf:définition; th:théorème; thm:théorème;
        prop:proposition; lem:lemme; cor:corollaire; dém:démonstration; rem:remarque; no:numéro;
        nos:numéros; n:numéro; l:ligne; ll:lignes; fol:folio; al:alinéa; paragr:paragraphe;
        av:avenue; bd:boulevard; boul:boulevard; pl:place; tél:téléphone; hab:habitants;
        resp:respectivement; ibid:ibidem; id:idem; réf:référence; réfs:références; vs:versus;
        max:maximum; min:minutes; moy:moyenne; auj:aujourd'hui; univ:université; dép:département;
        dept:département; inc:incorporée; cie:compagnie; ltd:limitée; sté:société; apr:après;
        adj:adjectif; adv:adverbe; fém:féminin; masc:masculin; plur:pluriel; sing:singulier;
        lat:latin; gr:grec; fr:français; angl:anglais; all:allemand; ital:italien; esp:espagnol;
        trad:traduction; coll:collection; dir:direction; coord:coordination; introd:introduction;
        suiv:suivantes; arr:arrondissement; sq:suivante; sqq:suivantes; ann:annexe; app:appendice;
        bibl:bibliothèque; lun:lundi; mar:mardi; mer:mercredi; jeu:jeudi; ven:vendredi; sam:samedi;
        dim:dimanche
        """
    ),
    numbered={"min": "minimum"},
    plain=meanings(
        """
        p:page; pp:pages; Mr:monsieur; Mme:madame; Mmes:mesdames; Mlle:mademoiselle;
        Mlles:mesdemoiselles; Dr:docteur; Drs:docteurs; Dre:docteure; Pr:professeur;
        Pre:professeure; Me:maître; Mgr:monseigneur; St:saint; Ste:sainte; Sts:saints; Stes:saintes;
        T°:température; n°:numéro; nº:numéro; №:numéro; nᵒ:numéro; nos:numéros; n°s:numéros;
        nᵒˢ:numéros; bd:boulevard; Bd:boulevard; Cie:compagnie; cad:c'est-à-dire; càd:c'est-à-dire;
        vs:versus; svp:s'il vous plaît; SVP:s'il vous plaît; qqch:quelque chose; qqn:quelqu'un;
        qq:quelques; pb:problème; env:environ; ssi:si et seulement si; thm:théorème; éq:équation;
        cf:confère; etc:et cetera; §§:paragraphes; 2nd:second; 2nds:seconds; 2nde:seconde;
        2ndes:secondes; 2d:second; 2de:seconde; 24h/24:vingt-quatre heures sur vingt-quatre;
        7j/7:sept jours sur sept; 24/7:vingt-quatre heures sur vingt-quatre; 16/9:seize neuvièmes;
        4/3:quatre tiers; P.-S:post-scriptum; RDV:rendez-vous; rdv:rendez-vous; &:et
        """
    )
    | {"16:9": "seize neuvièmes"},
    before_number=frozenset(
        words(
            """
            p pp art t no nos n l al ch chap nᵒˢ fig tab lun mar mer jeu ven sam dim th sect éq eq
            prop lem cor déf rem ann app vol
            """
        )
    ),
    before_name=frozenset(
        words("M Me me St Ste Sts Stes Pr Pre pr cap col av pl bd Bd Mr éd lt st ste sts")
    ),
    after_number=frozenset(words("min hab s")),
)
