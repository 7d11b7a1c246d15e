"""Questions that need an answer before anything can go on.  Tests put their own in this place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from layerforge.desktop.buttons import enter_presses
from layerforge.desktop.session import SUFFIX


class Answer(Enum):
    """What to do with unsaved branches."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Dialogs(QObject):
    """The system's file dialogs, and the question what to do with unsaved work."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def images(self, folder: Path) -> list[Path]:
        """Image files to add; none where the user thought otherwise."""
        found, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Add images"), str(folder), self._images()
        )
        return [Path(one) for one in found]

    def replacement(self, folder: Path, name: str) -> Path | None:
        """An image file to take the place of the source ``name``."""
        found, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Replace {name} by").format(name=name),
            str(folder),
            self._images(),
        )
        return Path(found) if found else None

    def folder(self, folder: Path) -> Path | None:
        """A folder of images to add."""
        found = QFileDialog.getExistingDirectory(
            self._window, self.tr("Add a folder of images"), str(folder)
        )
        return Path(found) if found else None

    def lost_folder(self, folder: Path) -> Path | None:
        """A folder to look for lost images in."""
        found = QFileDialog.getExistingDirectory(
            self._window, self.tr("Look for lost images in"), str(folder)
        )
        return Path(found) if found else None

    def copy_path(self, folder: Path, name: str) -> Path | None:
        """Where to write a copy of a source; the user has agreed to replace a file there."""
        found, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy of the image as"), str(folder / name)
        )
        return Path(found) if found else None

    def project(self, folder: Path) -> Path | None:
        """A project to open, or a file that was exported from one."""
        exported = "*.png *.tif *.tiff *.webp *.jpg *.ora *.psd *.json"
        kinds = f"{self._projects()};;{self.tr('Exported files')} ({exported} {exported.upper()})"
        found, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open project"), str(folder), kinds
        )
        return Path(found) if found else None

    def save_path(self, folder: Path, name: str) -> Path | None:
        """Where to save the project; the user has agreed to replace a file that is there."""
        found, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save project as"), str(folder / name), self._projects()
        )
        if not found:
            return None
        path = Path(found)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def preset_name(self, title: str, name: str) -> str:
        """A name for a preset; empty where the user thought otherwise."""
        found, agreed = QInputDialog.getText(
            self._window, title, self.tr("Name:"), QLineEdit.EchoMode.Normal, name
        )
        return found.strip() if agreed else ""

    def may_replace(self, name: str) -> bool:
        """Whether a preset may take the place of one that has the name."""
        words = self.tr("There is a preset called “{name}”. Replace it?").format(name=name)
        answer = QMessageBox.question(self._window, self.tr("Replace the preset?"), words)
        return answer == QMessageBox.StandardButton.Yes

    def unsaved(self, branches: int) -> Answer:
        """What to do with an untitled project that holds branches."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Save the project?"))
        box.setText(self.tr("This project has no name yet."))
        box.setInformativeText(
            self.tr("It holds {n} branches. Discarding deletes them.", "", branches).format(
                n=branches
            )
        )
        save = box.addButton(self.tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        enter_presses(save)
        box.setEscapeButton(cancel)
        box.exec()
        if box.clickedButton() is save:
            return Answer.SAVE
        return Answer.DISCARD if box.clickedButton() is discard else Answer.CANCEL

    def _images(self) -> str:
        kinds = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.avif *.heic"
        return f"{self.tr('Images')} ({kinds} {kinds.upper()});;{self.tr('All files')} (*)"

    def _projects(self) -> str:
        return f"{self.tr('LayerForge projects')} (*{SUFFIX});;{self.tr('All files')} (*)"
