"""Large projects for measuring, made from the rows of a small one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

_TABLES = ("scores", "embeddings", "fingerprints", "thumbnails")


def grow(path: Path, *, branches: int, seed: int = 0) -> None:
    """Add copies of the tree in the project ``path`` to it, until it has that many branches.

    Each copy is of all rows, with ids further on.  Embeddings are moved by a third of their
    length and fingerprints redrawn, or every picture would be there many times.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    (count, last) = connection.execute("SELECT COUNT(*), MAX(id) FROM branches").fetchone()
    copies = -(-(branches - count + 1) // (count - 1))
    rng = np.random.default_rng(seed)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    for copy in range(1, copies + 1):
        shift = copy * last
        values = {"shift": shift, "last": last, "limit": branches}
        connection.execute(
            "INSERT INTO branches SELECT id + :shift, CASE parent WHEN 0 THEN 0 "
            "ELSE parent + :shift END, mate + :shift, run, round, depth, steps, origin + :shift "
            "FROM branches WHERE id BETWEEN 1 AND :last AND id + :shift <= :limit",
            values,
        )
        for table in _TABLES:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            rest = ", ".join(columns[1:])
            connection.execute(
                f"INSERT INTO {table} SELECT branch + :shift, {rest} FROM {table} "
                "WHERE branch BETWEEN 1 AND :last AND branch + :shift <= :limit",
                values,
            )
    rows = connection.execute("SELECT branch, vector FROM embeddings WHERE branch > ?", (last,))
    moved = []
    for branch, blob in rows:
        vector = np.frombuffer(blob, dtype="<f2").astype(np.float32)
        noise = rng.normal(size=len(vector)).astype(np.float32)
        vector += noise / np.linalg.norm(noise) * np.linalg.norm(vector) / 3.0
        moved.append((vector.astype("<f2").tobytes(), branch))
    connection.executemany("UPDATE embeddings SET vector = ? WHERE branch = ?", moved)
    connection.executemany(
        "UPDATE fingerprints SET marks = ? WHERE branch = ?",
        [(rng.bytes(56), branch) for _, branch in moved],
    )
    connection.execute("COMMIT")
    connection.close()


def bytes_a_branch(path: Path) -> tuple[int, float]:
    """How many branches a project has but the root, and bytes for each, without the sources."""
    connection = sqlite3.connect(path)
    (count,) = connection.execute("SELECT COUNT(*) - 1 FROM branches").fetchone()
    (sources,) = connection.execute("SELECT SUM(LENGTH(file_bytes)) FROM sources").fetchone()
    connection.close()
    return count, (path.stat().st_size - sources) / count
