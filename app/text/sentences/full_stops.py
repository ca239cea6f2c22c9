"""Words that are written with a full stop and end no sentence, by language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FullStops:
    """What the full stop means behind the words of one language.

    Small letters, without the last full stop; a word with a capital is known in that form only.
    """

    leading: frozenset[str]
    """Something follows: "Dr. Smith", "e.g. Rome"."""
    numbered: frozenset[str]
    """A number or a letter follows, "Fig. 2"; else a capital begins a sentence."""
    loose: frozenset[str]
    """May end a sentence, "etc."; a capital behind it begins the next one, nothing else does."""
    begins: frozenset[str]
    """Words that begin sentences and are no names: "in the U.S. The army"."""
    labelled: frozenset[str]
    """Words before a letter that is a label and no initial: "plan B."."""
    begins_small: bool
    """Whether a small letter may begin a sentence in a text that has capitals, as "pandas" does."""
    dated: frozenset[str] = frozenset()
    """Small letters before a year, "b. 1879"."""
    imperative: re.Pattern[str] | None = None
    """Further words that begin sentences."""


def words_of(text: str) -> frozenset[str]:
    """A set written as a text."""
    return frozenset(text.split())


_ENGLISH = FullStops(
    leading=words_of(
        """
        dr drs mr mrs ms mx messrs prof st mt gen sen rep gov capt lt col maj sgt cpl pvt adm
        cmdr rev hon pres supt insp det attn e.g eg i.e ie cf viz vs v approx ca c.f esp incl excl
        suppl n.b p.s
        """
    ),
    numbered=words_of(
        """
        eq eqs eqn eqns fig figs tab tabs vol vols no nos nr n° sec secs sect ch chs chap chaps app
        apps
        p pp pg pgs par para art arts ref refs thm thms lem cor prop props def defs ex exs ver ed
        eds vers ser pt pts lec lect alg algo ass ax conj rem max min circa est ll fn
        jan feb mar apr jun jul aug sep sept oct nov dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat
        Sun
        """
    ),
    loose=words_of(
        """
        etc al a.m p.m b.c a.d b.c.e c.e inc ltd corp co bros llc jr sr esq dept univ assn
        ave blvd rd sq avg std resp misc temp lbs lb oz ft hr hrs mins kg km cm mm m.p.h
        ph.d m.d b.a m.a b.sc m.sc m.s d.phil ibid op cit et seq abbr adj adv freq govt orig est
        tel ext intl natl trans coeff const dim dist diff elem func param vel wt anon
        """
    ),
    begins=words_of(
        """
        the a an this that these those it its he she they we you i his her their our your my there
        here then thus hence so but and or nor yet for if in on at by from with without to of as
        after before when while where why what which who whose how is are was were do does did has
        have had can could may must shall should will would let not no yes now next first second
        third finally some many most all both each every few several such since because although
        though however moreover therefore once until unless also another one two three under over
        between during nobody nothing everybody everyone everything someone something only even
        today later meanwhile otherwise instead still perhaps maybe again see read take use note
        suppose consider assume recall
        """
    ),
    labelled=words_of(
        """
        plan point points part parts case cases set sets class type group line lines vitamin grade
        option variant step node vertex matrix vector letter variable hypothesis axis event events
        version team model angle side row column appendix exhibit language and or to is from
        """
    ),
    begins_small=True,
    dated=words_of("b d r c fl"),
)

_RUSSIAN = FullStops(
    leading=words_of(
        """
        т.е т.к т.н т.о и.о см ср напр наз проф доц акад канд докт д-р ул пл пос дер обл оз им св
        тов гр г-н г-жа гос ген полк кап лейт пер просп наб бул теор пгт г р с о п х д ок прибл
        англ лат греч нем фр франц итал исп рус устар букв преим физ мат хим биол ист
        геогр гл.обр мн ред
        сост науч технич тех спец нач зав зам дж вс фед респ мин-во м.б
        """
    ),
    numbered=words_of(
        """
        рис табл гл стр ауд с т тт ст п пп ч чч кн вып изд разд подразд ур урав ф лем опр утв след
        прил прим примеч упр зад лекц черт схем сх илл фиг ил д кв корп оф тел вер макс мин
        янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек №
        """
    ),
    loose=words_of(
        """
        т.д т.п др пр н.э э проч руб коп тыс млн млрд трлн чел кг км см.кв мм сек мин час экз шт
        долл евр соч собр авт прим.ред сокр ж.-д чел.-ч
        """
    ),
    begins=words_of(
        """
        а в во и или но да нет не на над от до по под при про с со к ко у о об за из для без через
        между после перед когда пока если то так что чтобы как где куда откуда почему зачем кто чей
        какой каков который он она оно они мы вы ты я его её их наш ваш мой твой свой это этот эта
        эти тот та те там тут здесь тогда теперь потом затем поэтому однако хотя потому ведь тоже
        также ещё уже все всё весь вся каждый любой никто ничто никакой несколько много мало один
        одна одно два две три первый второй третий пусть положим иначе итак наконец сначала сейчас
        сегодня вчера позже раньше лишь только даже нам им ему ей есть был была было были будет
        будут можно нужно надо нельзя см никого ничего
        """
    ),
    labelled=words_of(
        """
        план плана плану планом точка точки точку точкой точке множество множества множеству вариант
        варианта пункт пункта часть части случай случае класс класса тип типа группа группы группу
        витамин витамина буква буквы букву матрица матрицы матрицу вектор вектора прямая прямой
        вершина вершины вершину и или через
        """
    ),
    begins_small=False,
    # "Докажем это", "Проведём прямую", "Решите задачу": lecturers address themselves and others.
    imperative=re.compile(r"\w{3,}(?:ём|ем|шим|жим|чим|тим|вим|дим|оим|ним|лим|йте|ите|ьте)"),
)

_GERMAN = FullStops(
    leading=words_of(
        """
        z.b d.h z.z u.a i.d.r s.o s.u o.ä.m vgl dr prof hr fr frau st sog bzw ca evtl ggf inkl exkl
        zzgl mind gem lt dipl ing mag phil med jun kath ev m.e u.u z.t v.a i.a o.g bspw
        """
    ),
    numbered=words_of(
        """
        abb tab s kap nr art abs bd bde gl abschn anm aufl bsp def fig jh jg seite str zif ziff
        jan feb febr mär apr jun jul aug sep sept okt nov dez max min
        """
    ),
    loose=words_of("usw etc u.s.w u.ä o.ä v.chr n.chr chr mio mrd std sek min co inc"),
    begins=words_of(
        """
        der die das den dem des ein eine einen einem einer er sie es wir ihr ich dies diese dieser
        dieses da dann dort hier so und aber oder denn doch wenn weil als wie wo wer was warum in im
        an am auf aus bei mit nach von vom zu zum zur für durch über unter vor hinter zwischen man
        nun jetzt auch nur noch schon alle viele einige jeder jede jedes kein keine nicht ist sind
        war waren hat haben kann können muss soll wird werden heute später danach sei seien
        """
    ),
    labelled=words_of("plan punkt menge fall typ klasse gruppe teil vitamin matrix vektor"),
    begins_small=False,
)

_FRENCH = FullStops(
    leading=words_of(
        """
        m mm mme mmes mlle mlles dr drs pr prof profs st ste sts mgr me gén col cf env av apr bd
        boul pl ex p.ex i.e c.-à-d c.à.d vs
        """
    ),
    numbered=words_of(
        """
        fig figs tab p pp vol chap ch sect art al l r no n° nº nos t éd eq éq def déf th thm prop
        lem cor rem ann app réf tél lun mar mer jeu ven sam dim janv févr fév avr juil sept oct nov
        déc max min
        """
    ),
    loose=words_of(
        """
        etc j.-c apr.j.-c av.j.-c ap.j.-c inc ltd co cie sté hab resp ibid id sq sqq suiv coll km
        kg
        """
    ),
    begins=words_of(
        """
        le la les l un une des du de il elle ils elles on nous vous je tu ce cet cette ces c ça et
        ou mais donc or ni car si en dans sur sous par pour avec sans chez à au aux après avant
        quand où qui que quoi quel quelle comment pourquoi alors ainsi puis ensuite ici là est sont
        était soit voici voilà tous toutes chaque aucun rien maintenant aujourd'hui plus son sa ses
        """
    ),
    labelled=words_of("plan point ensemble cas type classe groupe partie vitamine matrice vecteur"),
    begins_small=False,
)

_SPANISH = FullStops(
    leading=words_of(
        """
        sr sra sres sras srta srtas dr dra dres dras prof profa profs lic ing arq abg d dña fr hno
        hna hnos st sta sto mt ud uds vd vds gral cnel tte excmo excma ilmo ilma cf cfr vid v p.ej
        i.e e.g v.gr ej ejs aprox av avda pza c ctra tel tfno dpto depto univ
        """
    ),
    numbered=words_of(
        """
        fig figs tab pág págs pg párr párrs apdo p pp vol vols t cap caps art arts núm núms n°
        n.° no n.º nº n.os s ss lám ap cuad ed eds trad ec ecs def teor prop cor obs sec secc lun
        mar mié jue vie sáb dom ene feb mar abr may jun jul ago agto sep sept set oct nov dic
        máx mín
        """
    ),
    loose=words_of(
        """
        etc ee.uu jj.oo rr.hh cc.oo cc.aa ff.aa dd.hh a.c d.c a.e.c d.j.c a.m p.m s.a s.l s.f cía
        hab km kg vs et al op cit loc h min seg sig sigs q.e.d izq dcha
        """
    ),
    begins=words_of(
        """
        el la los las un una unos unas él ella ellos ellas yo tú usted nosotros este esta estos
        estas ese esa eso esto aquel y o pero si en de del a al por para con sin sobre desde hasta
        cuando donde quien que qué cómo cuándo dónde quién cuál porque así entonces luego después
        antes aquí allí es son era fue hay no sí ya también todo todos cada ninguno nada ahora hoy
        su sus lo se
        """
    ),
    labelled=words_of("plan punto conjunto caso tipo clase grupo parte vitamina matriz vector"),
    begins_small=False,
)

_ITALIAN = FullStops(
    leading=words_of(
        """
        reg sent sig sig.ra sig.na sigg sigg.re dott dott.ssa dott.ri dr dr.ssa prof prof.ssa proff
        ing avv avv.ssa on arch geom rag mons sac don dir pres amm psicol egr gent gent.mo gent.ma
        spett ill.mo chiar.mo cfr cf es p.es ad.es ess v vd ca c s ss.ma c.d c.so v.le p.zza p.za
        l.go f.lli d.lgs dipl tel cell trad rist vs
        """
    ),
    numbered=words_of(
        """
        fig figg tab tabb tav tavv pag pagg p pp vol voll cap capp art artt n nn nr num n° nº sec
        secc sez par parr ed edd eq eqq def teor prop lem cor app all co lett t l
        gen genn feb febb febbr mar apr mag magg giu lug ago set sett ott nov dic max min
        lun mart merc giov ven sab dom
        """
    ),
    loose=words_of(
        """
        ecc etc a.c d.c av.c s.p.a s.r.l d.p.r n.b p.s c.v.d ss sgg seg segg cit op.cit ibid id al
        abit ab km kg cm mm mq mc hz prec succ ult risp resp cost
        """
    ),
    begins=words_of(
        """
        il lo la i gli le l un uno una egli lui lei essa loro noi voi io tu questo questa questi
        queste quello quella e o ma se in di del della a al alla da dal per con senza su sul tra fra
        quando dove chi che cosa come perché così allora poi dopo prima qui là è sono era fu c'è ci
        non sì ora oggi anche tutto tutti ogni nessuno niente suo sua al allo ai agli alle dallo dai
        dagli dalle dello dei degli delle nel nello nella nei negli nelle sullo sulla sui sugli
        sulle si siano sia sarà ecco infine inoltre tuttavia dunque quindi perciò infatti però
        mentre dopo durante secondo qualche alcuni alcune molti molte né ne vedi un' l' c' all'
        dall' nell' sull' dell' quest' quell' dov' com' cos'
        """
    ),
    labelled=words_of("piano punto insieme caso tipo classe gruppo parte vitamina matrice vettore"),
    begins_small=False,
)

BY_LANGUAGE: Mapping[str, FullStops] = {
    "en": _ENGLISH,
    "ru": _RUSSIAN,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
}
