"""What Spanish, French and Italian call letters, signs, units and abbreviations."""

from __future__ import annotations

from dataclasses import dataclass

from app.text.tables import meanings, words


@dataclass(frozen=True, slots=True)
class Words:
    """Vocabulary of one language for what is not written as words."""

    letters: dict[str, str]
    signs: dict[str, str]
    units: dict[str, tuple[str, str]]
    """Singular and plural."""
    abbreviations: dict[str, str]
    """Without the final full stop."""
    for_example: str
    """The preposition of "p. ej.", "p. ex." and "p. es."."""
    comma: str
    """Between whole and decimal digits."""
    ordinals: tuple[str, ...]
    """First to tenth, masculine."""


def _pairs(entries: str) -> dict[str, tuple[str, str]]:
    return {
        sign: (singular, plural)
        for sign, singular, plural in (entry.strip().split(":") for entry in entries.split(";"))
    }


def _letters(names: str) -> dict[str, str]:
    return dict(zip("abcdefghijklmnopqrstuvwxyz", names.split(), strict=True))


WORDS: dict[str, Words] = {
    "es": Words(
        letters=_letters(
            """
            a be ce de e efe ge hache i jota ka ele eme ene o pe cu erre ese te u uve
            uve-doble equis i-griega zeta
            """
        ),
        signs=meanings(
            """
            %:por ciento; +:más; −:menos; =:igual a; <:menor que; >:mayor que; ×:por;
            ÷:entre; ±:más menos; ≈:aproximadamente; &:y; @:arroba; #:almohadilla; §:sección;
            ²:al cuadrado; ³:al cubo; №:número; °:grados; $:dólares; €:euros; £:libras
            """
        ),
        units=_pairs(
            """
            km:kilómetro:kilómetros; m:metro:metros; cm:centímetro:centímetros;
            mm:milímetro:milímetros; kg:kilogramo:kilogramos; g:gramo:gramos; l:litro:litros;
            ml:mililitro:mililitros; h:hora:horas; min:minuto:minutos; s:segundo:segundos;
            ms:milisegundo:milisegundos; Hz:hercio:hercios; MHz:megahercio:megahercios;
            GHz:gigahercio:gigahercios; KB:kilobyte:kilobytes; MB:megabyte:megabytes;
            GB:gigabyte:gigabytes; W:vatio:vatios; kW:kilovatio:kilovatios;
            °C:grado centígrado:grados centígrados; °:grado:grados;
            km/h:kilómetro por hora:kilómetros por hora; €:euro:euros; $:dólar:dólares;
            £:libra:libras
            """
        ),
        abbreviations=meanings(
            """
            sr:señor; sra:señora; srta:señorita; dr:doctor; dra:doctora; etc:etcétera;
            ej:ejemplo; pág:página; fig:figura; cap:capítulo; núm:número; ud:usted;
            uds:ustedes; art:artículo; p:página; prof:profesor; av:avenida;
            aprox:aproximadamente; tel:teléfono; ee:estados; uu:unidos
            """
        ),
        for_example="por",
        comma="coma",
        ordinals=words("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"),
    ),
    "fr": Words(
        letters=_letters(
            """
            a bé cé dé e effe gé ache i ji ka elle aime enne o pé ku erre esse té u vé
            double-vé ixe i-grec zède
            """
        ),
        signs=meanings(
            """
            %:pour cent; +:plus; −:moins; =:égale; <:inférieur à; >:supérieur à; ×:fois;
            ÷:divisé par; ±:plus ou moins; ≈:environ; &:et; @:arobase; #:dièse; §:paragraphe;
            ²:au carré; ³:au cube; №:numéro; °:degrés; $:dollars; €:euros; £:livres
            """
        ),
        units=_pairs(
            """
            km:kilomètre:kilomètres; m:mètre:mètres; cm:centimètre:centimètres;
            mm:millimètre:millimètres; kg:kilogramme:kilogrammes; g:gramme:grammes;
            l:litre:litres; ml:millilitre:millilitres; h:heure:heures; min:minute:minutes;
            s:seconde:secondes; ms:milliseconde:millisecondes; Hz:hertz:hertz;
            MHz:mégahertz:mégahertz; GHz:gigahertz:gigahertz; Ko:kilo-octet:kilo-octets;
            Mo:mégaoctet:mégaoctets; Go:gigaoctet:gigaoctets; W:watt:watts;
            kW:kilowatt:kilowatts; °C:degré celsius:degrés celsius; °:degré:degrés;
            km/h:kilomètre par heure:kilomètres par heure; €:euro:euros; $:dollar:dollars;
            £:livre:livres
            """
        ),
        abbreviations=meanings(
            """
            mme:madame; mlle:mademoiselle; mm:messieurs; dr:docteur; pr:professeur;
            etc:et cetera; ex:exemple; cf:confère; fig:figure; chap:chapitre; p:page;
            av:avant; env:environ; tél:téléphone; st:saint; ste:sainte; m:monsieur
            """
        ),
        for_example="par",
        comma="virgule",
        ordinals=words(
            """
            premier deuxième troisième quatrième cinquième sixième septième huitième
            neuvième dixième
            """
        ),
    ),
    "it": Words(
        letters=_letters(
            """
            a bi ci di e effe gi acca i i-lunga cappa elle emme enne o pi cu erre esse ti u
            vu doppia-vu ics ipsilon zeta
            """
        ),
        signs=meanings(
            """
            %:per cento; +:più; −:meno; =:uguale a; <:minore di; >:maggiore di; ×:per;
            ÷:diviso; ±:più o meno; ≈:circa; &:e; @:chiocciola; #:cancelletto; §:paragrafo;
            ²:al quadrato; ³:al cubo; №:numero; °:gradi; $:dollari; €:euro; £:sterline
            """
        ),
        units=_pairs(
            """
            km:chilometro:chilometri; m:metro:metri; cm:centimetro:centimetri;
            mm:millimetro:millimetri; kg:chilogrammo:chilogrammi; g:grammo:grammi;
            l:litro:litri; ml:millilitro:millilitri; h:ora:ore; min:minuto:minuti;
            s:secondo:secondi; ms:millisecondo:millisecondi; Hz:hertz:hertz;
            MHz:megahertz:megahertz; GHz:gigahertz:gigahertz; KB:kilobyte:kilobyte;
            MB:megabyte:megabyte; GB:gigabyte:gigabyte; W:watt:watt; kW:kilowatt:kilowatt;
            °C:grado centigrado:gradi centigradi; °:grado:gradi;
            km/h:chilometro orario:chilometri orari; €:euro:euro; $:dollaro:dollari;
            £:sterlina:sterline
            """
        ),
        abbreviations=meanings(
            """
            sig:signor; dott:dottor; dr:dottor; prof:professor; ecc:eccetera; es:esempio;
            pag:pagina; fig:figura; cap:capitolo; art:articolo; ing:ingegner; avv:avvocato;
            p:pagina; tel:telefono; ca:circa; n:numero
            """
        ),
        for_example="per",
        comma="virgola",
        ordinals=words("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"),
    ),
}
"""By ISO 639-1 code."""
