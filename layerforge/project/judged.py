"""What a project's branches and sources are worth, and where they lie in embedding space."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from layerforge.model.score import Score
from layerforge.project.held import Held
from layerforge.project.judgements import to_blob, write_embedding, write_score
from layerforge.project.reading import Id, embeddings_from, vectors_from


class Judged(Held):
    """The scores and embeddings of a project."""

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
