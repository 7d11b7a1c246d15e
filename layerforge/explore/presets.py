"""Settings under a name, to be used again in any project: small files in the user's folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
import platformdirs
from msgspec.structs import replace

from layerforge.explore.settings import ExploreSettings
from layerforge.files.names import is_reserved
from layerforge.files.recipes import write_file
from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.model.values import from_json
from layerforge.project.project import Project

MAX_NAME = 60
MAX_BYTES = 64 * 1024
_SUFFIX = ".json"
_OWN = ("seed", "source_weights", "grow_from", "mood_board")
"""What belongs to one run, or to one project."""


class Presets:
    """The presets in a folder, the user's own where none is named."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(platformdirs.user_config_dir("layerforge")) / "presets"

    def names(self) -> list[str]:
        """What presets there are, by name."""
        try:
            files = [one for one in self.folder.iterdir() if one.suffix == _SUFFIX]
        except OSError:
            return []  # no folder, no presets
        return sorted((unquote(one.stem) for one in files), key=str.casefold)

    def load(self, name: str) -> ExploreSettings:
        """The settings of a preset.  Raises InvalidValue, naming the file, where it is none."""
        file = self._file(name)
        try:
            with file.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise InvalidValue(f"{file} can't be read: {error.strerror}") from error
        if len(content) > MAX_BYTES:
            raise InvalidValue(f"{file} is larger than {MAX_BYTES >> 10} KiB: it is no preset")
        return _without_own(from_json(content, ExploreSettings, what=f"the preset {file}"))

    def save(self, name: str, settings: ExploreSettings) -> None:
        """Keep settings under a name, in place of those that had it.

        What belongs to one project, and the seed, is left out.  Raises InvalidValue for a name
        that can't be, CannotWrite where the file can't be written.
        """
        file = self._file(name)
        usual = msgspec.to_builtins(ExploreSettings())
        plain = msgspec.to_builtins(_without_own(settings))
        changed = {field: value for field, value in plain.items() if value != usual[field]}
        write_file(file, msgspec.json.format(msgspec.json.encode(changed)) + b"\n")

    def rename(self, old: str, new: str) -> None:
        """Give a preset another name.  Raises InvalidValue where there is one of that name."""
        before, after = self._file(old), self._file(new)
        if new.casefold() in {one.casefold() for one in self.names()} - {old.casefold()}:
            raise InvalidValue(f"there is a preset called {new} already")
        try:
            before.rename(after)
        except OSError as error:
            raise LayerForgeError(f"{before} can't be renamed: {error.strerror}") from error

    def remove(self, name: str) -> None:
        """Let a preset go."""
        file = self._file(name)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise LayerForgeError(f"{file} can't be removed: {error.strerror}") from error

    def _file(self, name: str) -> Path:
        plain = name.strip()
        if not plain or len(plain) > MAX_NAME or not plain.isprintable():
            raise InvalidValue(f"a preset's name must have 1 to {MAX_NAME} letters, got {name!r}")
        if is_reserved(plain):
            raise InvalidValue(f"{name} is no name for a file")
        return self.folder / f"{quote(plain, safe=' ()+,')}{_SUFFIX}"


def last_settings(project: Project) -> ExploreSettings | None:
    """The settings of the project's last exploration, as far as they can be read.

    None where it was never explored.
    """
    known = ExploreSettings.__struct_fields__
    for run in reversed(project.runs()):
        if "budget" not in run.settings:
            continue  # the work of a tool
        settings = ExploreSettings()
        for name in set(known) & run.settings.keys():
            # one by one: what another version wrote is no reason to forget the others
            with suppress(msgspec.ValidationError):
                found = msgspec.convert({name: run.settings[name]}, ExploreSettings)
                settings = replace(settings, **{name: getattr(found, name)})
        return settings
    return None


def _without_own(settings: ExploreSettings) -> ExploreSettings:
    usual = ExploreSettings()
    return replace(settings, **{name: getattr(usual, name) for name in _OWN})
