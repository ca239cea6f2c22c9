"""The face mesh as ONNX: what :mod:`tools.tflite_onnx` does not know about it.

Source: mediapipe/util/tflite/operations and
mediapipe/modules/face_landmark/tensors_to_face_landmarks_with_attention.pbtxt of
release 0.10.14.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper

from tools.tflite_onnx import Converter, Operation, Source, require

MESH_POINTS = 468
EYE_CONTOUR = 16
"""The first of an eye's landmarks go around its lids; an iris lies at their mean depth."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the face that the mesh model looks at a second time."""

    landmarks: list[int]
    turn: str
    """Matrix (2, 2) from the coordinates of the region to those around it, transposed."""
    corner: str
    """Where the region's origin lies, shape (1, 2)."""


class MeshConverter(Converter):
    """Converter of the mesh, with the three operations that only MediaPipe knows.

    ``Landmarks2TransformMatrix`` frames a region by its landmarks, level with two
    of them; ``TransformTensorBilinear`` samples features inside the frame, zero
    outside the picture; ``TransformLandmarks`` takes landmarks back.  Their
    meaning is that of version 2 in mediapipe/util/tflite/operations.

    The seven outputs become two: ``landmarks`` (478, 3) in pixels of the input,
    the refined ones in place of the coarse, irises last; ``score`` (1,), the
    probability of a face.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._regions: dict[int, Region] = {}

    def outputs(self) -> list[onnx.ValueInfoProto]:
        mesh, *refined, flag = map(int, self.source.graph.outputs)
        self._join(f"t{mesh}", [f"t{index}" for index in refined])
        self.node("Sigmoid", [f"t{flag}"], "probability")
        self.node("Reshape", ["probability", self.constant("one", np.array([1]))], "score")
        return [
            helper.make_tensor_value_info("landmarks", TensorProto.FLOAT, [MESH_POINTS + 10, 3]),
            helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
        ]

    def _join(self, mesh: str, refined: list[str]) -> None:
        """Choose for each landmark the output that knows it best."""
        lips, left_eye, right_eye = list(self._regions.values())[:3]
        points = self.node("Reshape", [mesh, self.constant("as_points", np.array([-1, 3]))], "mesh")
        across = self.constant("xy", np.array([0, 1]))
        candidates = [self.node("Gather", [points, across], "mesh_xy", axis=1)]
        flat = self.constant("as_pairs", np.array([-1, 2]))
        candidates += [self.node("Reshape", [name, flat], f"{name}_xy") for name in refined]
        everything = self.node("Concat", candidates, "candidates", axis=0)

        order = np.arange(MESH_POINTS)
        replaced = lips.landmarks + left_eye.landmarks + right_eye.landmarks
        order[replaced] = MESH_POINTS + np.arange(len(replaced))
        irises = MESH_POINTS + len(replaced) + np.arange(10)
        chosen = self.constant("chosen", np.concatenate([order, irises]))
        self.node("Gather", [everything, chosen], "landmarks_xy", axis=0)

        depth = self.node("Gather", [points, self.constant("z", np.array([2]))], "mesh_z", axis=1)
        depths = [depth]
        for side, eye in (("left", left_eye), ("right", right_eye)):
            lids = self.constant(f"{side}_lids", np.array(eye.landmarks[:EYE_CONTOUR]))
            around = self.node("Gather", [depth, lids], f"{side}_lids_z", axis=0)
            mean = self.node("ReduceMean", [around], f"{side}_mean_z", axes=[0])
            five = self.constant("five", np.array([5, 1]))
            depths.append(self.node("Expand", [mean, five], f"{side}_iris_z"))
        self.node("Concat", depths, "landmarks_z", axis=0)
        self.node("Concat", ["landmarks_xy", "landmarks_z"], "landmarks", axis=1)

    def _landmarks2transformmatrix(self, operation: Operation) -> None:
        options, prefix = operation.options, f"region{operation.output}"
        size, scale = options["output_width"], options["scale_x"]
        require(size == options["output_height"], "regions that are not square")
        require(scale == options["scale_y"], "regions that are stretched")
        require(options["target_rotation_radians"] == 0, "regions that are tilted")
        landmarks = [int(index) for index in options["subset_idxs"]]
        ends = [int(options[f"{side}_rotation_idx"]) for side in ("left", "right")]

        rows = self.constant("as_points", np.array([-1, 3]))
        points = self.node("Reshape", [f"t{operation.inputs[0]}", rows], f"{prefix}_points")
        across = self.constant("xy", np.array([0, 1]))
        plane = self.node("Gather", [points, across], f"{prefix}_plane", axis=1)
        turn = self._turn(plane, ends, prefix)
        corner, extent = self._frame(plane, landmarks, turn, reach=scale / 2)

        back = self.node("Transpose", [turn], f"{prefix}_back", perm=[1, 0])
        step = self.constant("step", np.array(scale / size, np.float32))
        pixel = self.node("Mul", [extent, step], f"{prefix}_pixel")
        pixel = self.node("Transpose", [pixel], f"{prefix}_pixel_column", perm=[1, 0])
        self._regions[operation.output] = Region(
            landmarks,
            self.node("Mul", [back, pixel], f"{prefix}_matrix"),
            self.node("MatMul", [corner, back], f"{prefix}_origin"),
        )

    def _turn(self, plane: str, ends: list[int], prefix: str) -> str:
        """Matrix (2, 2) that makes the line between two landmarks level, as ``points @ turn``."""
        left, right = (
            self.node(
                "Gather",
                [plane, self.constant(f"{prefix}_{index}", np.array([index]))],
                f"{prefix}_end_{index}",
                axis=0,
            )
            for index in ends
        )
        line = self.node("Sub", [right, left], f"{prefix}_line")
        length = self.node("ReduceL2", [line], f"{prefix}_length", axes=[1], keepdims=1)
        unit = self.node("Div", [line, length], f"{prefix}_unit")
        spread = self.constant("spread", np.array([[1, 0, 0, 1], [0, -1, 1, 0]], np.float32))
        cosines = self.node("MatMul", [unit, spread], f"{prefix}_cosines")
        square = self.constant("two_by_two", np.array([2, 2]))
        return self.node("Reshape", [cosines, square], f"{prefix}_turn")

    def _frame(
        self, plane: str, landmarks: list[int], turn: str, *, reach: float
    ) -> tuple[str, str]:
        """First corner and extent, (1, 2) each, of the levelled landmarks.

        The corner lies ``reach`` extents before their middle.
        """
        subset = self.constant(f"{turn}_subset", np.array(landmarks))
        inside = self.node("Gather", [plane, subset], f"{turn}_inside", axis=0)
        level = self.node("MatMul", [inside, turn], f"{turn}_level")
        highest = self.node("ReduceMax", [level], f"{turn}_highest", axes=[0], keepdims=1)
        lowest = self.node("ReduceMin", [level], f"{turn}_lowest", axes=[0], keepdims=1)
        extent = self.node("Sub", [highest, lowest], f"{turn}_extent")
        total = self.node("Add", [highest, lowest], f"{turn}_total")
        half = self.constant("half", np.array(0.5, np.float32))
        middle = self.node("Mul", [total, half], f"{turn}_middle")
        factor = self.constant("reach", np.array(reach, np.float32))
        margin = self.node("Mul", [extent, factor], f"{turn}_margin")
        return self.node("Sub", [middle, margin], f"{turn}_corner"), extent

    def _transformtensorbilinear(self, operation: Operation) -> None:
        region, prefix = self._regions[operation.inputs[1]], f"sample{operation.output}"
        height, width = self.source.shape(operation.inputs[0])[1:3]
        require(height == width, "features that are not square")
        size = operation.options["output_width"]

        rows, columns = np.mgrid[:size, :size]
        centres = np.stack([columns, rows], -1).reshape(-1, 2).astype(np.float32) + 0.5
        places = self.constant("centres", centres)
        places = self.node("MatMul", [places, region.turn], f"{prefix}_turned")
        places = self.node("Add", [places, region.corner], f"{prefix}_moved")
        half = self.constant("half", np.array(0.5, np.float32))
        places = self.node("Sub", [places, half], f"{prefix}_places")

        zero = self.constant("zero", np.array(0, np.float32))
        last = self.constant("last", np.array(width - 1, np.float32))
        clipped = self.node("Clip", [places, zero, last], f"{prefix}_clipped")
        mask = self._unclipped(places, clipped, size)
        reach = self.constant("half_width", np.array((width - 1) / 2, np.float32))
        grid = self.node("Div", [clipped, reach], f"{prefix}_scaled")
        one = self.constant("unit", np.array(1, np.float32))
        grid = self.node("Sub", [grid, one], f"{prefix}_centred")
        shape = self.constant("one_grid", np.array([1, size, size, 2]))
        grid = self.node("Reshape", [grid, shape], f"{prefix}_grid")
        sampled = self.node(
            "GridSample", [f"t{operation.inputs[0]}", grid], f"{prefix}_features", align_corners=1
        )
        self.node("Mul", [sampled, mask], f"t{operation.output}")

    def _unclipped(self, places: str, clipped: str, size: int) -> str:
        """Plane (1, 1, size, size): 1 for a place inside the features, 0 for one outside."""
        same = self.node("Equal", [places, clipped], f"{places}_same")
        weights = self.node("Cast", [same], f"{places}_weights", to=TensorProto.FLOAT)
        weight = self.node("ReduceMin", [weights], f"{places}_weight", axes=[1], keepdims=0)
        plane = self.constant("one_plane", np.array([1, 1, size, size]))
        return self.node("Reshape", [weight, plane], f"{places}_mask")

    def _mul(self, operation: Operation) -> None:
        region = self._regions.get(operation.inputs[0])
        if region is None:
            super()._mul(operation)
            return
        factors = self.weights[operation.inputs[1]].reshape(4, 4)
        require(bool((factors[:2, :2] == 1).all()), "a matrix that is turned again")
        factor = self.constant("enlarged", factors[0, 3].astype(np.float32))
        corner = self.node("Mul", [region.corner, factor], f"region{operation.output}_origin")
        self._regions[operation.output] = Region(region.landmarks, region.turn, corner)

    def _transformlandmarks(self, operation: Operation) -> None:
        region = self._regions[operation.inputs[1]]
        turned = self.node(
            "MatMul", [f"t{operation.inputs[0]}", region.turn], f"turned{operation.output}"
        )
        self.node("Add", [turned, region.corner], f"t{operation.output}")

    def _strided_slice(self, operation: Operation) -> None:
        whole = self.source.shape(operation.inputs[0]) == self.source.shape(operation.output)
        require(whole, "a slice that leaves something out")
        self.node("Identity", [f"t{operation.inputs[0]}"], f"t{operation.output}")
