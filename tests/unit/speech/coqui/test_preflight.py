"""What is said of missing packages and weights without importing anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import config
from app.engines.speech.common.coqui import install
from app.engines.speech.common.coqui.checkpoint import digest
from app.engines.speech.xtts.card import CARD as XTTS
from app.engines.speech.yourtts.card import CARD as YOURTTS
from app.errors import EngineUnavailable

CUDA_LIBRARY = b"\x7fELF...libc10_cuda.so..."
PLAIN_LIBRARY = b"\x7fELF...libc10.so..."


def lay_out(place: Path, *, cuda: str = "None", library: bytes = CUDA_LIBRARY) -> Path:
    """Packages as an installation lays them out; returns torchaudio's library."""
    for name in install.NEEDED:
        (place / name).mkdir(parents=True)
        (place / name / "__init__.py").write_text("raise RuntimeError('imported')")
    (place / "torch" / "version.py").write_text(
        f"__all__ = ['cuda']\n__version__ = '2.13.0'\ncuda: Optional[str] = {cuda}\n"
    )
    written = place / "torchaudio" / "lib" / "_torchaudio.abi3.so"
    written.parent.mkdir()
    written.write_bytes(library)
    return written


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages before all others, none of them loaded yet."""
    for name in install.NEEDED:
        monkeypatch.delitem(sys.modules, name, raising=False)
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    return place


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(site)])
    lacking = XTTS.lacks({}, {"models_dir": site})
    assert all(name in lacking for name in ("TTS", "six", "torchcodec", "docs/engines.md"))


def test_a_torchaudio_that_needs_cuda_is_told_and_set_aside(site: Path) -> None:
    library = lay_out(site)
    assert "setup --engine xtts" in XTTS.lacks({}, {"models_dir": site})
    told: list[str] = []
    install.mend(told.append)
    assert not library.exists() and library.with_name(library.name + ".cuda").exists()
    assert any(library.name in line for line in told)
    assert "torchaudio" not in XTTS.lacks({}, {"models_dir": site})
    install.mend(told.append)


def test_beside_a_torch_with_cuda_nothing_is_touched(site: Path) -> None:
    library = lay_out(site, cuda="'13.0'")
    install.mend(lambda _: None)
    assert library.exists()
    assert "torchaudio" not in YOURTTS.lacks({}, {"models_dir": site})


def test_a_library_set_aside_comes_back_with_cuda(site: Path) -> None:
    library = lay_out(site)
    install.mend(lambda _: None)
    (site / "torch" / "version.py").write_text("cuda: Optional[str] = '13.0'\n")
    install.mend(lambda _: None)
    assert library.read_bytes() == CUDA_LIBRARY


def test_a_library_for_the_processor_alone_is_not_touched(site: Path) -> None:
    library = lay_out(site, library=PLAIN_LIBRARY)
    install.mend(lambda _: None)
    assert library.exists()


def test_mending_without_the_packages_names_them(
    monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    monkeypatch.setattr(sys, "path", [str(site)])
    with pytest.raises(EngineUnavailable, match="torchcodec"):
        install.mend(lambda _: None)


def test_weights_are_told_apart_by_size_and_ends(tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in "123")
    large = bytes(5 << 20)
    one.write_bytes(large)
    two.write_bytes(large[:-1] + b"\1")
    three.write_bytes(large + b"\0")
    assert len({digest(path) for path in (one, two, three)}) == 3
    two.write_bytes(large)
    assert digest(one) == digest(two)


def test_no_framework_is_imported_to_tell_what_is_missing() -> None:
    asked = (
        "import sys; from pathlib import Path\n"
        "from app.engines import registry\n"
        "for name in ('xtts', 'yourtts'):\n"
        "    registry.card('speech', name).lacks({}, {'models_dir': Path('m')})\n"
        "print(sorted({'torch', 'numpy', 'TTS', 'soundfile', 'scipy'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=config.ROOT
    )
    assert told.stdout.strip() == "[]"
