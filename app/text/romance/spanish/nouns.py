"""What a Spanish numeral agrees with: the gender of nouns, and words that are none."""

from __future__ import annotations

import re

from app.text.romance.language import Nouns
from app.text.romance.numerals import Agreement, Gender
from app.text.tables import words

_ABSTRACT = re.compile(r".*(?:(?:[csxgn]|est|bel)i(?:ón|ones)|[td]ad|[td]ades|tud|tudes)")
"""Endings of feminine nouns, some of them within the masculine ones."""
_FEMININE_ENDING = re.compile(r".*(?:umbre|umbres|triz|trices|itis|a|as)")
_MASCULINE_ENDING = re.compile(
    r".*(?:o|os|or|ores|aje|ajes|án|anes|ón|ones|il|iles|al|ales|és|eses|gramas?)"
)
_FEMININE = frozenset(
    words(
        """
        mano manos foto fotos moto motos radio radios red redes pared paredes sed salud voz voces
        luz luces vez veces paz cruz cruces raíz raíces nariz narices cicatriz cicatrices razón
        razones imagen imágenes orden órdenes ley leyes grey flor flores labor labores mujer mujeres
        cárcel cárceles piel pieles miel sal sales señal señales catedral catedrales capital
        capitales central centrales espiral espirales vocal vocales diagonal diagonales integral
        integrales decimal base bases fase fases frase frases clase clases crisis tesis dosis
        hipótesis síntesis metrópolis parte partes gente gentes noche noches tarde tardes nube nubes
        nave naves llave llaves clave claves ave aves nieve sangre leche carne carnes torre torres
        calle calles fuente fuentes mente mentes muerte muertes suerte suertes serie series especie
        especies superficie superficies planicie fe sede sedes fiebre fiebres hambre madre madres
        catástrofe catástrofes elipse elipses corriente corrientes pendiente pendientes vertiente
        vertientes constante constantes variante variantes tangente tangentes secante secantes
        consonante consonantes patente patentes serpiente serpientes simiente variable variables
        matriz matrices actriz actrices libra libras onza reses
        """
    )
)
_MASCULINE = frozenset(
    words(
        """
        día días mediodía mapa mapas problema problemas sistema sistemas tema temas teorema
        teoremas lema lemas poema poemas idioma idiomas clima climas planeta planetas cometa cometas
        esquema esquemas fonema fonemas morfema morfemas lexema lexemas sintagma sintagmas síntoma
        síntomas dilema dilemas drama dramas enigma enigmas paradigma paradigmas axioma axiomas
        fantasma fantasmas prisma prismas plasma magma dogma dogmas trauma traumas estigma estigmas
        carisma diploma diplomas aroma aromas genoma genomas cromosoma cromosomas ribosoma ribosomas
        lisosoma lisosomas hematoma hematomas carcinoma carcinomas ecosistema ecosistemas
        subsistema subsistemas emblema emblemas análisis énfasis poeta poetas atleta atletas
        sofá sofás pijama pijamas tranvía tranvías papa papas guardia guardias gorila gorilas
        """
    )
)
_EITHER = re.compile(r".*istas?")
"""Artists and tourists of either gender; the masculine is said of both."""
_OTHERS = frozenset(
    words(
        """
        a ante bajo con contra de del desde durante en entre hacia hasta mediante para por según
        sin sobre tras al y e o u ni que si como cuando donde pero sino aunque porque pues mientras
        el la los las un una lo se le les me te nos os su sus mi mis tu tus este esta estos estas
        es son era eran fue fueron está están ha han había hay más menos muy ya no sí también
        cada uno dos tres cuatro cinco seis siete ocho nueve diez cien ciento mil millón
        millones billón billones coma punto por entonces luego después antes así
        nada todo toda todos todas nunca siempre solo sólo casi aquí allí
        tiene tienen tenía hace hizo puede pueden
        """
    )
)


def gender(noun: str) -> Gender | None:
    """Gender of a noun or adjective, singular or plural; None when its form does not tell.

    >>> gender("páginas"), gender("problemas"), gender("estudiantes"), gender("lecciones")
    ('feminine', 'masculine', None, 'feminine')
    """
    if noun in _FEMININE or _ABSTRACT.fullmatch(noun):
        return "feminine"
    if noun in _MASCULINE or _MASCULINE_ENDING.fullmatch(noun):
        return "masculine"
    if _EITHER.fullmatch(noun):
        return None
    return "feminine" if _FEMININE_ENDING.fullmatch(noun) else None


_ARTICLES = {
    Agreement(short=True): "el del al un este ese nuestro su",
    Agreement("feminine"): "la una esta esa nuestra",
    Agreement(plural=True): "los unos estos esos",
    Agreement("feminine", plural=True): "las unas estas esas",
}

NOUNS = Nouns(
    gender=gender,
    others=_OTHERS,
    articles={article: form for form, each in _ARTICLES.items() for article in each.split()},
)
"""Nouns in Spanish."""
