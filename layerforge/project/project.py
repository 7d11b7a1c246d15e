"""A project: sources, tree, scores and decisions in one file."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import Self

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import SourceMissing
from layerforge.model.recipe import Recipe, RecipeSource
from layerforge.model.source import Pixel, Source
from layerforge.model.step import Step
from layerforge.model.values import SourceId, from_json, to_json
from layerforge.project.database import Database
from layerforge.project.decided import Decided
from layerforge.project.decisions import statuses
from layerforge.project.errors import ProjectError, SourceInUse, room_for
from layerforge.project.judged import Judged
from layerforge.project.locking import Program
from layerforge.project.log import now
from layerforge.project.pictures import Pictures
from layerforge.project.reading import (
    BRANCHES,
    LINE,
    OUTLINE,
    USED,
    Id,
    Outline,
    Used,
    branches_from,
    check_tree,
    damaged,
    outline_from,
    steps_from,
    used_from,
)
from layerforge.project.runs import Runs
from layerforge.project.weighing import Weighing


class Project(Runs, Judged, Pictures, Weighing, Decided):
    """An open project file.  Safe in many threads.  Use as a context manager, or `close` it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        found = self._read("SELECT canvas FROM project LIMIT 1", tuple[str], "the canvas")
        if not found:
            raise damaged(f"the canvas of {self.path}", "it is lost")
        self.canvas = from_json(found[0][0], Canvas, what=f"the canvas of {self.path}")

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
                "SELECT ?, ?, ?, ?, COALESCE(MAX(place), 0) + 1, ?, 1.0 FROM sources",
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

    def remove_source(self, source_id: str) -> None:
        """Let go of a source.  Raises SourceMissing, and SourceInUse where branches need it."""
        with self._database.transaction() as connection:
            name = connection.execute(
                "SELECT name FROM sources WHERE id = ?", (source_id,)
            ).fetchone()
            if name is None:
                raise SourceMissing(source_id)
            used = "SELECT COUNT(*) FROM branches WHERE instr(steps, ?) > 0"
            (branches,) = connection.execute(used, (source_id,)).fetchone()
            if branches:
                raise SourceInUse(name[0], branches=branches)
            connection.execute("DELETE FROM source_embeddings WHERE source = ?", (source_id,))
            connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))

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

    def operations_used(self) -> list[Used]:
        """All branches by id, the root first, with the names of the operations that made them."""
        return used_from(self._database.rows(USED), name=str(self.path))

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
