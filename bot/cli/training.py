"""`train`: rebuild the learned extractor's model from a corpus."""

import sys
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
    labels: Annotated[Path | None, typer.Option(help="More events by document id: a file or a folder.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the model files.")] = Path("model"),
    epochs: Annotated[int, typer.Option(help="Epochs over everything, after two over the corpus.")] = 5,
    minutes: Annotated[float, typer.Option(help="Cap on the last stage; the learning rate decays to it.")] = 600.0,
) -> None:
    """Train the extractor's model anew. Needs the extra "train"; takes an hour or more on two cores."""
    try:
        from bot.training.pipeline import rebuild
    except ImportError as error:
        print(f"dealbell: training needs more packages ({error.name}): pip install 'dealbell[train]'", file=sys.stderr)
        raise typer.Exit(1) from error
    rebuild(corpus, labels, out=out, epochs=epochs, minutes=minutes)
    print(f"model written to {out}")


def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON Lines of {id, events}: what is true.")],
    documents: Annotated[Path, typer.Argument(help="JSON Lines of {id, title, text}: what to read.")],
) -> None:
    """Score the shipped extractor on documents whose events are known."""
    from bot.extraction import extract
    from bot.training.data import rows
    from bot.training.scoring import lines, score

    known = {str(row["id"]): row["events"] for row in rows(gold)}
    read = ((known[str(row["id"])], extract(row["title"], row["text"]).events)
            for row in rows(documents) if str(row["id"]) in known)  # fmt: skip
    for line in lines(score(read)):
        print(line)
