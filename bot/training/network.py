"""The tagger as a torch module: MiniLM's first layers, a shape and a place embedding, one linear layer of outputs."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.extraction.learned.labels import WIDTH

HIDDEN, HEADS, INNER, POSITIONS = 384, 12, 1536, 192
_UNSEEN = -1e4  # a score that softmax turns to nothing, and that bf16 can hold


class Layer(nn.Module):
    """One transformer layer in BERT's post-norm form, with the tanh GELU that runs faster at run time."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Attention over the pieces that `mask` shows, then the inner layer."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        # spelt out: torch's fused attention is a fifth slower to train on processors
        scores = torch.matmul(q / math.sqrt(HIDDEN // HEADS), k.transpose(-1, -2)).masked_fill(~mask, _UNSEEN)
        seen = torch.matmul(scores.softmax(dim=-1), v)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, n, HIDDEN))))
        inner = functional.gelu(self.up(x), approximate="tanh")
        return self.norm2(x + self.drop(self.down(inner)))


class Tagger(nn.Module):
    """Word pieces, shapes and places in; `WIDTH` logits for every piece out."""

    def __init__(self, *, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.shape = nn.Embedding(8, HIDDEN)
        self.place = nn.Embedding(3, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = nn.Linear(HIDDEN, WIDTH)

    def forward(self, pieces: Tensor, shapes: Tensor, places: Tensor) -> Tensor:
        """[batch, n] three times in, [batch, n, WIDTH] out; piece 0 is padding."""
        here = torch.arange(pieces.shape[1])
        x = self.word(pieces) + self.position(here) + self.shape(shapes) + self.place(places)
        x = self.drop(self.norm(x))
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        out: Tensor = self.head(self.drop(x))
        return out


def load_minilm(tagger: Tagger, weights: Mapping[str, Tensor], *, kept: list[int], layers: list[int]) -> None:
    """Copy MiniLM's weights: the vocabulary rows `kept`, the encoder layers `layers`."""
    w = weights
    with torch.no_grad():
        tagger.word.weight.copy_(w["embeddings.word_embeddings.weight"][kept])
        tagger.position.weight.copy_(w["embeddings.position_embeddings.weight"][:POSITIONS])
        tagger.place.weight.copy_(w["embeddings.token_type_embeddings.weight"][:1].repeat(3, 1))
        tagger.shape.weight.zero_()
        _copy(tagger.norm, w, "embeddings.LayerNorm")
        for layer, number in zip(tagger.layers, layers, strict=True):
            at = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                joined = [w[f"{at}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(joined))
            _copy(layer.out, w, at + "attention.output.dense")
            _copy(layer.norm1, w, at + "attention.output.LayerNorm")
            _copy(layer.up, w, at + "intermediate.dense")
            _copy(layer.down, w, at + "output.dense")
            _copy(layer.norm2, w, at + "output.LayerNorm")


def _copy(module: nn.Module, weights: Mapping[str, Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(weights[f"{name}.{part}"])
