"""Scores and embeddings as rows of the project file."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from layerforge.model.score import Score
from layerforge.model.values import to_json

COLUMNS = "value, parts, spread, percentile, fragility, hull_distance, trials"
"""What ``read_score`` reads, of the table ``scores``."""

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


def read_score(row: tuple[Any, ...]) -> Score | None:
    """The score in a row of `COLUMNS`; None where the branch has none."""
    value, parts, spread, percentile, fragility, hull_distance, trials = row
    if value is None:
        return None
    return Score(
        value=value,
        parts=msgspec.json.decode(parts, type=dict[str, float]),
        spread=spread,
        percentile=percentile,
        fragility=fragility,
        hull_distance=hull_distance,
        trials=msgspec.json.decode(trials, type=dict[str, tuple[float, ...]]),
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
