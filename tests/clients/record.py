"""Record what the clients of this machine send, and what the service answers.

    python -m tests.clients.record [CLIENT ...]

The answers in ``recorded/`` are the contract: where they differ after a new recording, callers
will notice.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import config
from tests.clients import dotnet
from tests.clients.clients import CLIENTS, Client
from tests.clients.place import furnish
from tests.clients.recording import Answer, Exchange, Recording, lasting, taken
from tests.clients.replay import replay
from tests.services.relay import relay
from tests.services.served import serving
from tests.services.wire import Message


def main() -> None:
    names = {client.name: client for client in CLIENTS}
    parser = argparse.ArgumentParser(prog="python -m tests.clients.record")
    parser.add_argument("clients", nargs="*", default=[*names, dotnet.NAME])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        furnish(place)
        with serving(place, config.ROOT / "models") as service:
            for name in asked.clients:
                if name == dotnet.NAME:
                    answered(dotnet.calls(), service.address, place).save()
                else:
                    recorded(names[name], service.address, place).save()


def recorded(client: Client, address: str, place: Path) -> Recording:
    """What a client sends, and what it is answered."""
    with relay(int(address.rpartition(":")[2])) as wire:
        told = client.run(f"http://127.0.0.1:{wire.port}", place)
        return taken(client.name, wire, told, place)


def answered(calls: list[tuple[str, Message]], address: str, place: Path) -> Recording:
    """Requests that nobody has recorded, with what they are answered."""
    unknown = Answer(0, {})
    asked = tuple(Exchange(call, 1, request, unknown) for call, request in calls)
    told = replay(Recording(dotnet.NAME, dotnet.SOURCE, asked).at(address, place), address)
    exchanges = (replace(exchange, answer=lasting(answer)) for exchange, answer in told)
    return Recording(dotnet.NAME, dotnet.SOURCE, tuple(exchanges)).without(address, place)


if __name__ == "__main__":
    main()
