"""Addresses of peers: in which networks they lie, and whom they count for."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def is_among(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; a text that is none does not.

    >>> is_among("10.1.2.3", [IPv4Network("10.0.0.0/8")])
    True
    >>> is_among("::ffff:10.1.2.3", [IPv4Network("10.0.0.0/8")])
    True
    >>> is_among("", [IPv4Network("10.0.0.0/8")])
    False
    """
    try:
        known = _known(address)
    except ValueError:
        return False
    return any(known in network for network in networks)


def is_loopback(name: str) -> bool:
    """Whether a host's name, or address, can mean nothing but this machine.

    >>> [is_loopback(name) for name in ("localhost", "127.0.0.2", "::1", "example.com", "")]
    [True, True, True, False, False]
    """
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def holder_of(address: str) -> str:
    """Whom an address counts for: of IPv6 the network that one customer is given.

    >>> holder_of("203.0.113.9"), holder_of("2001:db8:1:2:3::4"), holder_of("::ffff:203.0.113.9")
    ('203.0.113.9', '2001:db8:1:2::', '203.0.113.9')
    """
    known = _known(address)
    if isinstance(known, IPv4Address):
        return str(known)
    return str(IPv6Address(int(known) >> 64 << 64))


def _known(address: str) -> IPv4Address | IPv6Address:
    """An IPv4 address that a socket for both families tells as one of IPv6 is what it is."""
    known = ip_address(address.partition("%")[0])
    return getattr(known, "ipv4_mapped", None) or known
