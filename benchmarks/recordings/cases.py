"""Recordings of all kinds, each with what should become of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from app.media.ffmpeg import run
from benchmarks.recordings.sounds import NO_SPEECH, RATE, Sound, at_peak, band, noise

Make = Callable[[Path, Sound], Path]
"""Writes a recording of a voice, at 16 kHz, into a folder."""

USED, CAUTIONED, DROWNED = "used", "used, with a caution", "refused: drowned out"
SILENT, NO_VOICE, SHORT = "refused: silent", "refused: no speech", "refused: too short"
NO_TRACK, CUT, LOCKED = "refused: no sound track", "refused: cut off", "refused: protected"
NO_RECORDING = "refused: no recording"


@dataclass(frozen=True, slots=True)
class Case:
    """A recording."""

    name: str
    expected: str
    make: Make


def cases() -> Iterator[Case]:
    """All of them; the name of each tells what is special in it."""
    yield from _containers()
    yield from _samples()
    yield from _channels()
    yield from _levels()
    yield from _times()
    yield from _backgrounds()
    yield from _without_speech()
    yield from _other_files()


def saved(folder: Path, name: str, sound: Sound, *, rate: int = RATE, kind: str = "PCM_16") -> Path:
    """A WAV, or what the name says."""
    soundfile.write(folder / name, sound, rate, kind)
    return folder / name


def encoded(folder: Path, name: str, sound: Sound, *options: str) -> Path:
    """What ffmpeg makes of a sound."""
    source = saved(folder, "source.wav", sound, kind="FLOAT")
    arguments = ["-i", str(source), "-strict", "-2", *options, "-y", str(folder / name)]
    run(arguments, purpose=f"encoding {name}", timeout=120)
    return folder / name


def mixed(voice: Sound, other: Sound, decibels: float) -> Sound:
    """A voice so many decibels above something else, both without pauses."""
    loud = np.abs(voice) > 0.05 * np.abs(voice).max()
    below = np.sqrt(np.mean(voice[loud] ** 2) / np.mean(other**2)) * 10 ** (-decibels / 20)
    both = voice + np.resize(other, voice.shape) * below
    return at_peak(both, min(1.0, float(np.abs(both).max())))


_PICTURES = ("-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=12", "-shortest")

_CONTAINERS: dict[str, tuple[str, ...]] = {
    "mp3": (),
    "mp2": (),
    "aac": (),
    "m4a": (),
    "alac.m4a": ("-c:a", "alac"),
    "flac": (),
    "ogg": ("-c:a", "libvorbis"),
    "opus": (),
    "webm": (),
    "mka": ("-c:a", "pcm_s24le"),
    "aiff": (),
    "au": (),
    "caf": (),
    "w64": (),
    "voc": (),
    "tta": (),
    "wv": (),
    "ac3": (),
    "eac3": (),
    "dts": ("-ar", "48000"),
    "wma": (),
    "v1.wma": ("-c:a", "wmav1"),
    "amr": ("-ar", "8000"),
    "rm": ("-c:a", "real_144", "-ar", "8000"),
    "3gp": (*_PICTURES, "-c:v", "mpeg4", "-c:a", "libopencore_amrnb", "-ar", "8000"),
    "mp4": (*_PICTURES, "-c:v", "libx264"),
    "mov": (*_PICTURES, "-c:v", "mpeg4", "-c:a", "pcm_s16be"),
    "mkv": (*_PICTURES, "-c:v", "libx264", "-c:a", "ac3"),
    "avi": (*_PICTURES, "-c:v", "mpeg4", "-c:a", "mp3"),
    "adpcm.avi": (*_PICTURES, "-c:v", "mjpeg", "-c:a", "adpcm_ima_wav"),
    "mpg": (*_PICTURES, "-c:v", "mpeg2video"),
    "vob": (*_PICTURES, "-c:v", "mpeg2video", "-c:a", "ac3"),
    "mts": (*_PICTURES, "-c:v", "libx264", "-c:a", "ac3", "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
    "ts": (*_PICTURES, "-c:v", "mpeg2video", "-c:a", "mp2"),
    "flv": (*_PICTURES, "-c:v", "flv", "-ar", "44100"),
    "wmv": (*_PICTURES, "-c:v", "wmv2"),
    "nut": (*_PICTURES, "-c:v", "mpeg4"),
}
"""Options of ffmpeg by the ending of the name."""


def _containers() -> Iterator[Case]:
    for ending, options in _CONTAINERS.items():
        yield Case(f"as {ending}", USED, _encoding(ending, *options))


def _samples() -> Iterator[Case]:
    for kind in ("pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw",
                 "pcm_mulaw", "adpcm_ms", "adpcm_ima_wav", "g722"):  # fmt: skip
        yield Case(f"WAV of {kind}", USED, _encoding("wav", "-c:a", kind))
    for rate in (8000, 11025, 22050, 44100, 96000, 192000):
        yield Case(f"WAV of {rate} Hz", USED, _encoding("wav", "-ar", str(rate)))


def _channels() -> Iterator[Case]:
    def case(name: str, *channels: Callable[[Sound], Sound]) -> Case:
        return Case(
            name,
            USED,
            lambda folder, voice: saved(
                folder, "a.wav", np.stack([channel(voice) for channel in channels], axis=1)
            ),
        )

    yield case("stereo, one the inverse of the other", _same, lambda voice: -voice)
    yield case("stereo, left silent", np.zeros_like, _same)
    yield case("stereo, right silent", _same, np.zeros_like)
    yield case("stereo, left loud noise", lambda voice: 2 * _noise_of(voice), _half)
    yield case("stereo, right music", _half, lambda voice: np.resize(band(8.0), voice.shape))
    yield case("six channels, the third speaks", *[np.zeros_like] * 2, _same, *[np.zeros_like] * 3)
    yield Case("second track speaks", USED, _two_tracks)


def _levels() -> Iterator[Case]:
    for peak in (-20, -40, -58):
        yield Case(f"peak at {peak} dBFS", USED, _changed(partial(_peak, decibels=peak)))
    yield Case("24 bit, peak at -75 dBFS", USED, _changed(lambda v: _peak(v, -75), "PCM_24"))
    yield Case("clipped hard", USED, _changed(lambda v: np.clip(8 * v, -0.9, 0.9)))
    yield Case("offset of half a scale", USED, _changed(lambda v: 0.3 * v + 0.5))
    yield Case("floats of a hundred scales", USED, _changed(lambda v: 100 * v, "FLOAT"))
    yield Case("clicks all over", USED, _changed(_with_clicks))


def _times() -> Iterator[Case]:
    def after(other: Sound) -> Make:
        return _changed(lambda voice: np.concatenate([other, voice, other]))

    yield Case("after a minute of silence", USED, after(np.zeros(60 * RATE)))
    yield Case("after ten minutes of silence", USED, after(np.zeros(600 * RATE)))
    yield Case("after a minute of music", USED, after(np.tile(0.5 * band(10.0), 6)))
    yield Case("after a slam", USED, after(0.9 * noise(2.0)))
    yield Case("quiet, after loud noise", USED, _changed(_quiet_after_noise))
    yield Case("pauses of five seconds", USED, _changed(_with_pauses))
    yield Case("half a second", SHORT, _changed(lambda voice: voice[RATE // 2 : RATE]))
    yield Case("half a second in silence", SHORT, _changed(_short_in_silence))


def _backgrounds() -> Iterator[Case]:
    for name in ("white noise", "pink noise", "mains hum", "applause", "a band", "a choir"):
        yield Case(f"20 dB above {name}", USED, _over(name, 20))
    for name in ("white noise", "a band", "a choir"):
        yield Case(f"6 dB above {name}", CAUTIONED, _over(name, 6))
    yield Case("6 dB below white noise", DROWNED, _over("white noise", -6))


def _without_speech() -> Iterator[Case]:
    for name, sound in NO_SPEECH.items():
        yield Case(f"{name} alone", NO_VOICE, _alone(sound))
    yield Case("silence", SILENT, _changed(lambda _: np.zeros(5 * RATE)))
    yield Case("an offset alone", SILENT, _changed(lambda _: np.full(5 * RATE, 0.3)))


def _other_files() -> Iterator[Case]:
    def content(raw: bytes) -> Make:
        return lambda folder, _: _written(folder / "voice.wav", raw)

    yield Case("a video without sound", NO_TRACK, _mute)
    yield Case("a text", NO_RECORDING, content("Сегодня мы рассмотрим сети.".encode("cp1251")))
    yield Case("a JPEG", NO_RECORDING, content(b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256))))
    yield Case("a PDF", NO_RECORDING, content(b"%PDF-1.7\n"))
    yield Case("a web page", NO_RECORDING, content(b"<!DOCTYPE html><html><body>404"))
    yield Case("a playlist", NO_RECORDING, content(b"#EXTM3U\n#EXTINF:10,\nother.wav\n"))
    yield Case("zeros", NO_RECORDING, content(bytes(5000)))
    yield Case("random bytes", NO_RECORDING, content(np.random.default_rng(7).bytes(100_000)))
    yield Case("an archive", NO_RECORDING, _archive)
    yield Case("an M4A that was cut off", CUT, _cut)
    yield Case("an M4A under lock", LOCKED, _locked)


def _encoding(ending: str, *options: str) -> Make:
    return lambda folder, voice: encoded(folder, f"voice.{ending}", voice, *options)


def _changed(change: Callable[[Sound], Sound], kind: str = "PCM_16") -> Make:
    return lambda folder, voice: saved(folder, "voice.wav", change(voice), kind=kind)


def _over(name: str, decibels: float) -> Make:
    return _changed(lambda voice: mixed(voice, NO_SPEECH[name](8.0), decibels))


def _alone(sound: Callable[[float], Sound]) -> Make:
    return _changed(lambda _: sound(8.0))


def _same(voice: Sound) -> Sound:
    return voice


def _half(voice: Sound) -> Sound:
    return 0.5 * voice


def _noise_of(voice: Sound) -> Sound:
    return noise(voice.size / RATE)[: voice.size]


def _peak(voice: Sound, decibels: float) -> Sound:
    return at_peak(voice, 10 ** (decibels / 20))


def _with_clicks(voice: Sound) -> Sound:
    places = np.random.default_rng(3).integers(0, voice.size, voice.size // 3000)
    clicked = voice.copy()
    clicked[places] = 0.99
    return clicked


def _with_pauses(voice: Sound) -> Sound:
    quarters = np.array_split(voice, 4)
    return np.concatenate([part for each in quarters for part in (each, np.zeros(5 * RATE))])


def _quiet_after_noise(voice: Sound) -> Sound:
    return np.concatenate([0.6 * noise(5.0), 0.005 * voice])


def _short_in_silence(voice: Sound) -> Sound:
    silence = np.zeros(4 * RATE)
    return np.concatenate([silence, voice[RATE // 2 : RATE], silence])


def _two_tracks(folder: Path, voice: Sound) -> Path:
    first = saved(folder, "first.wav", np.zeros_like(voice))
    return encoded(folder, "a.mkv", voice, "-i", str(first), "-map", "1:a", "-map", "0:a")


def _mute(folder: Path, _: Sound) -> Path:
    arguments = [*_PICTURES[:4], "-c:v", "mpeg4", "-y", str(folder / "a.mp4")]
    run(arguments, purpose="drawing", timeout=60)
    return folder / "a.mp4"


def _archive(folder: Path, voice: Sound) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as opened:
        opened.write(saved(folder, "voice.wav", voice), "voice.wav")
    return folder / "a.zip"


def _cut(folder: Path, voice: Sound) -> Path:
    whole = encoded(folder, "whole.m4a", voice).read_bytes()
    return _written(folder / "cut.m4a", whole[: len(whole) // 2])


def _locked(folder: Path, voice: Sound) -> Path:
    key = ("-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb")
    name = ("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8")
    scheme = ("-encryption_scheme", "cenc-aes-ctr")
    return encoded(folder, "a.mp4", voice, "-c:a", "aac", *scheme, *key, *name)


def _written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path
