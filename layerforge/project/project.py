"""A project: sources, tree, scores and decisions in one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, SourceMissing
from layerforge.model.recipe import Recipe, RecipeSource
from layerforge.model.score import Score
from layerforge.model.source import Source
from layerforge.model.step import Step
from layerforge.model.values import from_json, to_json
from layerforge.project.database import Database
from layerforge.project.decisions import (
    COMPARE,
    EDIT,
    TASTE,
    Decision,
    Verb,
    in_force,
    redoable,
    statuses,
)
from layerforge.project.errors import ProjectError, room_for
from layerforge.project.judgements import (
    COLUMNS,
    from_blob,
    read_score,
    to_blob,
    write_embedding,
    write_score,
)
from layerforge.project.locking import Program
from layerforge.project.log import enter, now, read_log
from layerforge.project.records import NewBranch, Round, Run
from layerforge.project.tastes import taste_in_force, write_taste
from layerforge.scoring.taste_file import TasteFile


class Project:
    """An open project file.  Safe in many threads.  Use as a context manager, or `close` it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        ((canvas,),) = database.rows("SELECT canvas FROM project")
        self.canvas = from_json(str(canvas), Canvas, what=f"the canvas of {database.path.name}")

    @classmethod
    def create(cls, path: Path, *, canvas: Canvas, program: Program = "command line") -> Self:
        """Make a new project file.  Raises ProjectError where it exists or can't be written."""

        def fill(connection: Connection) -> None:
            connection.execute(
                "INSERT INTO project VALUES (1, ?, ?)", (to_json(canvas).decode(), now())
            )
            connection.execute(
                "INSERT INTO branches (id, round, depth, steps) VALUES (?, 0, 0, '[]')", (ROOT,)
            )

        return cls(Database(path, fill=fill, program=program))

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, program: Program = "command line"
    ) -> Self:
        """Open a project file; read-only where it can't be written (see ``why_read_only``).

        program: what others are told who find it open.  Raises ProjectError where it is not a
        project, NewerVersion where it is too new.
        """
        database = Database(path, read_only=read_only, program=program)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def journal_left(self) -> Path | None:
        """The file beside the closed project that is still a part of it, where there is one.

        It is there where the disk was too full, or others read the project while it was closed;
        the next one who opens it to write takes it in.
        """
        return self._database.journal_left

    def copy_to(self, path: Path) -> None:
        """Write a copy to ``path``, in place of a file that is there; this one stays open.

        Raises ProjectError where ``path`` is held by another LayerForge or can't be written.
        """
        self._database.copy_to(path)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether the project can't be changed here."""
        return self._database.read_only

    @property
    def why_read_only(self) -> str:
        """Why it can't, as where another LayerForge writes it, and what to do; else empty."""
        return self._database.why_read_only

    def check_writable(self) -> None:
        """Raise ProjectError, with why, where the project can't be changed here."""
        self._database.check_writable()

    def set_canvas(self, canvas: Canvas) -> None:
        """Take another blank canvas.  Raises ProjectError where branches stand on this one."""
        with self._database.transaction() as connection:
            ((branches,),) = connection.execute("SELECT COUNT(*) FROM branches").fetchall()
            if branches > 1:
                raise ProjectError(f"{self.path} has branches: its canvas can't change any more")
            connection.execute("UPDATE project SET canvas = ?", (to_json(canvas).decode(),))
        self.canvas = canvas

    # Sources ------------------------------------------------------------------------------------

    def add_source(self, source: Source, file_bytes: bytes) -> bool:
        """Keep a source; False where the project has it already."""
        with self._database.transaction(needed_bytes=room_for(len(file_bytes))) as connection:
            cursor = connection.execute(
                "INSERT OR IGNORE INTO sources "
                "SELECT ?, ?, ?, ?, COALESCE(MAX(place), 0) + 1, ? FROM sources",
                (source.id, source.name, source.width, source.height, file_bytes),
            )
            return cursor.rowcount > 0

    def sources(self) -> tuple[Source, ...]:
        """All sources, in the order in which they were added."""
        rows: list[Any] = self._database.rows(
            "SELECT id, name, width, height FROM sources ORDER BY place"
        )
        return tuple(
            Source(id=id_, name=name, width=width, height=height)
            for id_, name, width, height in rows
        )

    def source_bytes(self, source_id: str) -> bytes:
        """The bytes of a source's original file.  Raises SourceMissing."""
        rows: list[Any] = self._database.rows(
            "SELECT file_bytes FROM sources WHERE id = ?", (source_id,)
        )
        if not rows:
            raise SourceMissing(source_id)
        return bytes(rows[0][0])

    # Runs and rounds ----------------------------------------------------------------------------

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
        rows: list[Any] = self._database.rows(
            "SELECT id, seed, scorer, scorer_description, started_at, ended_at, "
            "settings, versions, reference FROM runs ORDER BY id"
        )
        return tuple(
            Run(
                id=row[0],
                seed=row[1],
                scorer=row[2],
                scorer_description=row[3],
                started_at=row[4],
                ended_at=row[5],
                settings=msgspec.json.decode(row[6]),
                versions=msgspec.json.decode(row[7]),
                reference=msgspec.json.decode(row[8]),
            )
            for row in rows
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
            for new in done.branches:
                _insert(connection, new, judge=done.judge, encoder=done.encoder)

    def rounds_done(self) -> int:
        """The number of the last round kept, 0 before the first."""
        ((last,),) = self._database.rows("SELECT COALESCE(MAX(round), 0) FROM rounds")
        return int(last)  # type: ignore[call-overload, no-any-return]

    # The tree -----------------------------------------------------------------------------------

    def branches(self) -> tuple[Branch, ...]:
        """All branches by id, the root first."""
        return self._branches(None)

    def branch(self, branch_id: int) -> Branch:
        """One branch.  Raises ProjectError where there is none of that id."""
        found = self._branches(branch_id)
        if not found:
            raise ProjectError(f"{self.path} has no branch {branch_id}")
        return found[0]

    def _branches(self, only: int | None) -> tuple[Branch, ...]:
        rows: list[Any] = self._database.rows(
            f"SELECT branches.id, parent, mate, run, round, depth, steps, {COLUMNS} "  # noqa: S608
            "FROM branches LEFT JOIN scores ON scores.branch = branches.id "
            "WHERE ?1 IS NULL OR branches.id = ?1 ORDER BY branches.id",
            (only,),
        )
        decided = statuses(self.decisions())
        return tuple(
            Branch(
                id=id_,
                parent=parent,
                mate=mate,
                run=run,
                round=round_,
                depth=depth,
                steps=from_json(steps, tuple[Step, ...], what=f"branch {id_}"),
                status=decided.get(id_, "open"),
                score=read_score(tuple(score)),
            )
            for id_, parent, mate, run, round_, depth, steps, *score in rows
        )

    def history(self, branch_id: int) -> tuple[Step, ...]:
        """All steps from the blank canvas to the branch, first to last."""
        rows: list[Any] = self._database.rows(
            "WITH RECURSIVE line(id, parent, depth, steps) AS ("
            " SELECT id, parent, depth, steps FROM branches WHERE id = ?"
            " UNION ALL SELECT branches.id, branches.parent, branches.depth, branches.steps"
            " FROM branches JOIN line ON branches.id = line.parent)"
            " SELECT steps FROM line ORDER BY depth",
            (branch_id,),
        )
        if not rows:
            raise ProjectError(f"{self.path} has no branch {branch_id}")
        return tuple(
            step
            for (steps,) in rows
            for step in from_json(steps, tuple[Step, ...], what=f"branch {branch_id}")
        )

    def recipe(self, branch_id: int, *, versions: Mapping[str, str]) -> Recipe:
        """Enough to render the branch again anywhere; only the sources it uses."""
        steps = self.history(branch_id)
        used = {value for step in steps for value in step.operation.parameters.values()}
        sources = tuple(
            RecipeSource(id=source.id, width=source.width, height=source.height)
            for source in self.sources()
            if source.id in used
        )
        return Recipe(canvas=self.canvas, sources=sources, steps=steps, versions=dict(versions))

    def thumbnail(self, branch_id: int) -> bytes | None:
        """The branch's thumbnail, WebP file bytes; None for the root."""
        rows: list[Any] = self._database.rows(
            "SELECT webp FROM thumbnails WHERE branch = ?", (branch_id,)
        )
        return bytes(rows[0][0]) if rows else None

    def fingerprints(self) -> list[npt.NDArray[np.uint8]]:
        """The fingerprints of all branches but the root, by id: (56,) uint8."""
        rows: list[Any] = self._database.rows("SELECT fingerprint FROM thumbnails ORDER BY branch")
        return [np.frombuffer(blob, dtype=np.uint8) for (blob,) in rows]

    def embeddings(self, *, encoder: str) -> dict[int, npt.NDArray[np.float16]]:
        """The embeddings that an encoder made, by branch: (D,) float16."""
        rows: list[Any] = self._database.rows(
            "SELECT branch, vector FROM embeddings WHERE encoder = ? ORDER BY branch", (encoder,)
        )
        return {branch: from_blob(vector) for branch, vector in rows}

    def encoder(self) -> str | None:
        """The encoder of the embeddings; None before there are any."""
        rows: list[Any] = self._database.rows("SELECT encoder FROM embeddings LIMIT 1")
        return str(rows[0][0]) if rows else None

    def judges(self) -> dict[int, str]:
        """Who judged each branch that has a score, as a fingerprint."""
        rows: list[Any] = self._database.rows("SELECT branch, judge FROM scores ORDER BY branch")
        return dict(rows)

    def rescore(
        self,
        scores: Mapping[int, Score],
        *,
        judge: str,
        embeddings: Mapping[int, npt.NDArray[np.float16]] | None = None,
        encoder: str = "",
    ) -> None:
        """Replace scores of branches by those of another judge, all at once.

        embeddings: new ones, made by ``encoder``; the others stay.
        """
        with self._database.transaction() as connection:
            for branch_id, score in scores.items():
                write_score(connection, branch_id, score, judge=judge)
            for branch_id, vector in (embeddings or {}).items():
                write_embedding(connection, branch_id, vector, encoder=encoder)

    def set_source_embeddings(
        self, vectors: Mapping[tuple[str, bool], npt.NDArray[np.float16]], *, encoder: str
    ) -> None:
        """Keep the embeddings of the plain sources, by id and whether mirrored: (D,) float16.

        They take the place of all that were kept.
        """
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM source_embeddings")
            connection.executemany(
                "INSERT INTO source_embeddings VALUES (?, ?, ?, ?)",
                [
                    (source, int(mirrored), encoder, to_blob(vector))
                    for (source, mirrored), vector in vectors.items()
                ],
            )

    def source_embeddings(self, *, encoder: str) -> list[npt.NDArray[np.float16]]:
        """The embeddings of the plain sources and their mirror images by an encoder."""
        rows: list[Any] = self._database.rows(
            "SELECT vector FROM source_embeddings JOIN sources ON sources.id = source "
            "WHERE encoder = ? ORDER BY place, mirrored",
            (encoder,),
        )
        return [from_blob(vector) for (vector,) in rows]

    # Decisions ----------------------------------------------------------------------------------

    def decide(self, verb: Verb, branch_ids: Iterable[int]) -> None:
        """Pin, kill or reset branches.  Raises ProjectError for one that is not there."""
        ids = tuple(dict.fromkeys(branch_ids))
        self._check_known(ids)
        if verb != "reset" and ROOT in ids:
            raise InvalidValue(
                f"the root can't be {'pinned' if verb == 'pin' else 'killed'}: it is the blank "
                "canvas that everything grows from"
            )
        self._log(verb, ids, refers_to=None)

    def prefer(self, winner: int, loser: int) -> None:
        """Keep the choice of one branch over another.

        Raises ProjectError for one that is not there, InvalidValue for one and the same and for
        the root.
        """
        self._check_known((winner, loser))
        if winner == loser:
            raise InvalidValue(f"branch {winner} can't be preferred to itself: name two branches")
        if ROOT in (winner, loser):
            raise InvalidValue("the root is the blank canvas: there is nothing to compare")
        self._log(COMPARE, (winner, loser), refers_to=None)

    def note_edit(self, branch_ids: Iterable[int]) -> None:
        """Keep in the log that branches were made by hand, so that this can be undone.

        Raises ProjectError for one that is not there.
        """
        ids = tuple(dict.fromkeys(branch_ids))
        self._check_known(ids)
        self._log(EDIT, ids, refers_to=None)

    def bring_taste(self, taste: TasteFile) -> None:
        """Take over a taste learned in another project, in the place of one brought in before."""
        with self._database.transaction() as connection:
            write_taste(connection, enter(connection, TASTE, (), refers_to=None), taste)

    def brought_taste(self) -> TasteFile | None:
        """The taste that was brought in last; None where there is none, or it was undone."""
        return taste_in_force(self._database, self.decisions())

    def _check_known(self, ids: Iterable[int]) -> None:
        known = {row[0] for row in self._database.rows("SELECT id FROM branches")}
        for branch_id in ids:
            if branch_id not in known:
                raise ProjectError(f"{self.path} has no branch {branch_id}")

    def undo(self) -> Decision | None:
        """Take the last decision back; returns it, or None where there is none."""
        standing = in_force(self.decisions())
        if not standing:
            return None
        self._log("undo", (), refers_to=standing[-1].id)
        return standing[-1]

    def redo(self) -> Decision | None:
        """Restore the decision undone last; returns it, or None where there is none."""
        undone = redoable(self.decisions())
        if not undone:
            return None
        self._log("redo", (), refers_to=undone[-1].id)
        return undone[-1]

    def decisions(self) -> list[Decision]:
        """The whole log, first to last."""
        return read_log(self._database)

    def _log(self, kind: str, ids: tuple[int, ...], *, refers_to: int | None) -> None:
        with self._database.transaction() as connection:
            enter(connection, kind, ids, refers_to=refers_to)


def _insert(connection: Any, new: NewBranch, *, judge: str, encoder: str) -> None:
    branch = new.branch
    connection.execute(
        "INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            branch.id,
            branch.parent,
            branch.mate,
            branch.run,
            branch.round,
            branch.depth,
            to_json(branch.steps).decode(),
        ),
    )
    if branch.score is not None:
        write_score(connection, branch.id, branch.score, judge=judge)
        write_embedding(connection, branch.id, new.embedding, encoder=encoder)
    connection.execute(
        "INSERT INTO thumbnails VALUES (?, ?, ?)",
        (branch.id, new.thumbnail, new.fingerprint.tobytes()),
    )
