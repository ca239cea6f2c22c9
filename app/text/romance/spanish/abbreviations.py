"""What is written shorter in Spanish than it is said."""

from __future__ import annotations

from app.text.romance.language import Abbreviations
from app.text.tables import meanings, words

ABBREVIATIONS = Abbreviations(
    phrases=meanings(
        """
        p. ej.:por|ejemplo; a. C.:antes de|cristo; d. C.:después de|cristo;
        a. de C.:antes|de|cristo; d. de C.:después|de|cristo; a. e. c.:antes de|la era|común;
        e. c.:era|común; EE. UU.:estados|unidos; EE.UU.:estados unidos; JJ. OO.:juegos|olímpicos;
        RR. HH.:recursos|humanos; CC. OO.:comisiones|obreras; FF. AA.:fuerzas|armadas;
        a. m.:de la|mañana; p. m.:de la|tarde; s. f.:sin|fecha; s. a.:sin|año;
        i. e.:es|decir; e. g.:por|ejemplo; et al.:y|otros; op. cit.:obra|citada;
        P. D.:pos|data; S. A.:sociedad|anónima; S. L.:sociedad|limitada;
        v. gr.:verbi|gracia; q. e. d.:queda|demostrado|; c. c.:con|copia;
        n. del t.:nota|del|traductor; N. del T.:nota|del|traductor; N. del A.:nota|del|autor
        """
    ),
    stopped=meanings(
        """
        sr:señor; sra:señora; sres:señores; sras:señoras; srta:señorita; dr:doctor; dra:doctora;
        dres:doctores; prof:profesor; profa:profesora; profs:profesores; lic:licenciado;
        ing:ingeniero; arq:arquitecto; d:don; dña:doña; d.ª:doña; d.a:doña; fr:fray; sto:santo;
        sta:santa; s:san; ud:usted; uds:ustedes; vd:usted; vds:ustedes; gral:general;
        cap:capítulo; caps:capítulos; cnel:coronel; tte:teniente; etc:etcétera; pág:página;
        págs:páginas; pg:página; p:página; pp:páginas; fig:figura; figs:figuras; núm:número;
        núms:números; art:artículo; arts:artículos; tab:tabla; ec:ecuación; ecs:ecuaciones;
        sec:sección; secc:sección; vol:volumen; vols:volúmenes; ed:edición; eds:editores;
        ej:ejemplo; ejs:ejemplos; cf:confróntese; cfr:confróntese; vid:véase; v:véase;
        aprox:aproximadamente; av:avenida; avda:avenida; c:calle; pza:plaza; tel:teléfono;
        tfno:teléfono; dpto:departamento; depto:departamento; univ:universidad; máx:máximo;
        mín:mínimo; min:minutos; seg:segundos; hab:habitantes; sig:siguiente; sigs:siguientes;
        ss:siguientes; párr:párrafo; apdo:apartado; cía:compañía; admón:administración; def:definición; teor:teorema; prop:proposición;
        lám:lámina; t:tomo; s.:siglo; ss.:siglos; ap:apéndice; obs:observación; vs:versus; trad:traducción; dir:director; excmo:excelentísimo; ilmo:ilustrísimo; izq:izquierda; dcha:derecha; n.º:número; n.os:números
        """
    ),
    plain=meanings(
        """
        nº:número; n.º:número; n°:número; n.°:número; núm:número; nºs:números; n.os:números;
        d.ª:doña; dª:doña; m.ª:maría; mª:maría; c/:calle; vs:versus; dr:doctor; dra:doctora;
        sr:señor; sra:señora
        """
    ),
    before_number=frozenset(words("p pp t v c cap caps art arts ed sec ap n.º nº n° s. ss.")),
    before_name=frozenset(words("d s fr c/ dr dra sr sra prof cap")),
    after_number=frozenset(words("min seg hab")),
)
"""What is written shorter in Spanish."""
