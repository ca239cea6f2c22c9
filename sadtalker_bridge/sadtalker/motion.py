"""From a sound to what each frame's keypoints are made of."""

from __future__ import annotations

import os
import wave
from typing import Any, List, Optional, Tuple

import numpy as np
import torch
from scipy.io import loadmat, savemat

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import upstream
from sadtalker_bridge.sadtalker.analysis import Face
from sadtalker_bridge.sadtalker.requests import Animate, Options
from sadtalker_bridge.sadtalker.rest import away_from_rest

FRAMES_PER_SECOND = 25

_SHORTEST_SOUND = 3
"""Frames; the filter that smooths the pose needs as many."""

_POSE = slice(64, 70)
"""Of a coefficient vector: three angles and three translations; the expression is before it."""

_POSE_EASE = 4
"""The head takes so many times longer than the mouth to come to rest: a turn of ten degrees
within 0.2 s is a jerk, within 0.8 s it is a movement."""


class Motion:
    """What drives the frames of one clip, in time order."""

    def __init__(self, prepared: Any, n_frames: int) -> None:
        targets = prepared["target_semantics_list"]
        # SadTalker lays frames out by rows of a batch; asked for a batch of one, in time order.
        self.coefficients = targets.reshape(-1, *targets.shape[-2:])[:n_frames]
        """Shape ``(n_frames, 70 or 73, 27)``."""
        self.picture = prepared["source_image"][:1]
        """Shape ``(1, 3, size, size)``, in [0, 1]."""
        self.rest = prepared["source_semantics"][:1]
        """The picture's own coefficients, shape ``(1, 70 or 73, 27)``."""
        self.angles = {
            name: prepared[f"{axis}_c_seq"].reshape(-1)[:n_frames].float()
            for axis, name in (("yaw", "yaw_in"), ("pitch", "pitch_in"), ("roll", "roll_in"))
            if f"{axis}_c_seq" in prepared
        }
        """Head angles that the request gave, degrees, by SadTalker's names."""


def follow_sound(
    request: Animate,
    face: Face,
    *,
    audio_to_coefficients: Any,
    device: str,
    folder: str,
    references: Tuple[Optional[str], Optional[str]],
    job: Job,
) -> Motion:
    """What a sound moves, by SadTalker's own networks.

    Args:
        request: What to render.
        face: Whose face.
        audio_to_coefficients: SadTalker's ``Audio2Coeff``.
        device: Where that runs.
        folder: Empty; SadTalker writes its files here.
        references: Coefficients of the videos that give blinks and pose.
        job: Told the progress.

    Raises:
        BridgeError: ``bad_sound``; it cannot be read or is shorter than the clip.
    """
    options = request.options
    blinks, pose = references
    _check_sound(request.sound, request.n_frames)
    # A name of our own: SadTalker builds further names from it.
    sound = os.path.join(folder, "audio.wav")
    os.symlink(os.path.abspath(request.sound), sound)
    with upstream.watch.over(job), torch.inference_mode():
        batch = upstream.get_data(face.coefficients, sound, device, blinks, still=options.still)
        coefficients = audio_to_coefficients.generate(batch, folder, options.pose_style, pose)
        job.check()
        _ease_pose(coefficients, face.coefficients, request.n_frames, options.rest_frames)
        return _motion(coefficients, sound, face, options, request.n_frames)


def _motion(coefficients: str, sound: str, face: Face, options: Options, n_frames: int) -> Motion:
    prepared = upstream.get_facerender_data(
        coefficients,
        face.picture,
        face.coefficients,
        sound,
        1,
        _path(options.input_yaw),
        _path(options.input_pitch),
        _path(options.input_roll),
        expression_scale=options.expression_scale,
        still_mode=options.still,
        preprocess=options.preprocess,
        size=options.size,
    )
    return Motion(prepared, n_frames)


def _ease_pose(coefficients: str, source: str, n_frames: int, rest_frames: int) -> None:
    """Bring the head from the picture's own pose and back to it, in SadTalker's file."""
    moved = loadmat(coefficients)["coeff_3dmm"]
    rest = loadmat(source)["coeff_3dmm"][:1, _POSE]
    share = np.zeros((len(moved), 1), np.float32)
    share[:n_frames, 0] = away_from_rest(n_frames, _POSE_EASE * rest_frames)
    if not rest_frames:
        share[:] = 1.0
    moved[:, _POSE] = rest + share * (moved[:, _POSE] - rest)
    savemat(coefficients, {"coeff_3dmm": moved})


def _check_sound(sound: str, n_frames: int) -> None:
    try:
        with wave.open(sound, "rb") as opened:
            seconds = opened.getnframes() / opened.getframerate()
    except (OSError, EOFError, wave.Error, ZeroDivisionError) as error:
        raise BridgeError("bad_sound", "the sound is no WAV that can be read") from error
    frames = int(seconds * FRAMES_PER_SECOND + 1e-6)
    if frames < max(n_frames, _SHORTEST_SOUND):
        raise BridgeError(
            "bad_sound", f"the sound is {frames} frames long, too short for {n_frames}"
        )


def _path(degrees: Optional[List[int]]) -> Optional[List[int]]:
    """Angles that the head goes through, none twice in a row: SadTalker divides by the step."""
    if not degrees:
        return None
    kept = degrees[:1]
    for degree in degrees[1:]:
        if degree != kept[-1]:
            kept.append(degree)
    return kept
