"""Tables of webhooks and of what is sent to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from app.jobs.store.tables import metadata

webhook = Table(
    "webhook",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("url", Text, nullable=False),
    # As they are: whoever signs needs them, and no hash would do.
    Column("secret", String(120), nullable=False),
    Column("former_secret", String(120), comment="signs as well"),
    Column("former_until", Double, comment="and so long"),
    Column("events", Text, nullable=False, comment="names, with spaces between them"),
    Column("description", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("disabled", Double, comment="since when; null: it is told of things"),
    Column("disabled_reason", Text),
    Column("failures", Integer, nullable=False, comment="deliveries in a row that were given up"),
    Index("ix_webhook_tenant", "tenant", "id"),
)

callback = Table(
    "callback",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("secret", String(120), nullable=False),
    Column("created", Double, nullable=False),
    comment="the address that a lecture names for itself",
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column(
        "webhook_id",
        BigInteger,
        ForeignKey("webhook.id", ondelete="CASCADE"),
        comment="null: to a callback",
    ),
    Column("url", Text, nullable=False),
    Column("host", String(300), nullable=False, comment="of the URL, with its port"),
    Column("secret", String(120), comment="of a callback; a webhook has its own"),
    Column("event", String(40), nullable=False),
    Column("body", Text, nullable=False, comment="as it is signed"),
    Column("created", Double, nullable=False),
    Column("state", String(20), nullable=False, comment="pending, delivered or failed"),
    Column("tries", Integer, nullable=False, comment="since it was last asked for"),
    Column("next_try", Double, comment="null: there is none"),
    Column("pause_seconds", Double, comment="before it"),
    Column("owner", String(200), comment="the worker that is trying"),
    # In Ticks.
    Column("lease_until", Double),
    Column("last_status", Integer),
    Column("last_error", String(40)),
    Column("log", Text, nullable=False, comment="of the last tries, as JSON"),
    Column("job_id", BigInteger, comment="of the lecture that a callback is told of"),
    Index("ix_delivery_job", "tenant", "job_id", "id"),
    Index("ix_delivery_state", "state", "next_try"),
    Index("ix_delivery_webhook", "webhook_id", "id"),
    Index("ix_delivery_created", "created"),
)
