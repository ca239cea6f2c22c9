"""What is written shorter in Spanish than it is said."""

from __future__ import annotations

from app.text.romance.language import Abbreviations
from app.text.tables import meanings, words

ABBREVIATIONS = Abbreviations(
    phrases=meanings(
        """
        p. ej.:por|ejemplo; a. C.:antes de|cristo; d. C.:después de|cristo;
        a. J. C.:antes de||cristo; a. de C.:antes|de|cristo; d. de C.:después|de|cristo;
        a. e. c.:antes de|la era|común; d. J. C.:después de||cristo; e. c.:era|común;
        EE. UU.:estados|unidos; EE UU:estados|unidos; JJ. OO.:juegos|olímpicos;
        RR. HH.:recursos|humanos; CC. OO.:comisiones|obreras; FF. AA.:fuerzas|armadas;
        CC. AA.:comunidades|autónomas; DD. HH.:derechos|humanos; a. m.:a|eme; p. m.:pe|eme;
        s. f.:sin|fecha; s. a.:sin|año; i. e.:es|decir; e. g.:por|ejemplo; et al.:y|otros;
        op. cit.:obra|citada; loc. cit.:lugar|citado; S. A.:ese|a; S. L.:ese|ele;
        v. gr.:verbi|gracia; q. e. d.:cu|e|de; N. del T.:nota|del|traductor;
        N. del A.:nota|del|autor; s. n. m.:sobre el nivel|del|mar;
        m. s. n. m.:metros sobre|el nivel|del|mar; C. P.:código|postal; p. p.:puntos|porcentuales;
        m. a.:millones de|años; S. M.:su|majestad; SS. MM.:sus|majestades; S. A. R.:su|alteza|real;
        S. S.:su|santidad; Vto. B.º:visto|bueno; P. D.:pos|data
        """
    ),
    stopped=meanings(
        """
        sr:señor; sra:señora; sres:señores; sras:señoras; srta:señorita; srtas:señoritas; dr:doctor;
        dra:doctora; dres:doctores; dras:doctoras; prof:profesor; profa:profesora; profs:profesores;
        lic:licenciado; ing:ingeniero; arq:arquitecto; abg:abogado; d:don; dña:doña; fr:fray;
        sto:santo; sta:santa; s:san; hno:hermano; hna:hermana; hnos:hermanos; ud:usted; uds:ustedes;
        vd:usted; vds:ustedes; gral:general; cnel:coronel; cap:capítulo; caps:capítulos;
        tte:teniente; excmo:excelentísimo; excma:excelentísima; ilmo:ilustrísimo; ilma:ilustrísima;
        etc:etcétera; pág:página; págs:páginas; pg:página; p:página; pp:páginas; párr:párrafo;
        párrs:párrafos; apdo:apartado; fig:figura; figs:figuras; tab:tabla; núm:número;
        núms:números; n.º:número; n.os:números; art:artículo; arts:artículos; ec:ecuación;
        ecs:ecuaciones; sec:sección; secc:sección; vol:volumen; vols:volúmenes; t:tomo; lám:lámina;
        ap:apéndice; cuad:cuadro; ed:edición; eds:editores; trad:traducción; ej:ejemplo;
        ejs:ejemplos; def:definición; teor:teorema; prop:proposición; cor:corolario; cf:compárese;
        cfr:compárese; vid:véase; v:véase; ss:siguientes; sig:siguiente; sigs:siguientes;
        obs:observación; aprox:aproximadamente; máx:máximo; mín:mínimo; av:avenida; avda:avenida;
        pza:plaza; c:calle; ctra:carretera; tel:teléfono; tfno:teléfono; dpto:departamento;
        depto:departamento; univ:universidad; fac:facultad; cía:compañía; min:minutos; seg:segundos;
        hab:habitantes; h:horas; vs:versus; izq:izquierda; dcha:derecha; incl:incluido;
        cts:céntimos; pta:peseta; ptas:pesetas; reimp:reimpresión; ibíd:ibídem; ibid:ibídem;
        mons:monseñor; rvdo:reverendo;
        rvda:reverenda; lun:lunes; mar:martes; mié:miércoles; jue:jueves; vie:viernes; sáb:sábado;
        dom:domingo; adj:adjetivo; sust:sustantivo; lat:latín; gr:griego; esp:español; ingl:inglés
        """
    ),
    plain=meanings(
        """
        nº:número; n.º:número; n°:número; n.°:número; nºs:números; n.os:números; s/n:sin número;
        tª:temperatura;
        d.ª:doña; dª:doña; m.ª:maría; mª:maría; c/:calle; vs:versus; dr:doctor; dra:doctora;
        sr:señor; sra:señora; srta:señorita
        """
    ),
    numbered=meanings("s:siglo; ss:siglos; c:circa; ca:circa"),
    before_number=frozenset(
        words(
            """
            p pp t v ap art arts sec n.º nº n° n.° mar dom tab
            """
        )
    ),
    before_name=frozenset(words("d s fr c c/")),
    after_number=frozenset(words("min seg hab h")),
)
"""What is written shorter in Spanish."""
