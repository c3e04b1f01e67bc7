"""`train` rebuilds the learned extractor's model from a corpus, `evaluate` scores a model."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(train)
    app.command()(evaluate)


def train(
    corpus: Annotated[
        Path, typer.Option(help="Folder with train.docs.jsonl, train.gold.jsonl and further *.docs.jsonl.")
    ],
    labels: Annotated[
        Path | None,
        typer.Option(help="More events by document id: a file or a folder; feedback that was exported, too."),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Folder for the model files; the stages that lie in it are not run again.")
    ] = Path("model"),
) -> None:
    """Train the extractor's model anew. Needs the extra `train`; takes about three hours on two cores."""
    try:
        from bot.training.pipeline import Recipe, rebuild
        from bot.training.scoring import lines
    except ImportError as error:
        print(f"dealbell: training needs more packages ({error.name}): pip install 'dealbell[train]'", file=sys.stderr)
        raise typer.Exit(1) from error
    report = rebuild(corpus, labels, out=out, today=datetime.now(UTC).date(), recipe=Recipe())
    for line in lines(report) if report else ():
        print(line)
    print(f"model and model card written to {out}")


def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON Lines of {id, events}: what is true.")],
    documents: Annotated[Path, typer.Argument(help="JSON Lines of {id, title, text, published}: what to read.")],
    model: Annotated[Path | None, typer.Option(help="Folder of model files; the shipped ones by default.")] = None,
) -> None:
    """Score the extractor on documents whose events are known."""
    from bot.extraction.extractor import extract
    from bot.extraction.learned.loader import load
    from bot.model.contract import published_in
    from bot.training.data import rows
    from bot.training.scoring import lines, score

    known = {str(row["id"]): row["events"] for row in rows(gold)}
    used = load(model) if model else None
    read = ((known[str(row["id"])], extract(row["title"], row["text"], published=published_in(row), model=used).events)
            for row in rows(documents) if str(row["id"]) in known)  # fmt: skip
    for line in lines(score(read)):
        print(line)
