"""Italian abbreviations."""

from __future__ import annotations

from app.text.romance.language import Abbreviations
from app.text.tables import meanings, words

_PHRASES = meanings(
    """
    p. es.:per|esempio; n. di:numero|di; n. verde:numero|verde; A. A.:anno|accademico;
    a. a.:anno|accademico; AA. VV.:autori|vari; per es.:per|esempio; ad es.:ad|esempio;
    a. C.:avanti|cristo; av. C.:avanti|cristo; d. C.:dopo|cristo; S.p.A.:esse pi a;
    S. p. A.:esse|pi|a; S.r.l.:esse erre elle; s.l.m.:sul livello del mare;
    s. l. m.:sul|livello|del mare; op. cit.:opera|citata; loc. cit.:luogo|citato;
    trad. it.:traduzione|italiana; ed. it.:edizione|italiana; c. d.:così|detto;
    c. v. d.:come|volevasi|dimostrare; C. V. D.:come|volevasi|dimostrare; N. B.:nota|bene;
    n. b.:nota|bene; P. S.:post|scriptum; i. e.:cioè|; e. g.:per|esempio; et al.:e|altri;
    m. c. m.:minimo|comune|multiplo; m. c. d.:massimo|comun|divisore;
    M. C. D.:massimo|comun|divisore; t. c.:tale|che; s. v.:sotto|voce; s. d.:senza|data;
    D. Lgs.:decreto|legislativo; d. lgs.:decreto|legislativo; D. L.:decreto|legge;
    d. l.:decreto|legge; c. c.:codice|civile; c. p.:codice|penale;
    c. p. c.:codice|di procedura|civile; c. p. p.:codice|di procedura|penale; q. b.:quanto|basta;
    q. e. d.:quod|erat|demonstrandum; a. m.:di|mattina; p. m.:di|pomeriggio; R. U.:regno|unito
    """
)
_SAINTS = (
    (
        "santa",
        "Maria Chiara Caterina Lucia Teresa Rita Cecilia Croce Monica Marta Monaca Margherita",
    ),
    ("santo", "Stefano Spirito"),
)
_SAINTS_BEFORE_VOWELS = (
    "Antonio Ambrogio Agostino Andrea Anna Angelo Anselmo Agata Elena Agnese Alfonso"
)

