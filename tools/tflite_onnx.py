"""A reader of TensorFlow Lite files and a writer of the same graph as ONNX.

Knows the operations of small convolutional face models, no others: what it does
not know is refused with its name.  Weights stay float16, as they are in the
source; a Cast behind each is folded when the model is loaded.  Pictures go in as
``(1, height, width, 3)``, as in the source, and are turned to channels-first once,
at the entrance.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from flatbuffers import flexbuffers
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8

Constant = npt.NDArray[Any]  # float16, float32 or integers, as the operation wants it


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a TensorFlow Lite graph, with its name looked up."""

    name: str
    inputs: list[int]
    output: int
    options: Any  # a generated class per operation, or a dict for MediaPipe's own


class Source:
    """A TensorFlow Lite file with one graph."""

    def __init__(self, content: bytes, schema: ModuleType) -> None:
        self._model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
        (self.graph,) = self._model.subgraphs
        self._names = {v: k for k, v in vars(schema.BuiltinOperator).items() if isinstance(v, int)}
        self._types: dict[int, npt.DTypeLike] = {
            schema.TensorType.FLOAT32: np.dtype("<f4"),
            schema.TensorType.FLOAT16: np.dtype("<f2"),
            schema.TensorType.INT32: np.dtype("<i4"),
        }
        self.operations = [self._operation(entry) for entry in self.graph.operators]

    def _operation(self, entry: Any) -> Operation:  # Any: generated class
        code = self._model.operatorCodes[entry.opcodeIndex]
        name = self._names[max(code.builtinCode, code.deprecatedBuiltinCode)]
        options = entry.builtinOptions
        if name == "CUSTOM":
            name = code.customCode.decode()
            if entry.customOptions is not None:
                options = flexbuffers.Loads(bytes(entry.customOptions))
        (output,) = entry.outputs
        return Operation(name, list(entry.inputs), int(output), options)

    def shape(self, index: int) -> tuple[int, ...]:
        return tuple(int(n) for n in self.graph.tensors[index].shape)

    def name(self, index: int) -> str:
        return str(self.graph.tensors[index].name.decode())

    def constant(self, index: int) -> Constant | None:
        """Values of a tensor that is stored in the file; None for one that is computed."""
        tensor = self.graph.tensors[index]
        stored = self._model.buffers[tensor.buffer].data
        if stored is None or len(stored) == 0:
            return None
        values: Constant = np.frombuffer(bytes(stored), np.dtype(self._types[tensor.type]))
        return values.reshape(self.shape(index))


