"""Fit and calibrate the event scorer on out-of-fold predictions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bot.errors import InputError
from bot.extraction.learned.gate import Linear
from bot.extraction.learned.phrases import BUCKETS
from bot.extraction.learned.scorer import CLIP, Net, Scorer, Seen
from bot.model.event import Event
from bot.training.gating import fit_weights
from bot.training.matching import same_event, shared_facts

HIDDEN = 128
SHARE = 0.5  # of the phrases' score beside the nets' logit
SEEN = 8  # candidates that a phrase must stand beside to weigh
OPTIONAL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the scorer sees of a candidate, and 1 right or 0 wrong."""

    seen: Seen
    right: int


def judge(found: Sequence[Event], gold: Sequence[Mapping[str, Any]]) -> list[int]:
    """1 where a candidate is a required event, 0 where it is none, OPTIONAL where it counts neither way."""
    verdict = [0] * len(found)
    left = set(range(len(found)))
    required = [e for e in gold if not e.get("background") and not e.get("optional")]
    optional = [e for e in gold if e.get("optional") and not e.get("background")]
    for wanted, mark in [*((e, 1) for e in required), *((e, OPTIONAL) for e in optional)]:
        fitting = [i for i in sorted(left) if same_event(wanted, found[i])]
        if fitting:
            best = max(fitting, key=lambda i: shared_facts(wanted, found[i]))
            verdict[best] = mark
            left.remove(best)
    return verdict


def _net(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, HIDDEN), nn.Tanh(), nn.Dropout(0.3), nn.Linear(HIDDEN, 1))


def _train(x: Tensor, y: Tensor, *, seed: int, epochs: int = 40) -> nn.Sequential:
    torch.manual_seed(seed)
    net = _net(x.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=5e-3, weight_decay=0.1)
    decay = torch.optim.lr_scheduler.ExponentialLR(optimiser, 0.94)
    for _ in range(epochs):
        for index in torch.randperm(len(x)).split(128):
            loss = functional.binary_cross_entropy_with_logits(net(x[index])[:, 0], y[index] * 0.98 + 0.01)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        decay.step()
    return net.eval()


def fit_nets(judged: Sequence[Judged], *, mean: NDArray[Any], scale: NDArray[Any], seeds: int = 5) -> tuple[Net, ...]:
    """Networks of several seeds, over scaled features, that tell right from wrong."""
    torch.set_num_threads(1)  # two only wait for each other in networks as small as these
    right = torch.tensor([float(j.right) for j in judged])
    x = torch.tensor(np.clip((np.array([j.seen.row for j in judged]) - mean) / scale, -CLIP, CLIP)).float()
    return tuple(_weights(_train(x, right, seed=seed)) for seed in range(seeds))


def fit_phrases(judged: Sequence[Judged]) -> Linear:
    """The words that stand beside what is right, and beside what is wrong; those that are seen seldom weigh nothing."""
    seen = Counter(bucket for j in judged for bucket in j.seen.words)
    often = {bucket for bucket, count in seen.items() if count >= SEEN}
    rows = [([b for b in j.seen.words if b in often], float(j.right), 1.0) for j in judged]
    return Linear(weights=fit_weights(rows, seed=7, size=BUCKETS, epochs=4))


def fit(judged: Sequence[Judged], *, held: Sequence[Judged], threshold: float) -> Scorer:
    """The scorer: fitted on `judged`, calibrated on `held`. Raises InputError."""
    if not judged or not held:
        raise InputError("The taggers found no candidate event to learn from: give more labelled items or epochs.")
    rows = np.array([j.seen.row for j in judged])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    plain = Scorer(
        phrases=fit_phrases(judged), share=SHARE, mean=mean, scale=scale,
        nets=fit_nets(judged, mean=mean, scale=scale),
        slope=1.0, offset=0.0, bend=0.0, knot=0.0, threshold=threshold,
    )  # fmt: skip
    right = np.array([j.right for j in held], dtype=float)
    line = calibrate(plain.raw([j.seen for j in held]), right)
    return replace(plain, slope=line["slope"], offset=line["offset"], bend=line["bend"], knot=line["knot"])


def calibrate(raw: NDArray[Any], right: NDArray[Any]) -> dict[str, float]:
    """Slope, offset, bend and knot of `Scorer`: Platt's line (1999), bent where it says "as likely as not".

    One line is drawn by the many candidates that are surely nothing, and too flat for the few that become alerts.
    """
    ones = np.ones(len(raw))
    slope, offset = _logistic([raw, ones], right)
    knot = -offset / slope
    low, start, bend = _logistic([raw, ones, np.maximum(raw - knot, 0)], right)
    if low <= 0 or bend < 0:
        return {"slope": slope, "offset": offset, "bend": 0.0, "knot": 0.0}
    return {"slope": low, "offset": start, "bend": bend, "knot": knot}


def _logistic(columns: Sequence[NDArray[Any]], right: NDArray[Any]) -> list[float]:
    """Weights of a logistic regression by Newton's method, with Platt's smoothed targets."""
    positive, negative = right.sum(), len(right) - right.sum()
    goal = np.where(right > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([column.astype(float) for column in columns], axis=1)
    small = 1e-6 * np.eye(len(columns))
    beta = np.array([1.0] + [0.0] * (len(columns) - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        step = np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design + small, design.T @ (goal - p))
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return [float(weight) for weight in beta]


def _weights(net: nn.Sequential) -> Net:
    state = {name: value.double().numpy() for name, value in net.state_dict().items()}
    return Net(w1=state["0.weight"].T, b1=state["0.bias"], w2=state["3.weight"][0], b2=float(state["3.bias"][0]))
