"""A project: sources, tree, scores and decisions in one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, SourceMissing
from layerforge.model.recipe import Recipe, RecipeSource
from layerforge.model.score import Score
from layerforge.model.source import Pixel, Source
from layerforge.model.step import Step
from layerforge.model.values import SourceId, from_json, to_json
from layerforge.project.database import Database
from layerforge.project.decisions import Decision, Verb, in_force, redoable, statuses
from layerforge.project.errors import ProjectError, room_for
from layerforge.project.hardening import MAX_ROW_BYTES
from layerforge.project.judgements import to_blob, write_embedding, write_score
from layerforge.project.locking import Program
from layerforge.project.reading import (
    BRANCHES,
    LINE,
    OUTLINE,
    Count,
    Id,
    Outline,
    branches_from,
    check_tree,
    checked,
    damaged,
    embeddings_from,
    fingerprints_from,
    object_from,
    outline_from,
    steps_from,
    vectors_from,
)
from layerforge.project.records import NewBranch, Round, Run

_Row = TypeVar("_Row")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Project:
    """An open project file.  Safe in many threads.  Use as a context manager, or `close` it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        found = self._read("SELECT canvas FROM project LIMIT 1", tuple[str], "the canvas")
        if not found:
            raise damaged(f"the canvas of {self.path}", "it is lost")
        self.canvas = from_json(found[0][0], Canvas, what=f"the canvas of {self.path}")

    @classmethod
    def create(cls, path: Path, *, canvas: Canvas, program: Program = "command line") -> Self:
        """Make a new project file.  Raises ProjectError where it exists or can't be written."""

        def fill(connection: Connection) -> None:
            connection.execute(
                "INSERT INTO project VALUES (1, ?, ?)", (to_json(canvas).decode(), _now())
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

    @property
    def backup(self) -> Path | None:
        """The file as it was, where an older LayerForge made it and it was brought up to date."""
        return self._database.backup

    def set_canvas(self, canvas: Canvas) -> None:
        """Take another blank canvas.  Raises ProjectError where branches stand on this one."""
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM branches WHERE id > ?", (ROOT,)).fetchone():
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
        found = self._read(
            "SELECT id, name, width, height, place FROM sources",
            tuple[SourceId, str, Pixel, Pixel, int],
            "the sources",
        )
        return tuple(
            Source(id=id_, name=name, width=width, height=height)
            for id_, name, width, height, _ in sorted(found, key=itemgetter(4))
        )

    def source_bytes(self, source_id: str) -> bytes:
        """The bytes of a source's original file.  Raises SourceMissing."""
        found = self._read(
            "SELECT file_bytes FROM sources WHERE id = ?",
            tuple[bytes],
            "the sources",
            (source_id,),
            value_bytes=None,
        )
        if not found:
            raise SourceMissing(source_id)
        return found[0][0]

    def put_source(self, source: Source, file_bytes: bytes) -> None:
        """Keep a source in the place of one of the same id whose bytes are no longer its own."""
        with self._database.transaction(needed_bytes=room_for(len(file_bytes))) as connection:
            connection.execute(
                "UPDATE sources SET width = ?, height = ?, file_bytes = ? WHERE id = ?",
                (source.width, source.height, file_bytes, source.id),
            )
        self.add_source(source, file_bytes)

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
                    _now(),
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
            connection.execute("UPDATE runs SET ended_at = ? WHERE id = ?", (_now(), run))

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
            for new in done.branches:
                _insert(connection, new, judge=done.judge, encoder=done.encoder)

    def rounds_done(self) -> int:
        """The number of the last round kept, 0 before the first."""
        query = "SELECT COALESCE(MAX(round), 0) FROM rounds"
        return self._read(query, tuple[Count], "the rounds")[0][0]

    # The tree -----------------------------------------------------------------------------------

    def branches(self) -> tuple[Branch, ...]:
        """All branches by id, the root first."""
        found = self._branches("ORDER BY branches.id")
        check_tree(found, name=str(self.path))
        return tuple(found)

    def branch(self, branch_id: int) -> Branch:
        """One branch.  Raises ProjectError where there is none of that id."""
        found = self._branches("WHERE branches.id = ?", (branch_id,))
        if not found:
            raise ProjectError(f"{self.path} has no branch {branch_id}")
        return found[0]

    def has_branches(self) -> bool:
        """Whether there is any but the root."""
        return bool(self._database.rows("SELECT 1 FROM branches WHERE id > ? LIMIT 1", (ROOT,)))

    def _branches(self, where: str, values: tuple[object, ...] = ()) -> list[Branch]:
        rows = self._database.rows(f"{BRANCHES} {where}", values)
        return branches_from(rows, statuses(self.decisions()), name=str(self.path))

    def branch_ids(self) -> list[int]:
        """The ids of all branches, the root first."""
        found = self._read("SELECT id FROM branches ORDER BY id", tuple[Id], "the branches")
        ids = [id_ for (id_,) in found]
        if any(one >= other for one, other in pairwise(ids)):
            raise damaged(f"the branches of {self.path}", "some are there twice")
        return ids

    def dead(self) -> list[int]:
        """The killed branches and all below them."""
        decided = statuses(self.decisions())
        rows = self._read(
            "SELECT id, parent FROM branches ORDER BY id", tuple[Id, Id | None], "the branches"
        )
        dead: set[int] = set()
        for id_, parent in rows:
            if parent in dead or decided.get(id_) == "killed":
                dead.add(id_)
        return sorted(dead)

    def outline(self) -> list[Outline]:
        """All judged branches by id, without their steps: what a search needs of them."""
        return outline_from(self._database.rows(OUTLINE), name=str(self.path))

    def history(self, branch_id: int) -> tuple[Step, ...]:
        """All steps from the blank canvas to the branch, first to last."""
        rows = self._database.rows(LINE, (branch_id,))
        return steps_from(rows, branch_id, name=str(self.path))

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
        """The branch's thumbnail, WebP file bytes; None where there is none, as for the root."""
        query = "SELECT webp FROM thumbnails WHERE branch = ?"
        found = self._read(query, tuple[bytes], "the thumbnails", (branch_id,))
        return found[0][0] if found else None

    def lacking_thumbnails(self) -> list[int]:
        """The branches without a thumbnail or a fingerprint, the root left out."""
        found = self._read(
            "SELECT id FROM branches WHERE id > 0 AND (id NOT IN (SELECT branch FROM thumbnails) "
            "OR id NOT IN (SELECT branch FROM fingerprints)) ORDER BY id",
            tuple[Id],
            "the branches",
        )
        return [id_ for (id_,) in found]

    def set_thumbnails(self, drawn: Mapping[int, tuple[bytes, npt.NDArray[np.uint8]]]) -> None:
        """Keep thumbnails of branches, WebP file bytes, and fingerprints where there are none."""
        size = sum(len(webp) for webp, _ in drawn.values())
        with self._database.transaction(needed_bytes=room_for(size)) as connection:
            for branch_id, (webp, marks) in drawn.items():
                connection.execute(
                    "INSERT OR REPLACE INTO thumbnails VALUES (?, ?)", (branch_id, webp)
                )
                connection.execute(
                    "INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", (branch_id, marks.tobytes())
                )

    def forget_thumbnails(self, branch_ids: Iterable[int]) -> int:
        """Let thumbnails of branches go; returns how many there were."""
        with self._database.transaction() as connection:
            return sum(
                connection.execute("DELETE FROM thumbnails WHERE branch = ?", (one,)).rowcount
                for one in branch_ids
            )

    def fingerprints(self) -> npt.NDArray[np.uint8]:
        """The fingerprints of all branches but the root, by id: (N, 56) uint8."""
        rows = self._database.rows("SELECT marks FROM fingerprints ORDER BY branch")
        return fingerprints_from(rows, name=str(self.path))

    def embeddings(self, *, encoder: str) -> dict[int, npt.NDArray[np.float16]]:
        """The embeddings that an encoder made, by branch: (D,) float16."""
        return dict(zip(*self.embedded(encoder=encoder), strict=True))

    def embedded(self, *, encoder: str) -> tuple[list[int], npt.NDArray[np.float16]]:
        """The ids of the branches that an encoder embedded, and the embeddings: (N, D) float16."""
        rows = self._database.rows("SELECT branch, encoder, vector FROM embeddings ORDER BY branch")
        return embeddings_from(rows, encoder=encoder, name=str(self.path))

    def encoder(self) -> str | None:
        """The encoder of the embeddings; None before there are any."""
        query = "SELECT encoder FROM embeddings LIMIT 1"
        found = self._read(query, tuple[str], "the embeddings")
        return found[0][0] if found else None

    def judges(self) -> dict[int, str]:
        """Who judged each branch that has a score, as a fingerprint."""
        query = "SELECT branch, judge FROM scores ORDER BY branch"
        return dict(self._read(query, tuple[Id, str], "the scores"))

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
        found = self._read(
            "SELECT vector, source_embeddings.encoder, place, mirrored FROM source_embeddings "
            "JOIN sources ON sources.id = source",
            tuple[bytes, str, int, int],
            "the embeddings of the sources",
        )
        ours = sorted((row for row in found if row[1] == encoder), key=itemgetter(2, 3))
        what = f"the embeddings of the sources of {self.path}"
        return list(vectors_from([row[0] for row in ours], what=what))

    # Decisions ----------------------------------------------------------------------------------

    def decide(self, verb: Verb, branch_ids: Iterable[int]) -> None:
        """Pin, kill or reset branches.  Raises ProjectError for one that is not there."""
        ids = tuple(dict.fromkeys(branch_ids))
        known = {row[0] for row in self._database.rows("SELECT id FROM branches")}
        for branch_id in ids:
            if branch_id not in known:
                raise ProjectError(f"{self.path} has no branch {branch_id}")
        if verb != "reset" and ROOT in ids:
            raise InvalidValue(
                f"the root can't be {'pinned' if verb == 'pin' else 'killed'}: it is the blank "
                "canvas that everything grows from"
            )
        self._log(verb, ids, refers_to=None)

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
        found = self._read(
            "SELECT id, kind, branches, refers_to FROM decisions ORDER BY id",
            tuple[Id, str, str, Id | None],
            "the decisions",
        )
        return [
            Decision(
                id=id_,
                kind=kind,
                branches=from_json(branches, tuple[Id, ...], what=f"decision {id_} of {self.path}"),
                refers_to=refers_to,
            )
            for id_, kind, branches, refers_to in found
        ]

    def _read(
        self,
        query: str,
        kind: type[_Row],
        what: str,
        values: tuple[object, ...] = (),
        *,
        value_bytes: int | None = MAX_ROW_BYTES,
    ) -> list[_Row]:
        """The rows that a query gives, each as ``kind``, a tuple type.  Raises ProjectError."""
        rows = self._database.rows(query, values, value_bytes=value_bytes)
        return checked(rows, kind, what=f"{what} of {self.path}")

    def _log(self, kind: str, ids: tuple[int, ...], *, refers_to: int | None) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO decisions (at, kind, branches, refers_to) VALUES (?, ?, ?, ?)",
                (_now(), kind, to_json(ids).decode(), refers_to),
            )


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
        "INSERT INTO fingerprints VALUES (?, ?)", (branch.id, new.fingerprint.tobytes())
    )
    connection.execute("INSERT INTO thumbnails VALUES (?, ?)", (branch.id, new.thumbnail))
