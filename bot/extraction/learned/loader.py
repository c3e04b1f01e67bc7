"""The shipped model: gate, vocabulary, graph, scorer."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from bot.extraction.learned.gate import Gate, read_gate
from bot.extraction.learned.scorer import Scorer, read_scorer
from bot.extraction.learned.sums import SHIPPED, check

LONGEST_WORD = 40  # characters; a longer "word" is one unknown piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """All that reading needs. Safe to share between threads."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession
    scorer: Scorer
    gate: Gate


def read_tokenizer(path: Path) -> Tokenizer:
    """BERT's uncased tokeniser over a cut vocabulary, one piece a line."""
    words = path.read_text(encoding="utf-8").splitlines()
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=LONGEST_WORD))  # noqa: S106
    tokenizer.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def read_session(graph: Path) -> onnxruntime.InferenceSession:
    """A graph, ready to run. One thread: workers are processes, and results do not depend on cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        str(graph),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is far slower on processors
    )


@cache
def load(folder: Path = SHIPPED) -> Model:
    """Load a model folder, once a process.

    Raises ModelError where the shipped model is damaged, and where another version wrote the folder's scorer.
    """
    if folder == SHIPPED:
        check(folder)
    return Model(
        tokenizer=read_tokenizer(folder / "vocabulary.txt"),
        session=read_session(folder / "tagger.onnx"),
        scorer=read_scorer(folder / "scorer.npz"),
        gate=read_gate(folder / "gate.npz"),
    )
