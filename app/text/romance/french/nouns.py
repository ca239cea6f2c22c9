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
        heure minute seconde page phrase feuille femme personne tonne fois chose place main mort mer
        lune eau nuit table image note règle loi langue voix idée forme formule base courbe masse
        chaleur couleur longueur largeur hauteur profondeur valeur erreur odeur fleur peur douleur
        grandeur vapeur liqueur sueur lueur rumeur humeur sœur vitesse cellule molécule particule
        atmosphère mole calorie kilocalorie couronne roupie lire mère dame reine
        guerre paix fin faim soif clé clef rue maison chambre roue somme moyenne variable colonne
        cible source méthode période étape épreuve preuve cause tâche branche arme âme lame dent
        peau croix noix souris fourmi foi part plupart jument façon leçon rançon chanson boisson
        moisson prison cloison banque pomme poire orange banane cerise fraise douzaine star vedette
        recrue sentinelle équipe bombe tombe jambe lampe rampe pompe coupe loupe nappe île aile
        toile voile pile file bille ombre lèvre fièvre chèvre œuvre couche marche tranche chaise
        pièce nièce police côte époque plante algue abeille mouche vache brebis poule cane oie
        planète comète orbite sonde danse course bourse technique musique république politique
        statistique physique logique clinique brique fabrique rubrique boutique critique
        caractéristique pratique lettre fenêtre porte réforme plateforme norme larme ferme
        firme gamme flamme femelle salle halle balle ville île étoile règle boucle ligne
        vigne montagne campagne signature histoire mémoire victoire gloire armoire poire foire
        matière lumière rivière carrière frontière manière dernière première bonne petite grande
        nouvelle belle vieille école parole idole console bête tête fête enquête requête conquête
        lutte goutte route faute côte note dette recette carte piste liste visite limite
        suite élite faillite marmite mite unité culture équivalence tribu vertu loupe opale étude
        vis oasis caisse hausse baisse hache tache bouche touche bûche ruche cruche peluche
        bague vague langue ligue fugue digue fatigue lune rune plume brume écume enclume
        """
    )
)
_MASCULINE = frozenset(
    words(
        """
        côté été comté traité pâté député comité karaté arrêté musée lycée trophée apogée mausolée
        scarabée caducée athée génie incendie parapluie foie sosie messie silence squelette mercure
        murmure parjure augure domaine capitaine moine magazine cimetière derrière capitole module
        nodule scrupule crépuscule globule ridicule véhicule article siècle monopole pôle symbole
        protocole contrôle rôle pétrole palace espace monde million milliard billion mille gorille
        vermicelle bastion avion camion renne carrosse colosse suisse pamplemousse cygne signe règne
        peigne insigne dimanche porche manche diplôme problème système théorème poème thème
        schéma pourcentage divorce sexe stade grade jade interlude prélude conte compte
        inverse verre kilomètre mètre centimètre millimètre litre gramme
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
    """The gender of a noun, or of a feminine adjective, in small letters; None if unknown.

    >>> gender("pages"), gender("lycées"), gender("conditions"), gender("étudiants")
    ('feminine', 'masculine', 'feminine', None)
    """
    if word == _POUND:
        return "feminine"
    singular = word.removesuffix("s")
    if word in _MASCULINE or singular in _MASCULINE:
        return "masculine"
    if word in _FEMININE or singular in _FEMININE or _FEMININE_ENDING.search(word):
        return "feminine"
    return None


NOUNS = Nouns(gender=gender, others=_OTHERS, numbered=_NUMBERED)
