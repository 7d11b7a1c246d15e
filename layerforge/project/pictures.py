"""Thumbnails of a project's branches, and the fingerprints that tell near-duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from layerforge.project.errors import room_for
from layerforge.project.held import Held
from layerforge.project.reading import Id, fingerprints_from


class Pictures(Held):
    """What a project's branches look like."""

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
