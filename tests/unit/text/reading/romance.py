"""Sentences of Spanish, French and Italian lectures with gaps for numbers, names and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from tests.unit.text.reading.fillers import Filler, decimal, one_of

_ANYWHERE: Mapping[str, Filler] = {
    "x": partial(decimal, point=","),
    "unit": one_of("km/h", "kg/m³", "GHz", "m²", "°C", "%", "mm", "kWh", "m/s²", "km/s", "mol/l"),
    "money": one_of("5 €", "3,50 €", "€ 20", "$ 5", "5 M€", "1.200 €", "£ 30", "2 $"),
}
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "es": (
        "En {year}, {name} contó {n} {thing}.",
        "La velocidad era de {x} {unit}, es decir, unos {range} {unit}.",
        "Sea {formula}; entonces {formula} ({short} {thing}).",
        "Costó {money} en {year}-{year}, dijo {name}: «{n} {thing}»…",
        "El {date} a las {time} usamos {code} en {acronym} {picture}",
        "Véase el capítulo {roman}, págs. {range} [1].",
        "¿Es {foreign} —o {acronym}— mejor para {thing}?",
        "## Parte {roman}: {thing} y {thing}",
        "El {n}.º de {n} {thing} tiene {x}% más; n.º {n} vale {n}/{n}.",
        "{thing} y/o {thing}: {code}",
    ),
    "fr": (
        "En {year}, {name} compta {n} {thing}.",
        "La vitesse était de {x} {unit}, soit environ {range} {unit} !",
        "Soit {formula} ; alors {formula} ({short} {thing}).",
        "Cela coûta {money} en {year}-{year}, dit {name} : « {n} {thing} »…",
        "Le {date} à {time}, on lança {code} sur l'{acronym} {picture}",
        "Voir chapitre {roman}, p. {range} [1].",
        "Est-ce que {foreign} – ou {acronym} – vaut mieux pour {thing} ?",
        "## Partie {roman} : {thing} & {thing}",
        "La {n}e des {n} {thing} a {x} % de plus ; n° {n} vaut {n}/{n}.",
        "Le {roman}e siècle, l'{n} : {code}",
    ),
    "it": (
        "Nel {year} {name} contò {n} {thing}.",
        "La velocità era di {x} {unit}, cioè circa {range} {unit}!",
        "Sia {formula}; allora {formula} ({short} {thing}).",
        "Costò {money} nel {year}-{year}, disse {name}: «{n} {thing}»…",
        "Il {date} alle {time} usammo {code} su {acronym} {picture}",
        "Si veda il capitolo {roman}, pp. {range} [1].",
        "È {foreign} – o {acronym} – meglio per {thing}?",
        "## Parte {roman}: {thing} e {thing}",
        "La {n}ª di {n} {thing} ha l'{n}% in più; n. {n} vale {n}/{n}.",
        "Nel {roman} secolo, dell'{n}: {code}",
    ),
}
FILLERS: Mapping[str, Mapping[str, Filler]] = {
    "es": {
        **_ANYWHERE,
        "date": one_of(
            "5 de enero de 1999", "3/5/2024", "1.º de mayo", "2021-03-04", "3 ene. 2020"
        ),
        "name": one_of(
            "el Sr. Gil", "la Dra. Ruiz", "Carlos V", "J. L. Borges", "la ONU", "Пушкин"
        ),
        "thing": one_of("páginas", "alumnos", "teoremas", "señales", "modelos", "redes"),
        "short": one_of("p. ej.", "es decir,", "cf.", "etc.", "aprox.", "fig. 3", "págs. 5-7"),
    },
    "fr": {
        **_ANYWHERE,
        "date": one_of("5 janvier 1999", "3/5/2024", "1er mai", "2021-03-04", "3 janv. 2020"),
        "name": one_of("M. Gil", "Mme Curie", "Louis XIV", "J.-J. Rousseau", "l'ONU", "Пушкин"),
        "thing": one_of("pages", "élèves", "théorèmes", "ondes", "modèles", "hommes"),
        "short": one_of("p. ex.", "c.-à-d.", "cf.", "etc.", "env.", "fig. 3", "p. 5-7"),
    },
    "it": {
        **_ANYWHERE,
        "date": one_of("5 gennaio 1999", "3/5/2024", "1° maggio", "2021-03-04", "3 gen. 2020"),
        "name": one_of(
            "il Sig. Gil", "la prof.ssa Neri", "Carlo V", "G. B. Vico", "l'ONU", "Пушкин"
        ),
        "thing": one_of("pagine", "studenti", "teoremi", "onde", "modelli", "uomini"),
        "short": one_of("p. es.", "cioè", "cfr.", "ecc.", "ca.", "fig. 3", "pp. 5-7"),
    },
}