ABBREVIATIONS = Abbreviations(
    phrases=_PHRASES
    | {f"S. {name}": f"{saint}|{name.lower()}" for saint, names in _SAINTS for name in words(names)}
    # The elision is one word with the name.
    | {f"S. {name}": f"sant'{name.lower()}|" for name in words(_SAINTS_BEFORE_VOWELS)},
    stopped=meanings(
        """
        sig:signor; sigg:signori; sig.ra:signora; sigra:signora; sig.na:signorina; sigg.re:signore;
        dott:dottor; dott.ssa:dottoressa; dott.sse:dottoresse; dott.ri:dottori; dr:dottor;
        dr.ssa:dottoressa; prof:professor; prof.ssa:professoressa; proff:professori;
        prof.ri:professori; avv:avvocato; avv.ssa:avvocatessa; ing:ingegner; arch:architetto;
        geom:geometra; rag:ragionier; on:onorevole; sen:senatore; mons:monsignor; gen:generale;
        col:colonnello; cap:capitolo; capp:capitoli; magg:maggiore; ten:tenente; dir:direttore;
        pres:presidente; min:minimo; egr:egregio; gent.mo:gentilissimo; gent.ma:gentilissima;
        gent:gentile; spett:spettabile; ill.mo:illustrissimo; chiar.mo:chiarissimo; Ss:santi;
        c:circa; co:comma; lett:lettera; all:allegato; cell:cellulare; sent:sentenza;
        reg:regolamento; riv:riveduta; mer:mercoledì; gio:giovedì; ecc:eccetera; etc:eccetera;
        es:per esempio; ess:esempi; cfr:confronta; cf:confronta; v:vedi; vd:vedi; pag:pagina;
        pagg:pagine; p:pagina; pp:pagine; art:articolo; artt:articoli; fig:figura; figg:figure;
        tab:tabella; tabb:tabelle; tav:tavola; tavv:tavole; n:numero; nn:numeri; nr:numero;
        num:numero; vol:volume; voll:volumi; t:tomo; sec:secolo; secc:secoli; sez:sezione;
        par:paragrafo; parr:paragrafi; cost:costituzione; eq:equazione; eqq:equazioni;
        def:definizione; teor:teorema; prop:proposizione; lem:lemma; cor:corollario;
        dim:dimostrazione; oss:osservazione; es.ne:esempio; ca:circa; c.ca:circa; ss:seguenti;
        sgg:seguenti; seg:seguente; segg:seguenti; ibid:ibidem; id:idem; rist:ristampa; ed:edizione;
        edd:edizioni; trad:traduzione; introd:introduzione; app:appendice; bibl:biblioteca;
        rif:riferimento; vs:versus; max:massimo; tel:telefono; univ:università; dip:dipartimento;
        dipl:diploma; lat:latino; gr:greco; it:italiano; ingl:inglese; ted:tedesco; sp:spagnolo;
        agg:aggettivo; avv.bio:avverbio; sing:singolare; plur:plurale; masch:maschile;
        femm:femminile; pop:popolazione; popol:popolazione; ab:abitanti; abit:abitanti;
        prov:provincia; c.so:corso; v.le:viale; p.zza:piazza; p.za:piazza; l.go:largo; s:san;
        ss.ma:santissima; f.lli:fratelli; lun:lunedì; mart:martedì; merc:mercoledì; giov:giovedì;
        ven:venerdì; sab:sabato; dom:domenica; approx:circa; resp:rispettivamente;
        risp:rispettivamente; prec:precedente; succ:successivo; ult:ultimo; op:opera;
        temp:temperatura; lez:lezione; lezz:lezioni; cap.li:capitoli; mill:millennio; l:legge;
        spec:specialmente; cit:citato; sim:simili; cm:centimetri
        """
    ),
    plain=meanings(
        """
        n°:numero; nº:numero; №:numero; nn°:numeri; §§:paragrafi; sig.ra:signora; sig.na:signorina;
        dott.ssa:dottoressa; dr.ssa:dottoressa; prof.ssa:professoressa; avv.ssa:avvocatessa;
        Dr:dottor; Dott:dottor; Prof:professor; Sig:signor; c.so:corso; v.le:viale; p.zza:piazza;
        p.za:piazza; l.go:largo; f.lli:fratelli; C.so:corso; V.le:viale; vs:versus; cfr:confronta;
        ecc:eccetera; a.C:avanti cristo; d.C:dopo cristo; sse:se e solo se; h:ore; mln:milioni;
        mld:miliardi; etc:eccetera; &:e; spett.le:spettabile; att.ne:attenzione;
        preg.mo:pregiatissimo; on.le:onorevole; Ø:diametro; lun.-ven:da lunedì a venerdì;
        lun-ven:da lunedì a venerdì; lun.-sab:da lunedì a sabato; lun-sab:da lunedì a sabato;
        gent.mo:gentilissimo; gent.ma:gentilissima; ill.mo:illustrissimo; chiar.mo:chiarissimo;
        tel:telefono; cell:cellulare
        """
    ),
    numbered={"es": "esempio"},
    before_number=frozenset(
        words(
            """
            h l op
            p pp n nn  nr num t art artt cap capp fig figg tab tabb tav tavv vol voll sec secc
            eq eqq prop cor app par parr es.ne min c co all
            """
        )
    ),
    before_name=frozenset(words("s Dr Prof Sig Dott on gen col cap magg ten sen ing arch Ss")),
    after_number=frozenset(words("ab abit cm sec secc")),
)
"""What Italian writes shorter than it is said."""
