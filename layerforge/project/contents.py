"""What a good row of each table is.

Every row can be judged by itself, so that what is good in a broken file can be told from what is
not, wherever it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
import numpy as np

from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.model.source import Pixel, Weight, source_id_of
from layerforge.model.step import Step
from layerforge.model.values import SourceId, from_json
from layerforge.project.hardening import MAX_ROW_BYTES
from layerforge.project.judgements import PARTS, TRIALS, Finite
from layerforge.project.reading import MOST_NUMBERS, Count, Id
from layerforge.project.webp import webp_size
from layerforge.scoring.fingerprint import SIZE_BYTES
from layerforge.scoring.taste_file import MAX_TASTE_BYTES, decode_taste

MOST_THUMBNAIL_PX = 1024
"""Sides of a thumbnail; ours have 256."""

Row = tuple[Any, ...]

_Short = Annotated[str, msgspec.Meta(max_length=4096)]
_Json = Annotated[str, msgspec.Meta(max_length=MAX_ROW_BYTES)]
_Bit = Annotated[int, msgspec.Meta(ge=0, le=1)]
_Positive = Annotated[float, msgspec.Meta(ge=0.0, le=1e12)]
_Percent = Annotated[float, msgspec.Meta(ge=0.0, le=100.0)]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order with their types; the first one is the key, or begins it.

    wrong: what is wrong with a row of the right types, or None.  numbered: whether the key is
    SQLite's own row number.
    """

    name: str
    columns: Mapping[str, Any]
    wrong: Callable[[Row], str | None]
    numbered: bool = True

    @property
    def kind(self) -> Any:
        """The tuple type of a row."""
        return tuple.__class_getitem__(tuple(self.columns.values()))

    def fits(self, row: Row) -> bool:
        """Whether ``row`` has the types of the table."""
        try:
            msgspec.convert(row, self.kind)
        except (msgspec.ValidationError, RecursionError):
            return False
        return True

    def checked(self, row: Row) -> Row:
        """``row`` with the types of the table.  Raises InvalidValue with the reason."""
        try:
            found: Row = msgspec.convert(row, self.kind)
        except (msgspec.ValidationError, RecursionError) as error:
            raise InvalidValue(_in_words(str(error), tuple(self.columns))) from error
        reason = self.wrong(found)
        if reason is not None:
            raise InvalidValue(reason)
        return found


def _in_words(reason: str, columns: tuple[str, ...]) -> str:
    """What msgspec says, with the column's name for its place."""
    said, _, place = reason.partition(" - at `$[")
    number, _, _ = place.partition("]")
    name = columns[int(number)] if number.isdecimal() and int(number) < len(columns) else "it"
    return f"{name} is not right: {said[:1].lower()}{said[1:].replace('`', '')}"


def _project(row: Row) -> str | None:
    one, canvas, _ = row
    decoded = from_json(canvas, Canvas, what="the canvas")
    if decoded.layers or decoded.filters:
        return "the canvas is not blank"
    return None if one == 1 else "there is more than one"


def _source(row: Row) -> str | None:
    return None if source_id_of(row[5]) == row[0] else "its bytes are not those that were loaded"


def _run(row: Row) -> str | None:
    for document in (row[3], row[8]):
        from_json(document, dict[str, Any], what="its settings")
    from_json(row[7], dict[str, str], what="its versions")
    return None


def _policy(row: Row) -> str | None:
    from_json(row[2], dict[str, Any], what="what it learned")
    return None


def _round(row: Row) -> str | None:
    from_json(row[3], dict[str, Count], what="why candidates were rejected")
    return None


def _branch(row: Row) -> str | None:
    id_, parent, mate, _, _, _, steps, origin = row
    from_json(steps, tuple[Step, ...], what="its steps")
    if (id_ == ROOT) != (parent is None):
        return "only the root has no parent"
    if max(parent or 0, mate or 0, origin or 0) >= id_ > ROOT:
        return "it grows from a branch that is no older"
    return None


def _score(row: Row) -> str | None:
    for decoder, document in ((PARTS, row[3]), (TRIALS, row[8])):
        try:
            decoder.decode(document)
        except (msgspec.MsgspecError, RecursionError) as error:
            return f"its votes can't be read: {error}"
    return None