class Converter:
    """Writes the operations of a source, one by one, as ONNX nodes.

    Tensors of four dimensions with a spatial extent are kept channels-first here
    and channels-last in the source.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.weights: dict[int, Constant] = {}
        self._written: dict[str, str] = {}

    def model(self) -> onnx.ModelProto:
        """Convert everything.

        Raises:
            NotImplementedError: The source has an operation or an option not known here.
        """
        (entrance,) = self.source.graph.inputs
        self.node("Transpose", ["picture"], f"t{entrance}", perm=[0, 3, 1, 2])
        for operation in self.source.operations:
            handler = getattr(self, f"_{operation.name.lower()}", None)
            if handler is None:
                raise NotImplementedError(f"no conversion for operation {operation.name}")
            handler(operation)
        outputs = self.outputs()
        graph = helper.make_graph(
            self.nodes,
            "face",
            [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 192, 192, 3])],
            outputs,
            self.initializers,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
        )
        onnx.checker.check_model(model, full_check=True)
        return model

    def outputs(self) -> list[onnx.ValueInfoProto]:
        """Outputs of the source under their own names."""
        infos = []
        for index in map(int, self.source.graph.outputs):
            name = self.source.name(index)
            self.node("Identity", [f"t{index}"], name)
            infos.append(
                helper.make_tensor_value_info(name, TensorProto.FLOAT, self.source.shape(index))
            )
        return infos

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Append a node; attributes are of the kinds that ONNX allows."""
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name: str, values: Constant) -> str:
        """Store values once; float16 ones are cast to float32 where they are used."""
        if name in self._written:
            return self._written[name]
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        used = name
        if values.dtype == np.float16:
            used = self.node("Cast", [name], f"{name}_f32", to=TensorProto.FLOAT)
        self._written[name] = used
        return used

    # Operations of TensorFlow Lite, each a method named after it.

    def _dequantize(self, operation: Operation) -> None:
        stored = self.source.constant(operation.inputs[0])
        if stored is None:
            raise NotImplementedError(f"tensor {operation.inputs[0]} is dequantized when run")
        self.weights[operation.output] = stored

    def _conv_2d(self, operation: Operation) -> None:
        kernel = self.weights[operation.inputs[1]].transpose(0, 3, 1, 2)
        self._convolution(operation, kernel, group=1)

    def _depthwise_conv_2d(self, operation: Operation) -> None:
        kernel = self.weights[operation.inputs[1]].transpose(3, 0, 1, 2)
        self._convolution(operation, kernel, group=kernel.shape[0])

    def _convolution(self, operation: Operation, kernel: Constant, *, group: int) -> None:
        options = operation.options
        require(options.fusedActivationFunction == 0, "a fused activation")
        require((options.dilationHFactor, options.dilationWFactor) == (1, 1), "dilation")
        bias = self.weights[operation.inputs[2]]
        inputs = [
            f"t{operation.inputs[0]}",
            self.constant(f"w{operation.inputs[1]}", kernel),
            self.constant(f"w{operation.inputs[2]}", bias),
        ]
        window = (kernel.shape[2], kernel.shape[3])
        self.node(
            "Conv",
            inputs,
            f"t{operation.output}",
            group=group,
            strides=[options.strideH, options.strideW],
            pads=self._padding(operation, window),
        )

    def _padding(self, operation: Operation, window: tuple[int, int]) -> list[int]:
        """Top, left, bottom, right; "same" padding puts an odd pixel at the end."""
        options = operation.options
        if options.padding == 1:  # "valid"
            return [0, 0, 0, 0]
        before, after = [], []
        strides = (options.strideH, options.strideW)
        for size, extent, stride in zip(
            self.source.shape(operation.inputs[0])[1:3], window, strides, strict=True
        ):
            steps = -(-size // stride)
            total = max((steps - 1) * stride + extent - size, 0)
            before.append(total // 2)
            after.append(total - total // 2)
        return before + after

    def _max_pool_2d(self, operation: Operation) -> None:
        options = operation.options
        window = (options.filterHeight, options.filterWidth)
        self.node(
            "MaxPool",
            [f"t{operation.inputs[0]}"],
            f"t{operation.output}",
            kernel_shape=list(window),
            strides=[options.strideH, options.strideW],
            pads=self._padding(operation, window),
        )

    def _prelu(self, operation: Operation) -> None:
        slope = self.weights[operation.inputs[1]].transpose(2, 0, 1)
        name = self.constant(f"w{operation.inputs[1]}", slope)
        self.node("PRelu", [f"t{operation.inputs[0]}", name], f"t{operation.output}")

    def _relu(self, operation: Operation) -> None:
        self.node("Relu", [f"t{operation.inputs[0]}"], f"t{operation.output}")

    def _add(self, operation: Operation) -> None:
        require(operation.options.fusedActivationFunction == 0, "a fused activation")
        self.node("Add", [f"t{i}" for i in operation.inputs], f"t{operation.output}")

    def _mul(self, operation: Operation) -> None:
        first, second = operation.inputs
        factor = self.constant(f"w{second}", self.weights[second])
        self.node("Mul", [f"t{first}", factor], f"t{operation.output}")

    def _pad(self, operation: Operation) -> None:
        amounts = self.source.constant(operation.inputs[1])
        assert amounts is not None
        pads = amounts[[0, 3, 1, 2]].T.reshape(-1).astype(np.int64)
        name = self.constant(f"w{operation.inputs[1]}", pads)
        self.node("Pad", [f"t{operation.inputs[0]}", name], f"t{operation.output}")

    def _resize_bilinear(self, operation: Operation) -> None:
        require(operation.options.halfPixelCenters, "corners of pixels")
        factor = self.source.shape(operation.output)[1] / self.source.shape(operation.inputs[0])[1]
        scales = self.constant(
            f"scales{operation.output}", np.array([1, 1, factor, factor], np.float32)
        )
        self.node(
            "Resize",
            [f"t{operation.inputs[0]}", "", scales],
            f"t{operation.output}",
            mode="linear",
            coordinate_transformation_mode="half_pixel",
        )

    def _reshape(self, operation: Operation) -> None:
        given = operation.inputs[0]
        before = f"t{given}"
        if len(self.source.shape(given)) == 4:
            before = self.node("Transpose", [before], f"last{operation.output}", perm=[0, 2, 3, 1])
        shape = np.array(self.source.shape(operation.output), np.int64)
        name = self.constant(f"shape{operation.output}", shape)
        self.node("Reshape", [before, name], f"t{operation.output}")


def require(holds: bool, what: str) -> None:
    if not holds:
        raise NotImplementedError(f"no conversion for {what}")
