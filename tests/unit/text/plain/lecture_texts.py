"""Texts of several languages, and the encodings that programs have written them in."""

from __future__ import annotations

TEXTS = {
    "ru": (
        "Сегодня мы рассмотрим, как устроены компьютерные сети. Каждый узел имеет адрес, и этот "
        "адрес записывают числами. Лекция № 7 посвящена протоколу TCP: он следит за тем, чтобы ни "
        "один пакет не потерялся. Что же происходит, если пакет всё-таки пропал? Отправитель ждёт "
        "подтверждения и посылает его ещё раз. «Это просто», — скажете вы. Да, но подъезд к дому "
        "объявили закрытым, и я не смог пройти. В 1990-х гг. сети росли очень быстро. Жизнь "
        "человека меняется, язык меняется вместе с ней; я думаю, что это хорошо. Рассмотрим "
        "второй закон Ньютона: сила равна произведению массы на ускорение. Щука съела ёжика, а "
        "эхо разнесло его фырканье по всему лесу. Юный цирюльник шёл по площади. При температуре "
        "20 °C вода остаётся жидкой."
    ),
    "uk": (
        "Сьогодні ми розглянемо, як влаштовані комп'ютерні мережі. Кожен вузол має адресу, і цю "
        "адресу записують числами. Що відбувається, якщо пакет зник? Відправник чекає "
        "підтвердження та надсилає його ще раз. Життя людини змінюється, і мова змінюється разом "
        "із нею. Його ґанок був пофарбований у синій колір, а їжак жив поруч."
    ),
    "en": (
        "Today we’ll look at how computer networks are built. Every node has an address, and it’s "
        "written as numbers. “What happens when a packet is lost?” the student asked — and nobody "
        "knew. The café was naïve about its résumé. A price of £5 or €6 isn’t much; the "
        "temperature was 20 °C. The Müller family doesn’t live here – they moved to Zürich in "
        "1998."
    ),
    "de": (
        "Heute betrachten wir, wie Rechnernetze aufgebaut sind. Jeder Knoten hat eine Adresse, "
        "die man als Zahl schreibt. Was geschieht, wenn ein Paket verloren geht? Der Absender "
        "wartet auf die Bestätigung und schickt es noch einmal. „Das ist ganz einfach“, sagen Sie "
        "vielleicht. Für große Netze gilt das nicht: Die Straße führt über Österreich nach "
        "Übersee. Ähnliche Überlegungen gehören in die nächste Vorlesung. Bei 20 °C ist Wasser "
        "flüssig."
    ),
    "fr": (
        "Aujourd'hui nous allons étudier comment les réseaux sont construits. Chaque nœud possède "
        "une adresse, et cette adresse s'écrit avec des nombres. Que se passe-t-il lorsqu'un "
        "paquet est perdu ? L’expéditeur attend la confirmation puis l’envoie à nouveau. « C'est "
        "très simple », dites-vous. Où est passé l'été ? À Noël, le garçon a reçu une leçon de "
        "français à l'école. Ça dépend du côté de l'île : le goût du maïs y est différent. À 20 "
        "°C, l’eau est liquide et coûte 5 €."
    ),
    "es": (
        "Hoy vamos a estudiar cómo están construidas las redes. Cada nodo tiene una dirección, y "
        "esa dirección se escribe con números. ¿Qué ocurre cuando se pierde un paquete? El emisor "
        "espera la confirmación y lo envía otra vez. «Es muy fácil», dirá usted. El niño pequeño "
        "comió piñas en España durante el otoño. ¡Qué vergüenza! La información más importante "
        "está en la última página. Él también habló de la energía y de la situación económica."
    ),
    "it": (
        "Oggi studiamo come sono costruite le reti. Ogni nodo ha un indirizzo, e questo indirizzo "
        "si scrive con dei numeri. Che cosa succede quando un pacchetto è andato perduto? Il "
        "mittente aspetta la conferma e poi lo invia di nuovo. Perché no? La città è più bella di "
        "così, e la verità non può più attendere. Lunedì andrò all’università. È necessario "
        "capire la qualità del segnale. Già, ma ciò non basta."
    ),
    "pt": (
        "Hoje vamos estudar como são construídas as redes. Cada nó tem um endereço, e esse "
        "endereço é escrito com números. O que acontece quando um pacote se perde? O emissor "
        "espera a confirmação e o envia outra vez. Não é difícil, dirá você. A informação mais "
        "importante está na última página. As crianças comeram maçãs à tarde; os cães também. "
        "Você já lê bem em português?"
    ),
    "pl": (
        "Dzisiaj zobaczymy, jak zbudowane są sieci komputerowe. Każdy węzeł ma adres, a ten adres "
        "zapisuje się liczbami. Co się dzieje, gdy pakiet zginie? Nadawca czeka na potwierdzenie "
        "i wysyła go jeszcze raz. „To bardzo proste”, powiecie. Źródło światła jest dość mocne, "
        "więc życie płynie dalej. Człowiek uczy się całe życie, a język zmienia się razem z nim. "
        "Łódź leży w środku Polski. Pójdźże, kiń tę chmurność w głąb flaszy."
    ),
    "cs": (
        "Dnes se podíváme na to, jak jsou postaveny počítačové sítě. Každý uzel má adresu a tu "
        "zapisujeme čísly. Co se stane, když se paket ztratí? Odesílatel čeká na potvrzení a "
        "pošle ho ještě jednou. „To je úplně jednoduché“, řeknete. Příliš žluťoučký kůň úpěl "
        "ďábelské ódy. Život člověka se mění a jazyk se mění spolu s ním. Řeka teče pod mostem v "
        "Praze. Škola začíná v září, výuka trvá týden."
    ),
    "el": (
        "Σήμερα θα δούμε πώς είναι φτιαγμένα τα δίκτυα υπολογιστών. Κάθε κόμβος έχει μια "
        "διεύθυνση, και αυτή γράφεται με αριθμούς. Τι συμβαίνει όταν χαθεί ένα πακέτο; Ο "
        "αποστολέας περιμένει την επιβεβαίωση και το στέλνει ξανά. Η ζωή του ανθρώπου αλλάζει και "
        "η γλώσσα αλλάζει μαζί της."
    ),
    "tr": (
        "Bugün bilgisayar ağlarının nasıl kurulduğunu göreceğiz. Her düğümün bir adresi vardır ve "
        "bu adres sayılarla yazılır. Bir paket kaybolursa ne olur? Gönderen onay bekler ve paketi "
        "yeniden yollar. Çok basit diyebilirsiniz. İstanbul büyük bir şehirdir; çocuklar okula "
        "gidiyor, ışık sönüyor."
    ),
}

