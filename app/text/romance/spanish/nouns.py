"""What a Spanish numeral agrees with: the gender of nouns, and words that are none."""

from __future__ import annotations

import re

from app.text.romance.language import Nouns
from app.text.romance.numerals import Agreement, Gender
from app.text.tables import words

_FEMININE = re.compile(
    r".*(?:[cs]ión|[cs]iones|[td]ad|[td]ades|tud|tudes|umbre|umbres|triz|trices|itis|a|as)"
)
_MASCULINE = re.compile(r".*(?:o|os|or|ores|aje|ajes|án|anes|ón|ones|il|iles|al|ales|és|eses)")
_FEMININE_WORDS = frozenset(
    words(
        """
        mano manos foto fotos moto motos radio radios red redes voz voces luz luces vez veces paz
        raíz raíces clase clases parte partes noche noches tarde tardes calle calles base bases
        fase fases clave claves fuente fuentes mente mentes gente gentes nave naves serie series
        especie especies superficie superficies imagen imágenes orden hipótesis tesis crisis
        síntesis análisis sal sales señal señales catedral catedrales piel pieles miel cárcel
        cárceles flor flores labor labores mujer mujeres ley leyes cruz cruces leche carne carnes
        sangre muerte muertes suerte suertes corriente corrientes pendiente variable variables
        matriz matrices diagonal diagonales integral integrales vocal vocales capital decimal
        personas libra libras onza
        """
    )
)
_MASCULINE_WORDS = frozenset(
    words(
        """
        día días mapa mapas problema problemas sistema sistemas tema temas programa programas
        teorema teoremas lema lemas poema poemas idioma idiomas clima climas planeta planetas
        cometa cometas diagrama diagramas esquema esquemas fonema fonemas morfema morfemas
        síntoma síntomas dilema dilemas drama dramas enigma enigmas paradigma paradigmas
        axioma axiomas fantasma fantasmas kilograma gramas telegrama telegramas estigma aroma
        aromas cromosoma cromosomas átomo ecosistema ecosistemas algoritmo análisis énfasis
        artista artistas turista turistas especialista especialistas periodista periodistas
        atleta atletas poeta poetas sofá sofás pijama tranvía tranvías papa papas guardia
        """
    )
) - {"análisis"}
_OTHERS = frozenset(
    words(
        """
        a ante bajo con contra de del desde durante en entre hacia hasta mediante para por según
        sin sobre tras al y e o u ni que si como cuando donde pero sino aunque porque pues mientras
        el la los las un una lo se le les me te nos os su sus mi mis tu tus este esta estos estas
        es son era eran fue fueron está están ha han había hay más menos muy ya no sí también
        veces cada uno dos tres cuatro cinco seis siete ocho nueve diez cien ciento mil millón
        millones billón billones coma punto por entonces luego después antes así
        nada todo toda todos todas nunca siempre solo sólo casi aquí allí
        tiene tienen tenía hace hizo puede pueden
        """
    )
) - {"veces"}  # fmt: skip


def gender(noun: str) -> Gender | None:
    """Gender of a noun or adjective, singular or plural; None when its form does not tell.

    >>> gender("páginas"), gender("problemas"), gender("estudiantes"), gender("lecciones")
    ('feminine', 'masculine', None, 'feminine')
    """
    if noun in _FEMININE_WORDS:
        return "feminine"
    if noun in _MASCULINE_WORDS:
        return "masculine"
    if _FEMININE.fullmatch(noun):
        return "feminine"
    return "masculine" if _MASCULINE.fullmatch(noun) else None


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
