"""Runs and rounds: how a project's branches came to be, and what was learned on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layerforge.model.values import from_json, to_json
from layerforge.project.errors import ProjectError, room_for
from layerforge.project.held import Held
from layerforge.project.judgements import write_embedding, write_score
from layerforge.project.log import now
from layerforge.project.reading import Count, Id, object_from
from layerforge.project.records import NewBranch, Round, Run


class Runs(Held):
    """The explorations of a project, and their rounds."""

    def begin_run(
        self,
        *,
        settings: Mapping[str, Any],
        seed: int,
        scorer: str,
        scorer_description: str,
        versions: Mapping[str, str],
    ) -> int:
        """Record the start of an exploration; returns its id."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (started_at, settings, seed, scorer, scorer_description, "
                "versions) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    now(),
                    to_json(settings).decode(),
                    seed,
                    scorer,
                    scorer_description,
                    to_json(versions).decode(),
                ),
            )
            if cursor.lastrowid is None:
                raise ProjectError(f"{self.path}: the run could not be recorded")
            return cursor.lastrowid

    def set_reference(self, run: int, reference: Mapping[str, Any]) -> None:
        """Keep the statistics that this run's values and distances are measured in."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE runs SET reference = ? WHERE id = ?", (to_json(reference).decode(), run)
            )

    def end_run(self, run: int) -> None:
        """Record the end of an exploration."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE runs SET ended_at = ? WHERE id = ?", (now(), run))

    def runs(self) -> tuple[Run, ...]:
        """All explorations, first to last."""
        found = self._read(
            "SELECT id, seed, scorer, scorer_description, started_at, ended_at, "
            "settings, versions, reference FROM runs ORDER BY id",
            tuple[Id, int, str, str, str, str | None, str, str, str],
            "the runs",
        )
        return tuple(
            Run(
                id=row[0],
                seed=row[1],
                scorer=row[2],
                scorer_description=row[3],
                started_at=row[4],
                ended_at=row[5],
                settings=object_from(row[6], what=f"run {row[0]} of {self.path}"),
                versions=from_json(
                    row[7], dict[str, str], what=f"the versions of run {row[0]} of {self.path}"
                ),
                reference=object_from(row[8], what=f"the reference of run {row[0]} of {self.path}"),
            )
            for row in found
        )

    def commit_round(self, done: Round) -> None:
        """Keep a round: its branches with scores, embeddings and thumbnails.  All or nothing.

        Raises NotKept where that is impossible for now.
        """
        with self._database.transaction(needed_bytes=room_for(done.size_bytes)) as connection:
            connection.execute(
                "INSERT INTO rounds VALUES (?, ?, ?, ?, ?)",
                (
                    done.number,
                    done.run,
                    done.evaluated,
                    to_json(done.rejected).decode(),
                    done.seconds,
                ),
            )
            if done.policy is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO policies VALUES (?, ?, ?)",
                    (done.run, done.number, to_json(done.policy).decode()),
                )
            for new in done.branches:
                _insert(connection, new, judge=done.judge, encoder=done.encoder)

    def policy(self, run: int) -> dict[str, Any] | None:
        """What a run had learned by its last round; None where it kept nothing."""
        query = "SELECT document FROM policies WHERE run = ?"
        found = self._read(query, tuple[str], "what the runs learned", (run,))
        if not found:
            return None
        return object_from(found[0][0], what=f"what run {run} of {self.path} learned")

    def rounds_done(self) -> int:
        """The number of the last round kept, 0 before the first."""
        query = "SELECT COALESCE(MAX(round), 0) FROM rounds"
        return self._read(query, tuple[Count], "the rounds")[0][0]

    def evaluated_by_round(self) -> dict[int, int]:
        """How many candidates had been judged when each round was kept, over all runs."""
        query = "SELECT round, SUM(evaluated) OVER (ORDER BY round) FROM rounds"
        return dict(self._read(query, tuple[Count, Count], "the rounds"))


def _insert(connection: Any, new: NewBranch, *, judge: str, encoder: str) -> None:
    branch = new.branch
    connection.execute(
        "INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            branch.id,
            branch.parent,
            branch.mate,
            branch.run,
            branch.round,
            branch.depth,
            to_json(branch.steps).decode(),
            branch.origin,
        ),
    )
    if branch.score is not None:
        write_score(connection, branch.id, branch.score, judge=judge)
        write_embedding(connection, branch.id, new.embedding, encoder=encoder)
    connection.execute(
        "INSERT INTO fingerprints VALUES (?, ?)", (branch.id, new.fingerprint.tobytes())
    )
    connection.execute("INSERT INTO thumbnails VALUES (?, ?)", (branch.id, new.thumbnail))
