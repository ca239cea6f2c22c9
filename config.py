"""Settings of the whole service: ``config.yaml``, overridden by the environment.

Every setting is also a variable ``VIDEOLECTURE_<SECTION>__<KEY>``; lists and
mappings are written as JSON::

    VIDEOLECTURE_PATHS__ROOTS='["/srv/lectures"]'
    VIDEOLECTURE_SERVER__PORT=8080

Three keep the names that they had in the former service, in the file as in the
environment: ``SAD_TALKER_DIR_PATH``, ``SAD_TALKER_PYTHON_PATH``, ``SAD_TALKER_INFERENCE``.

Only :func:`load` reads the file and the environment.  Everything else is handed a
:class:`Settings`, or just the values that it needs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    NonNegativeFloat,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    YamlConfigSettingsSource,
)

from app.errors import ConfigError

ROOT = Path(__file__).resolve().parent

LOG_LEVELS = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(_Section):
    """The web process."""

    host: str = "127.0.0.1"
    """Address to listen on; whoever reaches it can use every file below `paths.roots`."""
    port: int = Field(54547, ge=1, le=65535)
    """TCP port."""
    hosts: tuple[str, ...] | None = None
    """Names by which callers reach the service, as in `Host`, without port. Unset: those of the
    loopback when it listens there, else every name, which is warned of at the start."""
    allow_anonymous: bool = False
    """Serve `/v1` to callers without a key, wherever they call from. Else none is needed only while
    there is none, the service listens on the loopback and the call comes from this machine."""
    trusted_proxies: tuple[IPvAnyNetwork, ...] = ()
    """Addresses or networks of proxies whose `X-Forwarded-` headers count."""
    prefix: str = Field("", pattern=r"^(/[A-Za-z0-9_][A-Za-z0-9._~-]*)*$")
    """Path below which callers reach the service, such as `/videolecture`, whether a proxy takes it
    off or not; links in answers begin with it. `X-Forwarded-Prefix` of a trusted proxy wins."""
    workers: int = Field(1, ge=1, le=64)
    """Processes of gunicorn."""
    threads: int = Field(64, ge=1, le=1024)
    """Threads of each process; lectures are examined on seven eighths of them at most."""
    connections: int = Field(1000, ge=10, le=100_000)
    """Open connections of each process; beyond it those give way that wait for their peers."""
    event_streams: int = Field(500, ge=2, le=100_000)
    """Callers of each process that follow events at a time, half of them from one address; they
    count among the connections."""
    request_seconds: float = Field(10.0, gt=0)
    """How long a request may take to arrive completely, and its answer to be taken; large ones have
    as much time as they need at `slowest_bytes_per_second`."""
    slowest_bytes_per_second: int = Field(16_000, ge=1)
    """At which a large body has to arrive, and an answer to be taken, within any
    `request_seconds`."""
    examiners: int | None = Field(None, ge=1, le=64)
    """Files of callers that each process examines at a time; eight times as many that take long go
    on beside them. Unset: as many as there are cores, at least two."""
    examine_seconds: float = Field(8.0, gt=0)
    """How long after a request its files may be examined; more for slow machines."""
    speech_seconds: float = Field(30.0, gt=0)
    """How long somebody waits who wants to hear something said; later it is found made."""
    max_body_bytes: int = Field(200_000, ge=1_000)
    """Largest request body, but for those of `/v1` that the following settings bound."""
    max_json_bytes: int = Field(8_000_000, ge=1_000)
    """Largest lecture that is sent as JSON; its text, `lecture.max_text_bytes`, may be escaped."""
    max_upload_bytes: int = Field(600_000_000, ge=1_000)
    """Largest form with all files of a lecture, and largest resumable upload, as a whole as in
    pieces."""
    max_spool_bytes: int = Field(2_000_000_000, ge=1_000)
    """Large bodies that each process keeps in `paths.spool` until they are answered, together; one
    alone always has room."""
    check_engines: bool = True
    """Refuse lectures whose engines cannot run on this node; false: only workers have them."""


class Paths(_Section):
    """Where the service may read and write."""

    roots: tuple[Path, ...] = (ROOT / "samples", ROOT / "generated")
    """Folders under which every path of a request must lie, links followed."""
    data: Path = ROOT / "generated" / ".service"
    """The service's own folder: copies of the input, artifacts, caches."""
    spool: Path | None = None
    """Large request bodies, until they are answered; a local disk where `data` is on a network.
    Unset: `spool` in `data`."""
    models: Path = ROOT / "models"
    """Weights of the engines, put there by `python -m app setup`."""
    logs: Path = ROOT / "logs"
    """`app.log`, rotated."""


