"""Where webhooks may lead: addresses of the internet, and what the administrator allows.

A tenant chooses the address, and the service connects to it from a network that the tenant may
not be able to reach.  So a host is resolved once, every address that it has is judged, and
:mod:`app.notify.connection` connects to these very addresses: a name whose answers change
between the look and the connection leads nowhere else.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue

from app.errors import InputError

LONGEST_URL = 2000

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

Resolve = Callable[[str], Iterable[str]]
"""Gives the addresses of a name; raises OSError when it has none."""

_PORTS = {"http": 80, "https": 443}

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")

_LIKE_A_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
"""The last label of what some resolvers take for an IPv4 address, such as ``0x7f.1``."""

_NOT_GLOBAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a provider's NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds tell their secrets
        "172.16.0.0/12",
        "192.0.0.0/24",  # of protocols
        "192.0.2.0/24",  # documentation, as the next two
        "198.51.100.0/24",
        "203.0.113.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

_GLOBAL_6 = IPv6Network("2000::/3")
"""All else is loopback, unspecified, local, multicast, NAT64, IPv4-mapped or nobody's."""

_NOT_GLOBAL_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # of protocols: Teredo and others that hold an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)

_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""Before the IPv4 address that such an address ends with."""


class Refused(InputError):
    """A webhook may not lead there."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="url")


class Unresolvable(InputError):
    """The host of a webhook has no address at the moment."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="url")


@dataclass(frozen=True, slots=True)
class Target:
    """A webhook's URL, read."""

    secure: bool
    host: str
    """A name in lower case, or an address without brackets."""
    port: int
    authority: str
    """As ``Host`` names it."""
    path: str
    """With the query."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the administrator allows besides the internet."""

    hosts: frozenset[str] = frozenset()
    """Names in lower case, ``name`` or ``name:port``; their addresses are not judged."""
    networks: tuple[Network, ...] = ()
    https_only: bool = False

    def knows(self, target: Target) -> bool:
        """Whether its host is one of the names."""
        return not self.hosts.isdisjoint((target.host, f"{target.host}:{target.port}"))


def read(url: str, allowed: Allowed) -> Target:
    """The parts of a webhook's URL; nothing is resolved yet.

    Whatever one reader could take for another address than the next one is refused.

    Raises:
        Refused: A webhook may not have such a URL.
    """
    if len(url) > LONGEST_URL:
        raise Refused(f"the address is longer than {LONGEST_URL} characters")
    if not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        raise Refused(
            "the address has characters that are to be written as %.. or, in a host, as xn--"
        )
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _PORTS:
        raise Refused("the address begins neither with https:// nor with http://")
    if allowed.https_only and scheme != "https":
        raise Refused("only https:// is allowed here (notify.https_only)")
    if "#" in rest:
        raise Refused("the address has a fragment, which no server sees")
    authority, path = _split(rest)
    if "@" in authority:
        raise Refused("the address names a user; webhooks are signed instead")
    host, port = _host_and_port(authority, _PORTS[scheme])
    target = Target(scheme == "https", host, port, authority, path)
    # Below lie ports of services that take commands line by line, such as mail.
    if port < 1024 and port not in _PORTS.values() and f"{host}:{port}" not in allowed.hosts:
        raise Refused(f"port {port} is none of 80, 443 and 1024 to 65535")
    return target


def addresses_of(
    target: Target, allowed: Allowed, *, seconds: float, resolve: Resolve | None = None
) -> Sequence[Address]:
    """Where a target is, looked up once; a webhook may connect to each of these.

    Args:
        seconds: How long that may take.
        resolve: The system's way when not given.

    Raises:
        Refused: One of its addresses is not allowed; then none is.
        Unresolvable: It has none, or nothing answers for so long.
    """
    found = _looked_up(target.host, resolve or resolved, seconds)
    if not allowed.knows(target):
        for address in found:
            check(address, allowed)
    return found


def check(address: Address, allowed: Allowed) -> None:
    """Return when a webhook may connect to an address.

    Raises:
        Refused: It may not.
    """
    scoped = isinstance(address, IPv6Address) and address.scope_id is not None
    if not scoped and any(address in network for network in allowed.networks):
        return
    if scoped or not is_global(address) or _is_own(address):
        raise Refused(
            "the host has an address that is not of the internet; "
            "the administrator can allow it (notify.allowed_hosts, notify.allowed_networks)"
        )


def is_global(address: Address) -> bool:
    """Whether an address is somebody's on the internet, and holds no other address.

    :attr:`ipaddress.IPv6Address.is_global` says so of NAT64, 6to4 and IPv4-mapped ones as well.

    >>> is_global(ip_address("8.8.8.8")), is_global(ip_address("64:ff9b::7f00:1"))
    (True, False)
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_GLOBAL_4)
    if address not in _GLOBAL_6 or int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return False
    return not any(address in network for network in _NOT_GLOBAL_6)


def host_of(url: str) -> str:
    """Host and port of a URL that was read before.

    >>> host_of("https://LMS.example/hook")
    'lms.example:443'
    """
    scheme, _, rest = url.partition("://")
    host, port = _host_and_port(_split(rest)[0], _PORTS[scheme.lower()])
    return f"{host}:{port}"


def resolved(host: str) -> list[str]:
    """The addresses of a name, as the system tells them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


def _split(rest: str) -> tuple[str, str]:
    """Host and port in lower case, and the path with its query, of what follows ``://``."""
    end = min((rest.find(sign) for sign in "/?" if sign in rest), default=len(rest))
    path = rest[end:]
    return rest[:end].lower(), path if path.startswith("/") else f"/{path}"


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^\[\]:]*)(?::([0-9]{1,5}))?", authority, re.ASCII)
    if match is None:
        raise Refused("the address's host and port cannot be told")
    host, port = match[1], int(match[2] or default)
    if not 1 <= port <= 65535:
        raise Refused(f"{port} is no port")
    if host.startswith("["):
        with contextlib.suppress(ValueError):
            return str(IPv6Address(host[1:-1])), port
        raise Refused("what stands in brackets is no IPv6 address")
    if _LIKE_A_NUMBER.fullmatch(host.rpartition(".")[2]):
        with contextlib.suppress(ValueError):
            return str(IPv4Address(host)), port
        raise Refused("write an IPv4 address as four decimal numbers")
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise Refused("the host is no name as DNS has it, without a dot at the end")
    return host, port


def _looked_up(host: str, resolve: Resolve, seconds: float) -> list[Address]:
    with contextlib.suppress(ValueError):
        return [ip_address(host)]
    try:
        found = [ip_address(address) for address in _within(seconds, lambda: list(resolve(host)))]
    except (OSError, UnicodeError) as error:
        raise Unresolvable(f"{host} has no address") from error
    if not found:
        raise Unresolvable(f"{host} has no address")
    return found


def _within(seconds: float, call: Callable[[], list[str]]) -> list[str]:
    """What a call gives; nothing ends a look into DNS before its time, so a thread waits for it."""
    results: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            results.put(call())
        except Exception as error:
            results.put(error)

    threading.Thread(target=run, name="resolve", daemon=True).start()
    try:
        result = results.get(timeout=max(0.0, seconds))
    except Empty:
        raise TimeoutError("DNS does not answer") from None
    if isinstance(result, Exception):
        raise result
    return result


def _is_own(address: Address) -> bool:
    """Whether an address is this machine's: behind it lies what a firewall may hide from others."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((str(address), 9))  # sends nothing; the system chooses a way
            return ip_address(str(asked.getsockname()[0]).partition("%")[0]) == address
    except OSError:
        return False  # there is no way to it
