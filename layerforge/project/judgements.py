"""Scores and embeddings as rows of the project file."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Annotated

import msgspec
import numpy as np
import numpy.typing as npt

from layerforge.model.score import Score
from layerforge.model.values import decode_with, to_json

COLUMNS = "value, parts, spread, percentile, fragility, hull_distance, trials"
"""What ``read_score`` reads, of the table ``scores``."""

Finite = Annotated[float, msgspec.Meta(ge=-1e12, le=1e12)]
_Least0 = Annotated[float, msgspec.Meta(ge=0.0, le=1e12)]
_Percent = Annotated[float, msgspec.Meta(ge=0.0, le=100.0)]

ScoreRow = tuple[
    Finite | None,
    str | None,
    _Least0 | None,
    _Percent | None,
    Finite | None,
    _Least0 | None,
    str | None,
]
"""`COLUMNS`; all None where a branch has no score."""

PARTS = msgspec.json.Decoder(dict[str, Finite])
TRIALS = msgspec.json.Decoder(dict[str, tuple[Finite, ...]])

Vector = npt.NDArray[np.float16]
"""(D,) float16."""


def write_score(connection: Connection, branch_id: int, score: Score, *, judge: str) -> None:
    """Keep a branch's score, in the place of one that it may have."""
    connection.execute(
        "INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            branch_id,
            judge,
            score.value,
            to_json(score.parts).decode(),
            score.spread,
            score.percentile,
            score.fragility,
            score.hull_distance,
            to_json(score.trials).decode(),
        ),
    )


def read_score(row: ScoreRow, *, what: str) -> Score | None:
    """The score in a row of `COLUMNS`; None where the branch has none.  Raises InvalidValue."""
    value, parts, spread, percentile, fragility, hull_distance, trials = row
    if value is None:
        return None
    return Score(
        value=value,
        parts=decode_with(PARTS, parts or "{}", what=what),
        spread=spread or 0.0,
        percentile=percentile,
        fragility=fragility or 0.0,
        hull_distance=hull_distance,
        trials=decode_with(TRIALS, trials or "{}", what=what),
    )


def write_embedding(
    connection: Connection, branch_id: int, vector: Vector, *, encoder: str
) -> None:
    """Keep a branch's embedding, in the place of one that it may have."""
    connection.execute(
        "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", (branch_id, encoder, to_blob(vector))
    )


def to_blob(vector: Vector) -> bytes:
    """Little-endian float16 bytes."""
    return np.ascontiguousarray(vector, dtype="<f2").tobytes()


def from_blob(blob: bytes) -> Vector:
    """What ``to_blob`` made."""
    return np.frombuffer(blob, dtype="<f2")
