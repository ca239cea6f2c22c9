"""What the host may ask SadTalker for, checked."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Dict, List, Optional, Tuple

from sadtalker_bridge.errors import BridgeError

PREPROCESSES = ("crop", "extcrop", "resize", "full", "extfull")
SIZES = (256, 512)
ENHANCERS = ("gfpgan", "RestoreFormer")
BACKGROUND_ENHANCERS = ("realesrgan",)

Degrees = Optional[List[int]]


@dataclass(frozen=True)
class Load:
    """Which models to bring into memory."""

    size: int = 256
    preprocess: str = "crop"
    device: str = "auto"
    checkpoint_dir: Optional[str] = None
    """Folder of the checkpoints; that of the checkout when not given."""
    enhancer: Optional[str] = None


@dataclass(frozen=True)
class Options:
    """How one clip looks; names and meaning are those of SadTalker's own command line."""

    preprocess: str = "crop"
    size: int = 256
    still: bool = False
    expression_scale: float = 1.0
    enhancer: Optional[str] = None
    background_enhancer: Optional[str] = None
    pose_style: int = 0
    input_yaw: Degrees = None
    input_pitch: Degrees = None
    input_roll: Degrees = None
    batch_size: int = 2
    rest_frames: int = 5
    """Frames in which the face comes from rest at the start and goes back to it at the end."""
    ref_eyeblink: Optional[str] = None
    ref_eyeblink_folder: Optional[str] = None
    ref_pose: Optional[str] = None
    ref_pose_folder: Optional[str] = None

    @property
    def full(self) -> bool:
        """Whether the face is pasted back into the whole picture."""
        return "full" in self.preprocess


@dataclass(frozen=True)
class Prepare:
    """Analyse a picture into a folder."""

    image: str
    folder: str
    size: int = 256
    preprocess: str = "crop"


@dataclass(frozen=True)
class Animate:
    """Render the frames of one clip into a named pipe."""

    image: str
    folder: str
    sound: str
    frames: str
    n_frames: int
    seed: int = 0
    options: Options = field(default_factory=Options)


def load(message: Dict[str, Any]) -> Load:
    """A checked ``load``."""
    found: Load = _read(Load, message)
    _check_choices(found)
    return found


def prepare(message: Dict[str, Any]) -> Prepare:
    """A checked ``prepare``."""
    found: Prepare = _read(Prepare, message)
    _check_choices(found)
    return found


def animate(message: Dict[str, Any]) -> Animate:
    """A checked ``animate``."""
    options: Options = _read(Options, message.get("options") or {})
    _check_choices(options)
    _check(options.batch_size >= 1, "batch_size must be at least 1")
    _check(0 <= options.pose_style < 46, "pose_style must be from 0 to 45")
    _check(options.rest_frames >= 0, "rest_frames must not be negative")
    _check(
        options.background_enhancer is None or options.enhancer is not None,
        "background_enhancer works together with an enhancer only",
    )
    found: Animate = _read(Animate, {**message, "options": options})
    _check(found.n_frames >= 1, "n_frames must be at least 1")
    return found


_ENVELOPE = ("do", "job")

_KINDS: Dict[str, Tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "str": (str,),
    "Optional[str]": (str, type(None)),
    "Degrees": (list, type(None)),
    "Options": (Options,),
}


def _read(kind: Any, message: Dict[str, Any]) -> Any:
    known = {item.name: item for item in fields(kind)}
    given = {name: value for name, value in message.items() if name not in _ENVELOPE}
    for name, value in given.items():
        _check(name in known, f"no such field: {name}")
        wanted = str(known[name].type)
        right = isinstance(value, _KINDS[wanted]) and (
            wanted == "bool" or not isinstance(value, bool)
        )
        _check(right, f"{name} must be {wanted}")
        if wanted == "Degrees" and value is not None:
            whole = all(isinstance(degree, int) for degree in value)
            _check(whole, f"{name} must hold whole numbers")
    try:
        return kind(**given)
    except TypeError:
        raise BridgeError("bad_request", "a field is missing") from None


def _check_choices(found: Any) -> None:
    _check(found.size in SIZES, "size must be 256 or 512")
    _check(found.preprocess in PREPROCESSES, "preprocess must be one of " + ", ".join(PREPROCESSES))
    for name, choices in (("enhancer", ENHANCERS), ("background_enhancer", BACKGROUND_ENHANCERS)):
        value = getattr(found, name, None)
        _check(value is None or value in choices, f"{name} must be one of {', '.join(choices)}")


def _check(right: bool, message: str) -> None:
    if not right:
        raise BridgeError("bad_request", message)
