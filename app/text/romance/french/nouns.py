"""Genders of French nouns, which "un" and "une" ask for, and words that are no nouns."""

from __future__ import annotations

import re

from app.text.romance.language import Nouns
from app.text.romance.numerals import Gender
from app.text.tables import words

_FEMININE_ENDING = re.compile(
    r"(?:[stxgn]ion|aison|té|ée|ie|ure|[ae]nce|ette|[aeiou]sse|ade|ude|[ei]lle|[aeo]nne|ise|aine"
    r"|trice|euse|ière|[^z]ine|ace|onde|[ae]nte|nche|ouche|[eiu]gne|erve|[cdnr]ule|ole|arte"
    r"|erte|orte|ouse|nse|rse)s?$"
)
"""Endings whose nouns are feminine but for those of :data:`_MASCULINE`."""
_FEMININE = frozenset(
    words(
        """
        seule minute page phrase femme fois chose main mort mer lune eau nuit table image note
        règle loi langue voix forme formule base courbe chaleur couleur longueur largeur hauteur
        profondeur valeur erreur odeur fleur peur douleur grandeur vapeur liqueur sueur lueur
        rumeur humeur sœur cellule atmosphère lire mère dame guerre paix fin faim soif clé clef rue
        chambre roue somme variable cible source méthode période étape épreuve preuve cause tâche
        arme âme lame dent peau croix noix souris fourmi foi part plupart jument façon leçon rançon
        chanson boisson moisson prison cloison banque pomme poire orange banane star recrue équipe
        bombe tombe jambe lampe rampe pompe coupe loupe nappe île aile toile voile pile file ombre
        lèvre fièvre chèvre œuvre marche pièce nièce police côte époque algue vache brebis poule
        cane planète comète orbite technique musique république politique statistique physique
        logique clinique brique fabrique rubrique boutique critique caractéristique pratique lettre
        fenêtre réforme plateforme norme larme ferme firme gamme flamme salle halle balle étoile
        boucle montagne campagne histoire mémoire victoire gloire armoire foire petite grande bête
        tête fête enquête requête conquête lutte goutte route faute piste liste visite limite suite
        élite faillite marmite mite tribu vertu opale vis oasis hache tache bûche ruche cruche
        peluche bague vague ligue fugue digue fatigue rune plume brume écume enclume droite force
        espèce offre demande médiane case ère victime aire intégrale hypothèse analyse recherche
        thèse synthèse annexe diagonale sphère ellipse candidate membrane enzyme hormone cuillère
        autoroute gare rame boîte poutre pierre dalle tuile cathédrale abbaye bibliothèque chaire
        antithèse parenthèse prothèse biosphère lithosphère misère colère panthère artère guitare
        mare barre terreur faveur saveur rigueur vigueur foule poudre foudre encre ancre vitre
        huître montre rencontre poche roche torche approche broche flèche mèche crèche pêche robe
        amende légende bande viande guirlande amande commande contrebande cloche brioche amorce
        écorce sauce puce farce grâce rose dose prose pause clause névrose osmose hypnose mitose
        méiose symbiose écluse excuse muse chute flûte dispute hutte butte carotte culotte flotte
        grotte diète gomme alarme cime rime prime estime trame coutume dune tribune fortune lacune
        rancune cabane douane scène chaîne cave rave épave octave larve veuve rive dérive
        initiative alternative perspective olive lessive archive amitié moitié pitié glu serre cire
        lyre valve
        """
    )
)
_MASCULINE = frozenset(
    words(
        """
        côté été comté traité pâté député comité karaté arrêté musée lycée trophée apogée mausolée
        scarabée caducée athée génie incendie parapluie foie sosie messie silence squelette mercure
        murmure parjure augure domaine capitaine moine magazine malade nomade cimetière derrière
        capitole module nodule scrupule crépuscule globule ridicule véhicule article siècle
        monopole pôle symbole protocole contrôle rôle pétrole palace espace monde million milliard
        billion mille gorille vermicelle bastion avion camion renne carrosse colosse suisse
        pamplemousse cygne signe règne peigne insigne dimanche porche manche diplôme problème
        système théorème poème thème schéma pourcentage divorce sexe stade grade jade interlude
        prélude conte compte inverse verre kilomètre mètre centimètre millimètre litre gramme
        kilogramme degré euro dollar franc centime livre chapitre titre
        """
    )
)
_NUMBERED = frozenset(
    words(
        """
        page pages an année années en depuis vers dès chapitre chapitres numéro numéros ligne lignes
        tome volume article articles paragraphe vers janvier février mars avril mai juin juillet
        août septembre octobre novembre décembre
        """
    )
)
_BEFORE_NOUNS = frozenset(
    words(
        """
        autre jeune simple même double triple énorme large vaste pauvre brave rare magnifique
        superbe véritable unique ultime libre grave célèbre possible terrible horrible immense
        """
    )
)
_POUND = "livre sterling"
"""As a book or a weight, "livre" is masculine or left so."""
_OTHERS = frozenset(
    words(
        """
        à a ai ainsi alors après as au aux avait avant avec avoir bien car ce ceci cela ces cet
        cette chez comme contre dans de depuis derrière des dès devant doit donc dont du durant
        elle elles en encore enfin ensuite entre est et était étaient été être fait font fut furent
        hors il ils jusque la là le les leur leurs lors lui mais mesure mesurent moins ne ni non
        nous on ont or ou où par parce parmi pas pendant peut peuvent plus pour pourquoi près puis
        quand que quel quelle qui quoi reste restent sans sauf se selon sera seront si sinon soit
        son sont sous suit sur tandis tant tard toujours tout très trop un une vaut valent vers
        voici voilà vous égale
        """
    )
)


def gender(word: str) -> Gender | None:
    """The gender of a noun, or of a feminine adjective, in small letters.

    None for an adjective that stands before nouns and has one form for both genders.

    >>> gender("pages"), gender("lycées"), gender("étudiants"), gender("autres")
    ('feminine', 'masculine', 'masculine', None)
    """
    if word == _POUND:
        return "feminine"
    noun = word.partition(" ")[0]
    singular = noun.removesuffix("s")
    if noun in _MASCULINE or singular in _MASCULINE:
        return "masculine"
    if noun in _FEMININE or singular in _FEMININE or _FEMININE_ENDING.search(noun):
        return "feminine"
    return None if singular in _BEFORE_NOUNS else "masculine"


NOUNS = Nouns(gender=gender, others=_OTHERS, numbered=_NUMBERED)
