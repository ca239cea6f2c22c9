"""What SadTalker lacks is told before a lecture is accepted."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.engines.face.sadtalker.card import CARD
from tests.bridge.checkout import Checkout


def given(checkout: Checkout, **more: Any) -> dict[str, Any]:
    return {"sad_talker_dir_path": checkout.folder, **more}


def test_a_complete_checkout_lacks_nothing(checkout: Checkout) -> None:
    assert CARD.lacks(given(checkout), {}) == ""


def test_a_second_look_takes_less_than_a_tenth_of_a_second(checkout: Checkout) -> None:
    CARD.lacks(given(checkout), {})
    started = time.process_time()
    CARD.lacks(given(checkout), {})
    # A third of a millisecond; without a memory it would start the interpreter again.
    assert time.process_time() - started < 0.1


def test_the_places_of_the_service_are_used_where_the_options_say_nothing(
    checkout: Checkout, tmp_path: Path
) -> None:
    places = {"sad_talker_dir_path": checkout.folder, "models_dir": tmp_path}
    assert CARD.lacks({}, places) == ""
    assert "no folder" in CARD.lacks(given(checkout, sad_talker_dir_path=tmp_path / "x"), places)


def test_the_program_alone_tells_where_the_checkout_is(checkout: Checkout) -> None:
    assert CARD.lacks({"sad_talker_inference": checkout.folder / "inference.py"}, {}) == ""


def test_unset_settings_are_named() -> None:
    assert "SAD_TALKER_DIR_PATH" in CARD.lacks({}, {})


def test_a_folder_that_is_no_checkout_is_told(tmp_path: Path) -> None:
    assert "no folder src" in CARD.lacks({"sad_talker_dir_path": tmp_path}, {})


def test_a_missing_program_is_told(checkout: Checkout) -> None:
    (checkout.folder / "inference.py").unlink()
    assert "SAD_TALKER_INFERENCE is no file" in CARD.lacks(given(checkout), {})


def test_a_missing_interpreter_is_told(checkout: Checkout) -> None:
    (checkout.folder / "venv").unlink()
    assert "SAD_TALKER_PYTHON_PATH is no program" in CARD.lacks(given(checkout), {})


def test_another_python_is_told_by_its_version(checkout: Checkout) -> None:
    told = CARD.lacks(given(checkout, sad_talker_python_path=sys.executable), {})
    assert "must be Python 3.8" in told and "3.11" in told


def test_an_interpreter_that_does_not_start_is_told(checkout: Checkout, tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert "no Python that starts" in CARD.lacks(given(checkout, sad_talker_python_path=broken), {})


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "checkpoints/SadTalker_V0.0.2_256.safetensors"),
        ({"size": 512}, "checkpoints/SadTalker_V0.0.2_512.safetensors"),
        ({}, "checkpoints/mapping_00229-model.pth.tar"),
        ({"preprocess": "extfull"}, "checkpoints/mapping_00109-model.pth.tar"),
        ({}, "gfpgan/weights/detection_Resnet50_Final.pth"),
        ({"enhancer": "gfpgan"}, "gfpgan/weights/GFPGANv1.4.pth"),
        ({"enhancer": "RestoreFormer"}, "gfpgan/weights/RestoreFormer.pth"),
    ],
)
def test_each_missing_file_of_weights_is_named_with_its_folder(
    checkout: Checkout, options: dict[str, Any], name: str
) -> None:
    path = checkout.folder / name
    path.unlink(missing_ok=True)
    assert CARD.lacks(given(checkout, **options), {}) == (
        f"{path.name} is missing; put it into {path.parent}"
    )


def test_weights_may_lie_elsewhere(checkout: Checkout, tmp_path: Path) -> None:
    moved = (checkout.folder / "checkpoints").rename(tmp_path / "elsewhere")
    assert CARD.lacks(given(checkout, checkpoint_dir=moved), {}) == ""


def test_an_unknown_option_is_named(checkout: Checkout) -> None:
    assert "colour" in CARD.misfit(given(checkout, colour=1), {})


def test_a_missing_ffmpeg_is_told(checkout: Checkout, tmp_path: Path) -> None:
    assert "ffmpeg" in CARD.lacks(given(checkout), {"ffmpeg": tmp_path / "ffmpeg"})


@pytest.mark.slow
def test_the_report_goes_on_where_it_can_and_says_what_to_do(checkout: Checkout) -> None:
    (checkout.folder / "checkpoints" / "mapping_00229-model.pth.tar").unlink()
    found = {finding.what: finding for finding in CARD.examine(given(checkout), {})}
    assert found["checkout"].ok and found["interpreter"].ok and found["ffmpeg"].ok
    assert "put it into" in found["mapping_00229-model.pth.tar"].says
    assert "MB" in found["SadTalker_V0.0.2_256.safetensors"].says
    # The stand-in's interpreter has no torch.
    assert "No module named 'torch'" in found["packages"].says


STAND_IN_TORCH = """
__version__ = '1.12.1+cu102'
class cuda:
    is_available = staticmethod(lambda: True)
    get_device_name = staticmethod(lambda number: 'Stand-in GPU')
    get_device_capability = staticmethod(lambda number: {capability})
    get_arch_list = staticmethod(lambda: ['sm_37', 'sm_60', 'sm_70', 'compute_70'])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("capability", "fits"), [((7, 0), True), ((7, 5), True), ((8, 6), False), ((9, 0), False)]
)
def test_a_device_that_torch_has_no_code_for_is_told(
    checkout: Checkout, capability: tuple[int, int], fits: bool
) -> None:
    stand_in = STAND_IN_TORCH.replace("{capability}", str(capability))
    (checkout.folder / "torch.py").write_text(stand_in, encoding="utf-8")
    found = {finding.what: finding for finding in CARD.examine(given(checkout), {})}
    device = found["device"]
    assert device.ok == fits
    assert f"compute capability {capability[0]}.{capability[1]}" in device.says
    assert ("torch 1.12.1+cu102 is made for 3.7, 6.0, 7.0" in device.says) != fits
