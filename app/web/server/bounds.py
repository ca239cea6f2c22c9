"""How much of the web process a peer may hold, and for how long."""

from __future__ import annotations

import resource
from dataclasses import dataclass, field

import config
from app.web.addresses import Network
from app.web.bodies import Bodies

HEADER_BYTES = 65_536
"""Of the first line and all header fields together."""

LINE_BYTES = 16_384
"""Of the first line."""

FIELDS = 500
"""Header fields of a request."""

IDLE_SECONDS = 75.0
"""How long a connection is kept between two requests.

Longer than the pools of common clients keep theirs (30 s with Java, 60 s with Node's agents), so
that it is they who close: a request that crosses our own closing would be lost.
"""

INCOMPLETE_PER_ADDRESS = 100
"""Requests of one address that are on their way at a time; honest ones arrive in milliseconds."""

TURN_BYTES = 1_048_576
"""What one turn of the loop reads of those that send much, before others have theirs."""

SPOOLED_BYTES = 16_384
"""What is kept of a body in memory; a larger one lies in a temporary file until it is whole."""

SENT_BYTES = 65_536
"""What is written of an answer before the first of it is sent."""

PORTION_BYTES = 131_072
"""What is sent to one peer before others have their turn."""

STREAM_BYTES = 262_144
"""What may wait for the peer of a stream."""

DISCARDED_BYTES = 100_000_000
"""What is read and thrown away of a request that has its answer already."""

STOPPING_SECONDS = 1.0
"""What peers have left for a request that is on its way when the process is to end."""

_OTHER_FILES = 256
"""File descriptors for the job store, lectures, the examiner and the libraries."""


@dataclass(frozen=True)
class Bounds:
    """Bounds of one process.

    Args:
        request_seconds: For a request to arrive, and for its answer to be taken; and within which
            a large one has to keep to the pace.
        pace: Bytes per second at which large bodies have to arrive, and answers to be taken.
        connections: Open at a time.
        threads: Requests that are worked on at a time.
        bodies: How large request bodies may be.
        spool_bytes: Of all large request bodies together.
        streams: Answers that go on without a thread.
        exempt: Networks of proxies, behind which many peers are one address.
        prefix: Below which all routes are as well, see :mod:`app.web.prefix`.
    """

    request_seconds: float = 10.0
    pace: float = 16_000.0
    connections: int = 1000
    threads: int = 64
    bodies: Bodies = field(default_factory=Bodies)
    spool_bytes: int = 2_000_000_000
    streams: int = 500
    exempt: tuple[Network, ...] = ()
    prefix: str = ""

    @classmethod
    def of(cls, settings: config.Settings) -> Bounds:
        """Those of the settings."""
        server = settings.server
        return cls(
            request_seconds=server.request_seconds,
            pace=server.slowest_bytes_per_second,
            connections=server.connections,
            threads=server.threads,
            bodies=Bodies.of(settings),
            spool_bytes=server.max_spool_bytes,
            streams=server.event_streams,
            exempt=server.trusted_proxies,
            prefix=server.prefix,
        )

    @property
    def waiting_per_address(self) -> int:
        """Whole requests of one address that may wait for a thread."""
        return max(self.threads, self.connections // 4)


def allow_files(connections: int) -> int:
    """Raise this process' limit of open files for so many connections, each with a spooled body.

    Returns:
        How many connections the limit bears: fewer, where the system allows no more.
    """
    wanted = 2 * connections + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    return max(1, (soft - _OTHER_FILES) // 2)
