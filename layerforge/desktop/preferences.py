"""What the app remembers from one time to the next: sizes, places, dials.  One small file."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

MAX_RECENT = 8

LANGUAGE = "language"
"""The text that says which language was chosen; empty for the system's."""


class Preferences:
    """Typed access to the settings file in the user's configuration folder."""

    def __init__(self) -> None:
        path = Path(platformdirs.user_config_dir("layerforge")) / "window.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def blob(self, name: str) -> QByteArray:
        """A saved state of Qt's; empty where there is none."""
        found = self._settings.value(name)
        return found if isinstance(found, QByteArray) else QByteArray()

    def set_blob(self, name: str, value: QByteArray) -> None:
        """Remember a state of Qt's."""
        self._settings.setValue(name, value)

    def number(self, name: str, usual: float) -> float:
        """A number; ``usual`` where there is none, or no number."""
        try:
            return float(str(self._settings.value(name, usual)))
        except ValueError:
            return usual

    def set_number(self, name: str, value: float) -> None:
        """Remember a number."""
        self._settings.setValue(name, value)

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        return str(self._settings.value(name, ""))

    def set_text(self, name: str, value: str) -> None:
        """Remember a text."""
        self._settings.setValue(name, value)

    def folder(self, purpose: str) -> Path:
        """The folder used last for a purpose; the user's pictures at first."""
        found = Path(str(self._settings.value(f"folder/{purpose}", "")))
        if found.is_absolute() and found.is_dir():
            return found
        place = QStandardPaths.StandardLocation.PicturesLocation
        pictures = Path(QStandardPaths.writableLocation(place))
        return pictures if pictures.is_dir() else Path.home()

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Remember a folder for a purpose."""
        self._settings.setValue(f"folder/{purpose}", str(folder))

    def recent(self) -> list[Path]:
        """The projects opened last that are still there, the latest first."""
        found = self._settings.value("recent", [])
        names = found if isinstance(found, list) else [found]
        return [path for name in names if (path := Path(str(name))).is_file()]

    def add_recent(self, path: Path) -> None:
        """Remember a project."""
        others = [one for one in self.recent() if one != path]
        names = [str(one) for one in (path, *others)]
        self._settings.setValue("recent", names[:MAX_RECENT])

    def save(self) -> None:
        """Write the file now."""
        self._settings.sync()
