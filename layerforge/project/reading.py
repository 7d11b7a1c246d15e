"""Rows of the project file as values.

A file may come from anyone and be damaged in any way, so every row is checked: types, ranges,
sizes, and whether parents are there and come before their children.  What does not hold is told
in one line, and ``layerforge project check`` lists all of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Branch, Status
from layerforge.model.step import OperationName, Step
from layerforge.model.values import decode_with, from_json
from layerforge.project.errors import ProjectError
from layerforge.project.judgements import COLUMNS, PARTS, Finite, ScoreRow, read_score
from layerforge.scoring.fingerprint import SIZE_BYTES

Id = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]

MOST_NUMBERS = 65_536
"""Of one embedding."""

_MANY = 10_000

_T = TypeVar("_T")
Rows = Sequence[tuple[object, ...]]

BRANCHES = (
    f"SELECT branches.id, parent, mate, run, round, depth, steps, origin, {COLUMNS} "  # noqa: S608
    "FROM branches LEFT JOIN scores ON scores.branch = branches.id"
)
"""What `branches_from` reads; more words may follow."""

OUTLINE = (
    "SELECT branches.id, parent, origin, value, fragility, parts FROM branches "
    "LEFT JOIN scores ON scores.branch = branches.id ORDER BY branches.id"
)
"""What `outline_from` reads."""

USED = "SELECT id, parent, steps FROM branches ORDER BY id"
"""What `used_from` reads."""

Votes = dict[str, Finite]


@dataclass(frozen=True, slots=True)
class Outline:
    """A judged branch without its steps: its value, how much of it was lost to fragility, and
    each voter's raw vote.  origin: see `Branch`.
    """

    id: int
    parent: int
    origin: int | None
    value: float
    fragility: float
    votes: Votes


@dataclass(frozen=True, slots=True)
class Used:
    """A branch of which only the names of the operations in its own steps are read."""

    id: int
    parent: int | None
    operations: tuple[str, ...]


class _Named(msgspec.Struct, frozen=True):
    name: OperationName


class _NamedStep(msgspec.Struct, frozen=True):
    operation: _Named


_NAMED_STEPS = msgspec.json.Decoder(tuple[_NamedStep, ...])

_STEPS = msgspec.json.Decoder(tuple[Step, ...])

_OutlineRow = tuple[Id, Id | None, Id | None, Finite | None, Finite | None, str | None]

_BranchRow = tuple[Id, Id | None, Id | None, Id | None, Count, Count, str, Id | None]

LINE = (
    "WITH RECURSIVE line(id, parent, steps) AS ("
    " SELECT id, parent, steps FROM branches WHERE id = ?"
    " UNION ALL SELECT branches.id, branches.parent, branches.steps"
    # parents come before their children, or a broken file could send us round in circles
    " FROM branches JOIN line ON branches.id = line.parent AND branches.id < line.id)"
    " SELECT id, parent, steps FROM line ORDER BY id"
)
"""A branch by its id and all above it, the root first; what `steps_from` reads."""


def checked(rows: Rows, kind: type[_T], *, what: str) -> list[_T]:
    """``rows``, each as ``kind``, a tuple type.

    what: the rows, as in "the branches of P".  Raises ProjectError.
    """
    try:
        return msgspec.convert(rows, list[kind])  # type: ignore[valid-type]
    except (msgspec.ValidationError, RecursionError) as error:
        raise damaged(what, str(error)) from error


def damaged(what: str, why: str) -> ProjectError:
    """The error where rows are not what they should be."""
    return ProjectError(f"{what} are damaged: {why} (`layerforge project check` tells more)")


def branches_from(rows: Rows, statuses: Mapping[int, Status], *, name: str) -> list[Branch]:
    """The branches in rows of `BRANCHES`, with their statuses.

    name: the file's.  Raises ProjectError, InvalidValue.
    """
    what = f"the branches of {name}"
    with _collector_paused(len(rows)):
        plain: list[_BranchRow] = checked([row[:8] for row in rows], _BranchRow, what=what)  # type: ignore[arg-type]
        scores: list[ScoreRow] = checked([row[8:] for row in rows], ScoreRow, what=what)  # type: ignore[arg-type]
        return [
            Branch(
                id=id_,
                parent=_parent(parent, id_, what=what),
                mate=_above(mate, id_, what=what),
                origin=_above(origin, id_, what=what),
                run=run,
                round=round_,
                depth=depth,
                steps=decode_with(_STEPS, steps, what=f"branch {id_} of {name}"),
                status=statuses.get(id_, "open"),
                score=read_score(score, what=f"the score of branch {id_} of {name}"),
            )
            for (id_, parent, mate, run, round_, depth, steps, origin), score in zip(
                plain, scores, strict=True
            )
        ]


def outline_from(rows: Rows, *, name: str) -> list[Outline]:
    """What is in rows of `OUTLINE`, parents before children.  Raises ProjectError, InvalidValue."""
    what = f"the branches of {name}"
    known = {ROOT}
    found: list[Outline] = []
    with _collector_paused(len(rows)):
        plain: list[_OutlineRow] = checked(rows, _OutlineRow, what=what)  # type: ignore[arg-type]
        for id_, parent, origin, value, fragility, parts in plain:
            if id_ == ROOT:
                continue
            if parent not in known or id_ in known:
                raise damaged(what, f"{id_} is there twice, or grows from {parent}, which is lost")
            known.add(id_)
            if value is None or fragility is None or parts is None:
                continue
            found.append(
                Outline(
                    id=id_,
                    parent=parent,
                    origin=_above(origin, id_, what=what),
                    value=value,
                    fragility=fragility,
                    votes=decode_with(PARTS, parts, what=f"the score of branch {id_} of {name}"),
                )
            )
    return found


def used_from(rows: Rows, *, name: str) -> list[Used]:
    """The rows of `USED`.  Raises ProjectError, InvalidValue.

    Some ten times as fast as decoding what the operations are given, which is not checked.
    """
    what = f"the branches of {name}"
    return [
        Used(
            id=id_,
            parent=_parent(parent, id_, what=what),
            operations=tuple(
                step.operation.name
                for step in decode_with(_NAMED_STEPS, steps, what=f"branch {id_} of {name}")
            ),
        )
        for id_, parent, steps in checked(rows, tuple[Id, Id | None, str], what=what)
    ]


def check_tree(branches: Sequence[Branch], *, name: str) -> None:
    """Raise ProjectError unless the root is there, and every parent stands before its child."""
    known: set[int] = set()
    last = -1
    for branch in branches:
        if branch.id <= last:
            raise damaged(f"the branches of {name}", f"{branch.id} is there twice")
        if branch.parent is not None and branch.parent not in known:
            raise damaged(
                f"the branches of {name}", f"{branch.id} grows from {branch.parent}, which is lost"
            )
        known.add(branch.id)
        last = branch.id
    if ROOT not in known:
        raise damaged(f"the branches of {name}", "the root is lost")


def steps_from(rows: Rows, branch_id: int, *, name: str) -> tuple[Step, ...]:
    """All steps in rows of `LINE`, from the root down.  Raises ProjectError, InvalidValue."""
    if not rows:
        raise ProjectError(f"{name} has no branch {branch_id}")
    line = checked(rows, tuple[Id, Id | None, str], what=f"the branches of {name}")
    if line[0][0] != ROOT:
        raise damaged(f"the branches of {name}", f"one above {branch_id} is lost")
    return tuple(
        step
        for id_, _, steps in line
        for step in decode_with(_STEPS, steps, what=f"branch {id_} of {name}")
    )


def embeddings_from(
    rows: Rows, *, encoder: str, name: str
) -> tuple[list[int], npt.NDArray[np.float16]]:
    """Ids and (N, D) float16 of the rows (id, encoder, vector) that ``encoder`` made.

    Raises ProjectError.
    """
    what = f"the embeddings of {name}"
    found = [
        (id_, vector)
        for id_, said, vector in checked(rows, tuple[Id, str, bytes], what=what)
        if said == encoder
    ]
    ids = [id_ for id_, _ in found]
    return ids, vectors_from([vector for _, vector in found], what=what)


def vectors_from(blobs: Sequence[bytes], *, what: str) -> npt.NDArray[np.float16]:
    """(N, D) float16, all finite, from what ``to_blob`` made.  Raises ProjectError."""
    if not blobs:
        return np.zeros((0, 0), dtype=np.float16)
    size = len(blobs[0])
    if not 0 < size <= 2 * MOST_NUMBERS or size % 2 or any(len(one) != size for one in blobs):
        raise damaged(what, "their sizes differ, or are impossible")
    vectors = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
    if not np.isfinite(vectors).all():
        raise damaged(what, "not all are numbers")
    return vectors


def fingerprints_from(rows: Rows, *, name: str) -> npt.NDArray[np.uint8]:
    """(N, 56) uint8 from rows of one blob.  Raises ProjectError."""
    what = f"the fingerprints of {name}"
    blobs = [blob for (blob,) in checked(rows, tuple[bytes], what=what)]
    if any(len(blob) != SIZE_BYTES for blob in blobs):
        raise damaged(what, "their sizes differ")
    return np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(len(blobs), SIZE_BYTES)


def object_from(document: str, *, what: str) -> dict[str, Any]:
    """A JSON object of any content.  Raises InvalidValue."""
    return from_json(document, dict[str, Any], what=what)


def _parent(other: int | None, branch_id: int, *, what: str) -> int | None:
    if (other is None) != (branch_id == ROOT):
        raise damaged(what, f"{branch_id} has the parent {other}: only the root has none")
    return _above(other, branch_id, what=what)


def _above(other: int | None, branch_id: int, *, what: str) -> int | None:
    if other is not None and other >= branch_id:
        raise damaged(what, f"{branch_id} grows from {other}, which is no older")
    return other


@contextmanager
def _collector_paused(rows: int) -> Iterator[None]:
    """While very many values are made that all stay, looking for garbage takes most of the time.

    It is spared looking through them later, too: they hold no cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        if rows > _MANY:
            gc.freeze()
    finally:
        if was_on:
            gc.enable()