_WEST = ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850")
_CENTRAL = ("cp1250", "iso8859-2", "cp852", "mac-latin2")
_RUSSIAN = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")

ENCODINGS = {
    **dict.fromkeys(("en", "de", "fr", "es", "it", "pt"), _WEST),
    **dict.fromkeys(("pl", "cs"), _CENTRAL),
    "ru": _RUSSIAN,
    "uk": ("cp1251", "koi8-u", "mac-cyrillic"),
    "el": ("cp1253", "iso8859-7", "cp737"),
    "tr": ("cp1254", "cp857"),
}

EAST_ASIAN = (
    (
        "今日はコンピュータネットワークの仕組みを見ていきます。各ノードにはアドレスがあり、それは数字で"
        "書かれます。パケットが失われたらどうなるでしょうか。送信者は確認を待ち、もう一度送ります。",
        ("shift_jis", "euc_jp"),
    ),
    (
        "今天我们来看看计算机网络是怎样构成的。每个节点都有一个地址，这个地址用数字来表示。如果数据包"
        "丢失了，会发生什么？发送方等待确认，然后再发送一次。",
        ("gb2312", "gb18030"),
    ),
    (
        "今天我們來看看電腦網路是怎樣構成的。每個節點都有一個位址，這個位址用數字來表示。如果封包遺失"
        "了，會發生什麼？發送方等待確認，然後再發送一次。",
        ("big5", "gb18030"),
    ),
    (
        "오늘 우리는 컴퓨터 네트워크가 어떻게 만들어지는지 살펴보겠습니다. "
        "모든 노드에는 주소가 있으며 숫자로 적습니다.",
        ("euc_kr", "cp949"),
    ),
)
"""Texts and the encodings that they are written in."""

OTHERS = (
    (
        "Hôm nay chúng ta sẽ xem mạng máy tính được xây dựng như thế nào. Mỗi nút có một địa chỉ.",
        ("cp1258",),
    ),
    (
        "วันนี้เราจะมาดูว่าเครือข่ายคอมพิวเตอร์สร้างขึ้นอย่างไร แต่ละโหนดมีที่อยู่",
        ("cp874",),
    ),
)
"""The same of languages whose encodings the service does not know."""
