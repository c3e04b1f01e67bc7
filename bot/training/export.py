"""Write the tagger as an int8 ONNX graph, node by node.

Built by hand rather than traced: onnxruntime's Attention and FastGelu are named outright, and one window at a time
needs no mask. Its fused SkipLayerNormalization is left alone, here and by `read_session`: on processors it takes ten
times as long as addition and LayerNormalization by themselves.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.extraction.learned.labels import WIDTH
from bot.training.network import HEADS, Tagger

_MS = "com.microsoft"
FLOAT = ["head_mm", "shape_rows", "place_rows", "position_rows"]
"""Nodes whose weights stay floats: small, and rounding them moves what is read. The others have one scale a channel:
with one a table, a word in thirty changed its role's probability by more than a tenth; now it is one in 170."""


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], name: str, *, domain: str = "", **settings: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, domain=domain, **settings))
        return name


def build(tagger: Tagger) -> onnx.ModelProto:
    """The tagger as a float graph: pieces, shapes, places [1, n] in; logits [1, n, WIDTH] out."""
    w = {k: v.detach().float().numpy() for k, v in tagger.state_dict().items()}
    g = _Graph()
    parts = [
        g.add("Gather", [g.weight(f"{n}_table", w[f"{n}.weight"]), source], f"{n}_rows")
        for n, source in (("word", "pieces"), ("shape", "shapes"), ("place", "places"), ("position", "positions"))
    ]
    total = parts[0]
    for number, part in enumerate(parts[1:]):
        total = g.add("Add", [total, part], f"sum{number}")
    x = _norm(g, total, "x0", g.weight("n0w", w["norm.weight"]), g.weight("n0b", w["norm.bias"]))
    for i in range(len(tagger.layers)):
        x = _layer(g, w, x, i)
    out = g.add("MatMul", [x, g.weight("head_w", w["head.weight"].T)], "head_mm")
    g.add("Add", [out, g.weight("head_b", w["head.bias"])], "logits")
    ints = [
        helper.make_tensor_value_info(n, TensorProto.INT64, [1, "n"])
        for n in ("pieces", "shapes", "places", "positions")
    ]
    result = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "n", WIDTH])
    graph = helper.make_graph(g.nodes, "tagger", ints, [result], g.weights)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)], ir_version=9
    )


def _layer(g: _Graph, w: dict[str, NDArray[Any]], x: str, i: int) -> str:
    at = f"layers.{i}."

    def t(name: str, *, turned: bool = False) -> str:
        value = w[at + name]
        return g.weight(f"l{i}_{name}", value.T if turned else value)

    seen = g.add("Attention", [x, t("qkv.weight", turned=True), t("qkv.bias")], f"att{i}", domain=_MS, num_heads=HEADS)
    mixed = g.add("MatMul", [seen, t("out.weight", turned=True)], f"out{i}")
    moved = g.add("Add", [mixed, t("out.bias")], f"outb{i}")
    x = _norm(g, g.add("Add", [moved, x], f"suma{i}"), f"na{i}", t("norm1.weight"), t("norm1.bias"))
    up = g.add("MatMul", [x, t("up.weight", turned=True)], f"up{i}")
    bent = g.add("FastGelu", [up, t("up.bias")], f"gelu{i}", domain=_MS)
    down = g.add("MatMul", [bent, t("down.weight", turned=True)], f"down{i}")
    moved = g.add("Add", [down, t("down.bias")], f"downb{i}")
    return _norm(g, g.add("Add", [moved, x], f"sumb{i}"), f"nb{i}", t("norm2.weight"), t("norm2.bias"))


def _norm(g: _Graph, x: str, name: str, weight: str, bias: str) -> str:
    return g.add("LayerNormalization", [x, weight, bias], name, epsilon=1e-12)


def export(tagger: Tagger, path: Path) -> None:
    """Write the int8 graph to `path`."""
    full = path.with_suffix(".float.onnx")
    onnx.save(build(tagger), str(full))
    quantize_dynamic(
        str(full),
        str(path),
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=FLOAT,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    full.unlink()