class LectureRules(_Section):
    """How a lecture's text is read."""

    delimiter: str = Field("_;", min_length=1)
    """Separates slides."""
    split: Literal["compat", "sentences"] = "compat"
    """`compat` keeps the numbering of the former service; `sentences` knows abbreviations."""
    language: str = "auto"
    """ISO 639-1 code for requests that name none; `auto` tells it from the text."""
    max_text_bytes: int = Field(1_000_000, ge=1)
    """Largest lecture text."""
    max_slides: int = Field(2000, ge=1)
    """Most slides of one lecture."""
    max_fragments: int = Field(10_000, ge=1)
    """Most fragments of one lecture; it has two steps for each, and one for each slide."""
    max_seconds: float = Field(12 * 3600, gt=0)
    """Longest speech of one lecture, estimated: fifteen letters a second, a digit being five
    letters, a Chinese, Japanese or Korean one three."""
    max_image_bytes: int = Field(100_000_000, ge=1)
    """Largest source image; a JPEG of 200 megapixels has 40 to 80 MB."""
    max_voice_bytes: int = Field(200_000_000, ge=1)
    """Largest voice sample."""


class SpeechSettings(_Section):
    """Which engine speaks."""

    order: dict[str, tuple[str, ...]] = {
        "default": ("kokoro", "hibari"),
        "ru": ("rhvoice", "kokoro"),
    }
    """Engines per language, best first; the first that can run and speaks it is taken."""
    options: dict[str, dict[str, Any]] = {}
    """Options by engine; see docs/engines.md."""
    lexicon: Path | None = None
    """YAML file of words that are to be spelt otherwise for the engines; see docs/engines.md."""


class FaceSettings(_Section):
    """Which engine animates."""

    engine: str = "meshwarp"
    """Engine for requests that name none."""
    options: dict[str, dict[str, Any]] = {}
    """Options by engine; see docs/engines.md."""


class Jobs(_Section):
    """The job store and its workers."""

    database_url: str | None = None
    """SQLAlchemy URL of the job store. Unset: SQLite's file `jobs.db` in `paths.data`."""
    slots: dict[Literal["speech", "face", "cpu"], int] | None = None
    """Steps that one worker does at a time, by queue. Unset: one of each; of speech and face
    half as many as there are cores, where the configured engines keep to one core."""
    lease_seconds: float = Field(30.0, gt=0)
    """How long a claim holds without a sign of life."""
    stall_seconds: float = Field(600.0, gt=0)
    """How long an engine may tell nothing; then its step is stopped and counts as crashed."""
    dispatch: Literal["poll", "celery"] = "poll"
    """How workers learn of work: they look, or a broker notifies them."""
    broker_url: str = "amqp://guest:guest@127.0.0.1:5672//"
    """Celery's broker, RabbitMQ or Redis, for `dispatch: celery`."""
    sweep_seconds: float = Field(5.0, gt=0)
    """Between two looks for work that no notification announced, for `dispatch: celery`."""


class Storage(_Section):
    """What is kept on disk besides the results."""

    keep_days: float | None = Field(None, gt=0)
    """How long a lecture of `/v1` is kept after it was asked for or changed; then it is removed
    with all its files. Unset: until somebody removes it."""
    max_gigabytes: float | None = Field(None, gt=0)
    """Bound of the artifacts; beyond it those unused for longest go. Unset: no bound."""
    min_free_gigabytes: float = Field(1.0, ge=0)
    """Free space of the data folder below which `/v1/ready` says that the service is not ready."""
    samples: bool = True
    """Keep the faces and the voice of the checkout's samples in the library, once, when a worker
    first starts."""


class Notify(_Section):
    """Whom webhooks may tell that a lecture has ended."""

    allowed_hosts: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]+$")], ...] = ()
    """Hosts outside of the internet that webhooks may lead to, such as the LMS in the same network:
    `name` or `name:port`. Whatever address a name has is connected to."""
    allowed_networks: tuple[IPvAnyNetwork, ...] = ()
    """The same by networks, such as `10.20.0.0/16`, whatever the name."""
    https_only: bool = False
    """Refuse webhooks that are told by plain http."""
    pauses: tuple[NonNegativeFloat, ...] = Field(
        (0, 5, 30, 120, 600, 1800, 7200, 18_000, 28_800, 28_800), min_length=1, max_length=20
    )
    """Seconds before each try of a message, up to a tenth more; after the last it is given up."""


