"""Write the speaker encoder of resemblyzer 0.1.4 as ONNX, so that the service needs no torch.

Run once, in an environment with resemblyzer (Apache-2.0, weights inside its wheel), torch and onnx:

    python -m tools.export_speaker_encoder --target FILE

The service reads ``app/engines/speech/common/models/speaker_encoder.onnx``.

The graph is built from the weights themselves: three LSTM layers of 256, a linear layer, ReLU,
division by the length of the vector.  Weights are stored as float16 and computed with as float32.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, HIDDEN, MELS = 3, 256, 40

Weights = Mapping[str, npt.NDArray[np.float32]]


def read_weights() -> Weights:
    import torch

    path = resources.files("resemblyzer") / "pretrained.pt"
    with resources.as_file(path) as file:
        state = torch.load(file, map_location="cpu", weights_only=True)["model_state"]
    return {name: np.asarray(value.numpy(), np.float32) for name, value in state.items()}


def build(weights: Weights) -> onnx.ModelProto:
    """Model of ``mels`` (batch, frames, 40) to unit vectors ``embeddings`` (batch, 256)."""
    nodes, tensors = [], []

    def constant(name: str, value: npt.NDArray[Any]) -> str:  # any kind of number is stored
        tensors.append(numpy_helper.from_array(value.astype(np.float16), f"{name}_half"))
        nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
        return name

    nodes.append(helper.make_node("Transpose", ["mels"], ["layer0"], perm=[1, 0, 2]))
    for layer in range(LAYERS):
        names = [
            constant(f"{kind}{layer}", onnx_gates(weights, kind, layer)) for kind in ("W", "R", "B")
        ]
        nodes += [
            helper.make_node(
                "LSTM", [f"layer{layer}", *names], [f"all{layer}", f"last{layer}"],
                hidden_size=HIDDEN,
            ),
            helper.make_node("Squeeze", [f"all{layer}", "direction"], [f"layer{layer + 1}"]),
        ]  # fmt: skip
    tensors.append(numpy_helper.from_array(np.array([1], np.int64), "direction"))
    tensors.append(numpy_helper.from_array(np.array([0], np.int64), "first"))
    linear = constant("linear", weights["linear.weight"]), constant("bias", weights["linear.bias"])
    nodes += [
        helper.make_node("Squeeze", [f"last{LAYERS - 1}", "first"], ["state"]),
        helper.make_node("Gemm", ["state", *linear], ["raw"], transB=1),
        helper.make_node("Relu", ["raw"], ["positive"]),
        helper.make_node("LpNormalization", ["positive"], ["embeddings"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "resemblyzer 0.1.4 speaker encoder (Apache-2.0)",
        [helper.make_tensor_value_info("mels", TensorProto.FLOAT, ["batch", "frames", MELS])],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["batch", HIDDEN])],
        tensors,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
        producer_name="videolecture",
    )
    onnx.checker.check_model(model)
    return model


def onnx_gates(weights: Weights, kind: str, layer: int) -> npt.NDArray[np.float32]:
    """Weights of a layer with a leading direction axis and the gates in ONNX's order.

    torch stacks input, forget, cell, output; ONNX wants input, output, forget, cell.
    """

    def ordered(name: str) -> npt.NDArray[np.float32]:
        gate_in, forget, cell, out = np.split(weights[f"lstm.{name}_l{layer}"], 4)
        return np.concatenate([gate_in, out, forget, cell])

    if kind == "B":
        return np.concatenate([ordered("bias_ih"), ordered("bias_hh")])[None]
    return ordered("weight_ih" if kind == "W" else "weight_hh")[None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--target", type=Path, required=True)
    target = parser.parse_args().target
    onnx.save(build(read_weights()), target)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
