"""Whether a service that others can reach says who may call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.access.keys import Keys
from app.errors import ConfigError
from app.web.addresses import is_loopback

if TYPE_CHECKING:
    from app.jobs.store.store import Store
    from config import Settings


def check(settings: Settings, store: Store, host: str) -> str:
    """Be sure that nobody is let in, or kept out, by an oversight.

    Args:
        host: Address that the service listens on.

    Returns:
        Who may call the API.

    Raises:
        ConfigError: Other machines reach the service, and nobody has said who may call it.
    """
    if settings.server.allow_anonymous:
        return "everybody who reaches the service may call the API (server.allow_anonymous)"
    if Keys(store.database).any_valid():
        return "who has a key may call the API"
    if is_loopback(host):
        return "there is no key: this machine may call the API without one"
    raise ConfigError(
        f"other machines reach the service at {host}, and there is no key that counts: make one by "
        "`python -m app keys create --name NAME`, or set server.allow_anonymous to let everybody in"
    )
