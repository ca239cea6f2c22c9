"""Stand-in for SadTalker's program of this name: its options, its outputs, its exit statuses."""

import os
import shutil
from argparse import ArgumentParser, Namespace
from time import strftime

from src import behaviour
from src.facerender.animate import AnimateFromCoeff
from src.generate_batch import get_data
from src.utils.preprocess import CropAndExtract


def main(args: Namespace) -> None:
    behaviour.note_arguments(vars(args))
    save_dir = os.path.join(args.result_dir, strftime("%Y_%m_%d_%H.%M.%S"))
    os.makedirs(save_dir, exist_ok=True)
    print("using safetensor as default")
    checkpoint = os.path.join(args.checkpoint_dir, f"SadTalker_V0.0.2_{args.size}.safetensors")
    with open(checkpoint, "rb"):
        behaviour.reached("load")
    _, size = CropAndExtract().generate(args.source_image, save_dir, args.preprocess, args.size)
    frames = get_data(args.driven_audio)
    video = AnimateFromCoeff().generate(frames, save_dir, size, args.batch_size, args.driven_audio)
    shutil.move(video, save_dir + ".mp4")
    print("The generated video is named:", save_dir + ".mp4")
    shutil.rmtree(save_dir)


if __name__ == "__main__":
    parser = ArgumentParser()
    for name in ("driven_audio", "source_image", "result_dir", "ref_eyeblink", "ref_pose"):
        parser.add_argument("--" + name)
    parser.add_argument("--checkpoint_dir", default="./checkpoints")
    parser.add_argument("--pose_style", type=int, default=0)
    parser.add_argument("--batch_size", type=int, default=2)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--expression_scale", type=float, default=1.0)
    for name in ("input_yaw", "input_pitch", "input_roll"):
        parser.add_argument("--" + name, nargs="+", type=int)
    parser.add_argument("--enhancer")
    parser.add_argument("--background_enhancer")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--preprocess", default="crop")
    main(parser.parse_args())
