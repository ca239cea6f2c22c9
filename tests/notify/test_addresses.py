"""Where webhooks lead: to the internet, and nowhere inside, however the address is written.

Sockets of this machine listen meanwhile, and count who comes.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

import psutil
import pytest

from app.notify import addresses as judging
from app.notify.addresses import Allowed, is_global
from app.notify.deliverer import Manner, attempt
from app.notify.queue import Due
from tests.notify.receiver import receiving


@dataclass
class Trap:
    """Sockets that nobody is to come to."""

    port: int
    private: str
    """An address of this machine that is neither of the loopback nor of the internet."""
    came: list[str] = field(default_factory=list)

    def has_caught(self) -> list[str]:
        """Who came, once all that was on its way is here."""
        time.sleep(0.05)
        return self.came


def _private_address() -> str | None:
    for interface in psutil.net_if_addrs().values():
        for each in interface:
            if each.family == socket.AF_INET and not each.address.startswith("127."):
                return each.address
    return None


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    private = _private_address()
    hosts = [
        (socket.AF_INET, "127.0.0.1"),
        (socket.AF_INET, "127.0.0.2"),
        (socket.AF_INET6, "::1"),
        *([(socket.AF_INET, private)] if private else []),
    ]
    with ExitStack() as opened, selectors.DefaultSelector() as selector:
        port = 0
        for family, host in hosts:
            listening = opened.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listening.bind((host, port))
            port = listening.getsockname()[1]
            listening.listen()
            listening.setblocking(False)
            selector.register(listening, selectors.EVENT_READ, host)
        caught = Trap(port, private or "192.168.0.1")
        ended = threading.Event()
        thread = threading.Thread(target=_watch, args=(selector, caught, ended))
        thread.start()
        yield caught
        ended.set()
        thread.join()


def _watch(selector: selectors.DefaultSelector, trap: Trap, ended: threading.Event) -> None:
    while not ended.is_set():
        for key, _ in selector.select(0.01):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.accept()[0].close()
            trap.came.append(key.data)


def test_the_trap_catches_whoever_is_allowed(trap: Trap) -> None:
    allowed = Allowed(hosts=frozenset({"127.0.0.1", "localhost", "::1"}))
    for host in ("127.0.0.1", "localhost", "[::1]"):
        send(f"http://{host}:{trap.port}/", allowed=allowed)
    assert set(trap.has_caught()) >= {"127.0.0.1", "::1"}
    trap.came.clear()


NOTHING = Allowed()


def always(*addresses: str) -> Callable[[str], list[str]]:
    """A stand-in for DNS that tells these of every name."""
    return lambda _host: list(addresses)


def send(
    url: str,
    *,
    allowed: Allowed = NOTHING,
    resolve: Callable[[str], list[str]] | None = None,
) -> str | None:
    """Send a message as the deliverer does; why it did not arrive."""
    due = Due(1, "worker", "acme", None, url, "webhook.test", "{}", 0, ("whsec_" + "A" * 32,))
    tried, _ = attempt(due, Manner(allowed, try_seconds=2.0, resolve=resolve))
    return tried.error


INSIDE = [
    # The loopback, as resolvers and browsers read it.
    "http://127.0.0.1:{port}/",
    "http://127.0.0.2:{port}/",
    "http://127.255.255.254:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://127:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0X7F000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f.0x0.0x0.0x1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.1:{port}/",
    "http://017700000001:{port}/",
    "http://00000000177.0.0.1:{port}/",
    "http://127.0.0.01:{port}/",
    "http://127.0.0.0x1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.0.0.256:{port}/",
    "http://127.0.0.1.1:{port}/",
    "http://4294967297:{port}/",
    "http://127.0.0.1%00:{port}/",
    "http://127%2e0%2e0%2e1:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://%6cocalhost:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://ｌocalhost:{port}/",
    "http://loc\u00adalhost:{port}/",
    "http://loca\u200dlhost:{port}/",
    # No host, or the host that means every address.
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://0x0:{port}/",
    "http://00000:{port}/",
    "http://:{port}/",
    "http:///",
    "http://./",
    "http://..:{port}/",
    # IPv6 that is the loopback, or holds it.
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[0000::0001]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:7f00:1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::80ff:fffe]:{port}/",
    "http://[2001:4860::5efe:7f00:1]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[::1%lo]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fec0::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://[2001:db8::1]:{port}/",
    "http://[3fff::1]:{port}/",
    "http://[::1:{port}/",
    "http://::1:{port}/",
    "http://[127.0.0.1]:{port}/",
    # Networks that are nobody's on the internet.
    "http://{private}:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.16.0.1:{port}/",
    "http://172.31.255.254:{port}/",
    "http://192.168.1.1:{port}/",
    "http://100.64.0.1:{port}/",
    "http://100.127.255.254:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.0.0.1:{port}/",
    "http://192.0.2.1:{port}/",
    "http://198.18.0.1:{port}/",
    "http://198.51.100.1:{port}/",
    "http://203.0.113.1:{port}/",
    "http://192.88.99.1:{port}/",
    "http://224.0.0.1:{port}/",
    "http://240.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    # Two readers, two hosts.
    "http://8.8.8.8@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@8.8.8.8/",
    "http://user:word@localhost:{port}/",
    "http://8.8.8.8:80@127.0.0.1:{port}/",
    "http://8.8.8.8\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@8.8.8.8/",
    "http://8.8.8.8#@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#.example.com/",
    "http://127.0.0.1 :{port}/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}\r\nX: y/",
    "http:\\\\127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "http://127.0.0.1:+{port}/",
    "http://127.0.0.1:0{port}0/",
    "http://127.0.0.1:{port}:80/",
    # Other ways to speak.
    "https://127.0.0.1:{port}/",
    "https://localhost:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "unix:///run/docker.sock",
    "javascript://127.0.0.1:{port}/",
    "HTTP+unix://%2frun%2fdocker.sock/",
    "",
]


@pytest.mark.parametrize("form", INSIDE)
def test_no_form_of_an_internal_address_is_connected_to(trap: Trap, form: str) -> None:
    url = form.replace("{port}", str(trap.port)).replace("{private}", trap.private)
    assert send(url) in ("address_refused", "host_not_found")
    assert trap.has_caught() == []


INNER = [
    "127.0.0.1",
    "::1",
    "10.0.0.5",
    "169.254.169.254",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "fe80::1%lo",
    "0.0.0.0",
    "::",
]


@pytest.mark.parametrize("inner", INNER)
def test_a_name_with_one_internal_address_is_refused_whole(trap: Trap, inner: str) -> None:
    for answers in ([inner], ["8.8.8.8", inner], [inner, "8.8.8.8"]):
        error = send(f"http://rebound.example:{trap.port}/", resolve=always(*answers))
        assert error == "address_refused"
    assert trap.has_caught() == []


def test_a_name_whose_answers_change_is_looked_up_once(
    trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address that was judged is connected to, whatever the name says by then."""
    asked: list[str] = []
    connected: list[object] = []

    def resolve(host: str) -> list[str]:
        """A stand-in for a name server of an attacker: at the second look it tells the loopback."""
        asked.append(host)
        return ["8.8.8.8"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address: object, timeout: float) -> socket.socket:
        """Stands in for the way to 8.8.8.8, which a machine of tests may lack."""
        del timeout
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert send(f"http://rebound.example:{trap.port}/", resolve=resolve) == "connection_refused"
    assert (asked, connected) == (["rebound.example"], [("8.8.8.8", trap.port)])
    assert send(f"http://rebound.example:{trap.port}/", resolve=resolve) == "address_refused"
    assert (len(connected), trap.has_caught()) == (1, [])


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(trap: Trap, status: int) -> None:
    inside = {"Location": f"http://localhost:{trap.port}/"}
    allowed = Allowed(hosts=frozenset({"127.0.0.1"}))
    with receiving(lambda _number: (status, inside)) as receiver:
        assert send(receiver.url, allowed=allowed) == "redirect"
        assert len(receiver.messages) == 1
    assert trap.has_caught() == []


