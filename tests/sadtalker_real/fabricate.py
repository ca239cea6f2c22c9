"""``python fabricate.py CHECKOUT OUT [--size 256|512] [--enhancer]``: checkpoints without sense.

Networks of the right names and shapes with random weights, for a SadTalker that has to run
but not to please.  Runs in SadTalker's own interpreter, from anywhere; takes seconds; writes
``OUT/checkpoints`` and ``OUT/gfpgan/weights``, about a gigabyte.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

import torch


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--enhancer", action="store_true", help="the weights of gfpgan too")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True  # the checkout stays as it is
    sys.path.insert(0, str(arguments.checkout))
    checkpoints = arguments.out / "checkpoints"
    faces = arguments.out / "gfpgan" / "weights"
    for folder in (checkpoints, faces):
        folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    config = arguments.checkout / "src" / "config"
    _talker(config, checkpoints / f"SadTalker_V0.0.2_{arguments.size}.safetensors")
    _mappings(config, checkpoints)
    _face_models(faces)
    if arguments.enhancer:
        _enhancer(faces)


def _talker(config: Path, target: Path) -> None:
    if target.exists():
        return
    settings = _settings(config, "facerender.yaml")
    common = settings["common_params"]
    pose = _package("yacs.config").CfgNode
    with (config / "auido2pose.yaml").open(encoding="utf-8") as opened:
        pose = pose.load_cfg(opened)
    networks = {
        "face_3drecon": _package("src.face3d.models.networks").define_net_recon(
            net_recon="resnet50", use_last_fc=False, init_path=""
        ),
        "audio2pose": _package("src.audio2pose_models.audio2pose").Audio2Pose(
            pose, None, device="cpu"
        ),
        "audio2exp": _package("src.audio2exp_models.networks").SimpleWrapperV2(),
        "generator": _package("src.facerender.modules.generator").OcclusionAwareSPADEGenerator(
            **settings["generator_params"], **common
        ),
        "kp_extractor": _package("src.facerender.modules.keypoint_detector").KPDetector(
            **settings["kp_detector_params"], **common
        ),
    }
    tensors: dict[str, Any] = {
        f"{part}.{name}": value.contiguous().clone()
        for part, network in networks.items()
        for name, value in network.eval().state_dict().items()
    }
    part_file = target.with_name(target.name + ".part")
    _package("safetensors.torch").save_file(tensors, str(part_file))
    part_file.replace(target)


def _mappings(config: Path, checkpoints: Path) -> None:
    mapping = _package("src.facerender.modules.mapping").MappingNet
    for settings, name in (("facerender", "00229"), ("facerender_still", "00109")):
        network = mapping(**_settings(config, settings + ".yaml")["mapping_params"])
        target = checkpoints / f"mapping_{name}-model.pth.tar"
        _save({"epoch": 1, "mapping": network.state_dict()}, target)


def _face_models(folder: Path) -> None:
    landmarks = _package("src.face3d.util.my_awing_arch").FAN(
        num_modules=4, num_landmarks=98, device="cpu"
    )
    _save({"state_dict": landmarks.state_dict()}, folder / "alignment_WFLW_4HG.pth")
    detector = _package("facexlib.detection.retinaface").RetinaFace(
        network_name="resnet50", half=False, device="cpu"
    )
    _save(detector.state_dict(), folder / "detection_Resnet50_Final.pth")


def _enhancer(folder: Path) -> None:
    network = _package("gfpgan.archs.gfpganv1_clean_arch").GFPGANv1Clean(
        out_size=512,
        num_style_feat=512,
        channel_multiplier=2,
        decoder_load_path=None,
        fix_decoder=False,
        num_mlp=8,
        input_is_latent=True,
        different_w=True,
        narrow=1,
        sft_half=True,
    )
    _save({"params_ema": network.state_dict()}, folder / "GFPGANv1.4.pth")
    parser = _package("facexlib.parsing.parsenet").ParseNet(
        in_size=512, out_size=512, parsing_ch=19
    )
    _save(parser.state_dict(), folder / "parsing_parsenet.pth")


def _save(tensors: dict[str, Any], target: Path) -> None:
    if not target.exists():
        part_file = target.with_name(target.name + ".part")
        torch.save(tensors, part_file)
        part_file.replace(target)


def _settings(config: Path, name: str) -> Any:
    with (config / name).open(encoding="utf-8") as opened:
        return _package("yaml").safe_load(opened)["model_params"]


def _package(name: str) -> Any:
    return importlib.import_module(name)


if __name__ == "__main__":
    main()
