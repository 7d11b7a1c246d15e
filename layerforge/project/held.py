"""What all parts of a project have: its file, and how its rows are read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from layerforge.project.database import Database
from layerforge.project.hardening import MAX_ROW_BYTES
from layerforge.project.reading import checked

_Row = TypeVar("_Row")


class Held:
    """A part of the project that an open file holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._database.path

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