def test_no_proxy_of_the_environment_is_asked(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.2:{trap.port}")
    with receiving() as receiver:
        assert send(receiver.url, allowed=Allowed(hosts=frozenset({"127.0.0.1"}))) is None
    assert trap.has_caught() == []


def test_an_allowed_network_counts_for_addresses_and_no_others(trap: Trap) -> None:
    allowed = Allowed(networks=(ip_network("127.0.0.1/32"),))
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "lms.example")
        assert send(url, allowed=allowed, resolve=always("127.0.0.1")) is None
    for inner in ("127.0.0.2", "::1", "::ffff:127.0.0.1"):
        url = f"http://lms.example:{trap.port}/"
        assert send(url, allowed=allowed, resolve=always(inner)) == "address_refused"
    assert trap.has_caught() == []


def test_an_allowed_host_with_a_port_is_allowed_at_that_port_only(trap: Trap) -> None:
    with receiving() as receiver:
        allowed = Allowed(hosts=frozenset({f"localhost:{receiver.port}"}))
        assert send(receiver.url.replace("127.0.0.1", "localhost"), allowed=allowed) is None
    assert send(f"http://localhost:{trap.port}/", allowed=allowed) == "address_refused"
    assert send(f"http://127.0.0.1:{trap.port}/", allowed=allowed) == "address_refused"
    assert trap.has_caught() == []


def test_an_address_of_this_machine_is_refused_even_if_it_is_of_the_internet(
    trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This machine's is none of the internet, and is taken for one here."""
    monkeypatch.setattr(judging, "is_global", lambda _address: True)
    assert send(f"http://{trap.private}:{trap.port}/") == "address_refused"
    assert trap.has_caught() == []


@pytest.mark.parametrize("port", [0, 1, 22, 25, 53, 81, 110, 443000, 65536])
def test_ports_of_other_services_are_refused(port: int) -> None:
    assert send(f"http://8.8.8.8:{port}/") == "address_refused"


def test_plain_http_is_refused_where_the_settings_say_so() -> None:
    with receiving() as receiver:
        allowed = Allowed(hosts=frozenset({"127.0.0.1"}), https_only=True)
        assert send(receiver.url, allowed=allowed) == "address_refused"
        assert receiver.messages == []


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"]
)
def test_addresses_of_the_internet_are_global(address: str) -> None:
    assert is_global(ip_address(address))


def test_a_name_server_that_does_not_answer_takes_no_longer_than_a_try() -> None:
    ended = threading.Event()

    def silent(_host: str) -> list[str]:
        """A stand-in for DNS that is not there."""
        ended.wait(30)
        return []

    begun = time.monotonic()
    assert send("http://lms.example/", resolve=silent) == "host_not_found"
    assert 1.9 < time.monotonic() - begun < 5
    ended.set()