def wrong_vector(blob: bytes) -> str | None:
    """Why ``blob`` is no embedding, or None."""
    if not 0 < len(blob) <= 2 * MOST_NUMBERS or len(blob) % 2:
        return f"{len(blob)} bytes are no embedding"
    if not np.isfinite(np.frombuffer(blob, dtype="<f2")).all():
        return "it is not made of numbers only"
    return None


def _fingerprint(row: Row) -> str | None:
    return None if len(row[1]) == SIZE_BYTES else f"it has {len(row[1])} bytes, not {SIZE_BYTES}"


def _thumbnail(row: Row) -> str | None:
    size = webp_size(row[1])
    if size is None:
        return "it is no WebP picture"
    if not 0 < max(size) <= MOST_THUMBNAIL_PX:
        return f"{size[0]}x{size[1]} is too large for a thumbnail"
    return None


def _decision(row: Row) -> str | None:
    from_json(row[3], tuple[Id, ...], what="its branches")
    if (row[2] in ("undo", "redo")) != (row[4] is not None):
        return "only an undo or redo refers to another decision"
    return "it refers to a later one" if row[4] is not None and row[4] >= row[0] else None


def _taste(row: Row) -> str | None:
    try:
        decode_taste(row[1].encode(), what="it")
    except LayerForgeError as error:
        return str(error)
    return None


PROJECT = Table("project", {"one": int, "canvas": _Json, "created_at": _Short}, _project)
SOURCES = Table(
    "sources",
    {
        "id": SourceId,
        "name": _Short,
        "width": Pixel,
        "height": Pixel,
        "place": int,
        "file_bytes": bytes,
        "weight": Weight,
    },
    _source,
    numbered=False,
)
RUNS = Table(
    "runs",
    {
        "id": Id,
        "started_at": _Short,
        "ended_at": _Short | None,
        "settings": _Json,
        "seed": int,
        "scorer": _Short,
        "scorer_description": _Short,
        "versions": _Json,
        "reference": _Json,
    },
    _run,
)
POLICIES = Table("policies", {"run": Id, "round": Count, "document": _Json}, _policy)
ROUNDS = Table(
    "rounds",
    {"round": Id, "run": Id, "evaluated": Count, "rejected": _Json, "seconds": _Positive},
    _round,
)
BRANCHES = Table(
    "branches",
    {
        "id": Id,
        "parent": Id | None,
        "mate": Id | None,
        "run": Id | None,
        "round": Count,
        "depth": Count,
        "steps": _Json,
        "origin": Id | None,
    },
    _branch,
)
SCORES = Table(
    "scores",
    {
        "branch": Id,
        "judge": _Short,
        "value": Finite,
        "parts": _Json,
        "spread": _Positive,
        "percentile": _Percent | None,
        "fragility": Finite,
        "hull_distance": _Positive | None,
        "trials": _Json,
    },
    _score,
)
EMBEDDINGS = Table(
    "embeddings",
    {"branch": Id, "encoder": _Short, "vector": bytes},
    lambda row: wrong_vector(row[2]),
)
SOURCE_EMBEDDINGS = Table(
    "source_embeddings",
    {"source": SourceId, "mirrored": _Bit, "encoder": _Short, "vector": bytes},
    lambda row: wrong_vector(row[3]),
    numbered=False,
)
FINGERPRINTS = Table("fingerprints", {"branch": Id, "marks": bytes}, _fingerprint)
THUMBNAILS = Table("thumbnails", {"branch": Id, "webp": bytes}, _thumbnail)
DECISIONS = Table(
    "decisions",
    {"id": Id, "at": _Short, "kind": _Short, "branches": _Json, "refers_to": Id | None},
    _decision,
)
TASTES = Table(
    "tastes",
    {"decision": Id, "file": Annotated[str, msgspec.Meta(max_length=MAX_TASTE_BYTES)]},
    _taste,
)

TABLES = (
    PROJECT,
    SOURCES,
    RUNS,
    POLICIES,
    ROUNDS,
    BRANCHES,
    SCORES,
    EMBEDDINGS,
    SOURCE_EMBEDDINGS,
    FINGERPRINTS,
    THUMBNAILS,
    DECISIONS,
    TASTES,
)
"""All tables, each after those that it refers to."""
