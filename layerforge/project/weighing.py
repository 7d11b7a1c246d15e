"""How often each source of a project is drawn."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from layerforge.model.errors import InvalidValue, SourceMissing
from layerforge.model.source import Weight
from layerforge.model.values import SourceId
from layerforge.project.held import Held


class Weighing(Held):
    """The weights of a project's sources."""

    def source_weights(self) -> dict[str, float]:
        """By source: how often it is drawn against those of weight 1, 0 for never.

        Those of weight 1 are left out.
        """
        found = self._read(
            "SELECT id, weight FROM sources WHERE weight <> 1.0 ORDER BY place, id",
            tuple[SourceId, Weight],
            "the weights of the sources",
        )
        return dict(found)

    def set_source_weights(self, weights: Mapping[str, float]) -> None:
        """Give sources, by id, other weights.  Raises SourceMissing, InvalidValue."""
        for weight in weights.values():
            try:
                msgspec.convert(weight, Weight)
            except msgspec.ValidationError as error:
                raise InvalidValue(f"a source's weight must be 0 to 100, got {weight}") from error
        with self._database.transaction() as connection:
            for source_id, weight in weights.items():
                changed = connection.execute(
                    "UPDATE sources SET weight = ? WHERE id = ?", (float(weight), source_id)
                )
                if not changed.rowcount:
                    raise SourceMissing(source_id)