class TenantLimits(_Section):
    """How much one tenant of `/v1` may ask for and have."""

    requests_per_minute: int | None = Field(600, ge=1)
    """Requests of a tenant to `/v1`, as many at once after a quiet minute; each process of
    `server.workers` grants its share. Unset: any number, as for every limit here."""
    lectures_at_once: int | None = Field(100, ge=1)
    """Lectures of a tenant that are queued or running."""
    minutes_per_day: float | None = Field(None, gt=0)
    """Speech, estimated, of the lectures that are accepted of a tenant in 24 hours."""
    storage_gigabytes: float | None = Field(None, gt=0)
    """Faces, voices, uploads and results that a tenant keeps, in 10^9 bytes."""
    lectures: int | None = Field(None, ge=1)
    """Lectures that a tenant keeps."""


class Limits(TenantLimits):
    """How much each tenant of `/v1` may ask for and have."""

    failures_per_minute: int | None = Field(30, ge=1)
    """Calls without a good key from one address, each process for itself; then only keys that were
    good from there before are looked at."""
    tenants: dict[str, TenantLimits] = {}
    """Limits of some tenants, by name; what is not named there is as above."""

    def of(self, tenant: str) -> TenantLimits:
        """Those of a tenant."""
        own = self.tenants.get(tenant)
        return self if own is None else self.model_copy(update=own.model_dump(exclude_unset=True))


class MediaSettings(_Section):
    """Sound and video files."""

    ffmpeg: Path | None = None
    """The program; when unset the one on PATH, else the one that comes with imageio-ffmpeg."""


class Logging(_Section):
    """What is logged."""

    level: LOG_LEVELS = "INFO"
    """Least serious records that are kept."""


def _former_name(name: str) -> Any:
    """A setting that is written in the file and in the environment as by the former service."""
    return Field(None, validation_alias=AliasChoices(name, name.lower()))


class Settings(BaseSettings):
    """Every setting of the service, by section."""

    model_config = SettingsConfigDict(
        env_prefix="VIDEOLECTURE_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    server: Server = Server()
    paths: Paths = Paths()
    lecture: LectureRules = LectureRules()
    speech: SpeechSettings = SpeechSettings()
    face: FaceSettings = FaceSettings()
    jobs: Jobs = Jobs()
    storage: Storage = Storage()
    notify: Notify = Notify()
    limits: Limits = Limits()
    media: MediaSettings = MediaSettings()
    logging: Logging = Logging()

    sad_talker_dir_path: Path | None = _former_name("SAD_TALKER_DIR_PATH")
    """Checkout of SadTalker, for the face engine `sadtalker`; see docs/engines.md."""
    sad_talker_python_path: Path | None = _former_name("SAD_TALKER_PYTHON_PATH")
    """Its Python 3.8; unset: `venv/bin/python` in the checkout."""
    sad_talker_inference: Path | None = _former_name("SAD_TALKER_INFERENCE")
    """Its script, for `mode: oneshot`; unset: `inference.py` in the checkout."""

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the job store, whether it is set or follows the data folder."""
        return self.jobs.database_url or f"sqlite:///{self.paths.data / 'jobs.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the YAML file; nothing else."""
        yaml_settings = YamlConfigSettingsSource(settings_cls, yaml_file=_config_file())
        return init_settings, env_settings, yaml_settings


def load(**overrides: Any) -> Settings:
    """Read the YAML file and the environment.

    The file is ``config.yaml`` beside this module, or the one that
    ``VIDEOLECTURE_CONFIG`` names.

    Args:
        overrides: Whole sections that win over both.

    Raises:
        ConfigError: A key is unknown, a value is wrong, or a variable is misspelt.
    """
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError("; ".join(faults)) from error
    except SettingsError as error:
        raise ConfigError(str(error)) from error
    except (ValueError, OSError, yaml.YAMLError) as error:
        raise ConfigError(f"cannot read {_config_file()}: {error}") from error
    _refuse_misspelt_variables()
    return settings


def _config_file() -> Path:
    named = os.environ.get("VIDEOLECTURE_CONFIG")
    if named is None:
        return ROOT / "config.yaml"
    if not Path(named).is_file():
        raise ConfigError(f"no configuration file at {named} (from VIDEOLECTURE_CONFIG)")
    return Path(named)


def _refuse_misspelt_variables() -> None:
    """A variable that names no setting would be ignored silently otherwise."""
    for variable in os.environ:
        if not variable.startswith("VIDEOLECTURE_") or variable == "VIDEOLECTURE_CONFIG":
            continue
        section, _, key = variable.removeprefix("VIDEOLECTURE_").lower().partition("__")
        field = Settings.model_fields.get(section)
        fields = getattr(field.annotation, "model_fields", {}) if field else {}
        if key.partition("__")[0] not in fields and not (field and not key):
            raise ConfigError(f"{variable} names no setting")
