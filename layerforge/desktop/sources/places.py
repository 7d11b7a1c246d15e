"""Where sources were read: this machine's own memory, in the user's configuration folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from layerforge.model.errors import LayerForgeError
from layerforge.model.values import SourceId

MOST = 2000
"""So many sources are remembered, those met last."""

_Place = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class Places:
    """From a source's id to the file that it came from, as far as that is known here.

    A file of places that can't be read is as none: it is only a convenience.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or Path(platformdirs.user_config_dir("layerforge")) / "places.json"
        self._known: dict[str, str] | None = None

    def of(self, source_id: str) -> Path | None:
        """Where a source is, if a file is still there."""
        said = self._read().get(source_id)
        return Path(said) if said and Path(said).is_file() else None

    def remember(self, places: Mapping[str, Path]) -> None:
        """Remember where sources were read.  Raises LayerForgeError where that can't be kept."""
        if not places:
            return
        known = self._read()
        for source_id, path in places.items():
            known.pop(source_id, None)
            known[source_id] = str(path).encode("utf-8", "replace").decode()
        self._known = dict(list(known.items())[-MOST:])
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_bytes(msgspec.json.encode(self._known))
            part.replace(self._file)
        except OSError as error:
            raise LayerForgeError(
                f"where images lie is known only until the window closes: {self._file} can't be "
                f"written ({error.strerror})"
            ) from error

    def _read(self) -> dict[str, str]:
        if self._known is None:
            try:
                content = self._file.read_bytes()
                self._known = msgspec.json.decode(content, type=dict[SourceId, _Place])
            except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
                self._known = {}
        return self._known
