"""What the user does with files: open, save, add, drop; asks before anything is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal

from layerforge.desktop import untitled
from layerforge.desktop.bridge import Tell
from layerforge.desktop.dialogs import Answer, Dialogs
from layerforge.desktop.dropping import dropped
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.session import SUFFIX, Session
from layerforge.explore.importing import Imported
from layerforge.explore.restoring import has_recipe
from layerforge.files.assets import samples_folder
from layerforge.model.errors import LayerForgeError
from layerforge.project.pages import HEADER


class Documents(QObject):
    """Joins the file actions, the dialogs and the session."""

    said = Signal(Message)

    def __init__(
        self, session: Session, dialogs: Dialogs, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.dialogs = dialogs
        self._preferences = preferences
        session.sources_added.connect(self._on_added)

    # Projects -----------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a new project, unless the user thinks otherwise."""
        self._unless_kept(self._session.new)

    def open_by_dialog(self) -> None:
        """Ask for a project and open it."""
        path = self.dialogs.project(self._preferences.folder("project"))
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a project, or what was exported from one, unless the user thinks otherwise."""
        if path.is_file() and not _is_project(path):
            self.restore(path)
            return
        if path.is_file() and not untitled.is_untitled(path):
            self._preferences.set_folder("project", path.parent)
        self._unless_kept(lambda: self._session.open(path))

    def restore(self, path: Path) -> None:
        """Make an exported file a project again, unless the user thinks otherwise."""
        places = self._preferences.recent()
        self._unless_kept(lambda: self._session.restore(path, places=places))

    def save(self) -> None:
        """Name the project; one that has a name is saved always."""
        if self._session.untitled:
            self.save_as()
            return
        words = self.tr("Everything is saved already, as always.")
        self.said.emit(Message("good", words, topic="file"))

    def save_as(self, *, then: Callable[[], None] | None = None) -> None:
        """Ask where to, save, and do ``then``."""
        name = self._session.project.path.name
        path = self.dialogs.save_path(self._preferences.folder("project"), name)
        if path is not None:
            self._preferences.set_folder("project", path.parent)
            self._session.save_as(path, then=then)

    def may_leave(self, *, then: Callable[[], None]) -> bool:
        """Whether the project may be left now; where it is saved first, ``then`` follows later."""
        if not self._session.unsaved:
            return True
        answer = self.dialogs.unsaved(self._session.branch_count)
        if answer is Answer.SAVE:
            self.save_as(then=then)
        return answer is Answer.DISCARD

    def _unless_kept(self, act: Callable[[], None]) -> None:
        if self.may_leave(then=act):
            act()

    # Images -------------------------------------------------------------------------------------

    def add_by_dialog(self) -> None:
        """Ask for images and add them."""
        paths = self.dialogs.images(self._preferences.folder("images"))
        if paths:
            self._preferences.set_folder("images", paths[0].parent)
            self._session.add_images(paths)

    def add_folder_by_dialog(self) -> None:
        """Ask for a folder and add its images."""
        folder = self.dialogs.folder(self._preferences.folder("images"))
        if folder is not None:
            self._preferences.set_folder("images", folder)
            self._session.add_images([folder])

    def add_samples(self) -> None:
        """Add the sample images."""
        try:
            self._session.add_images([samples_folder()])
        except LayerForgeError as error:
            self.said.emit(Message("error", str(error), topic="images"))

    def drop(self, data: QMimeData) -> None:
        """Take what was dropped; say what was no file."""
        local, others = dropped(data)
        if others:
            words = self.tr("Only files on this computer can be added:")
            self.said.emit(Message("warning", words, topic="dropped", details=tuple(others)))
        self.take(local)

    def take_file(self, path: Path) -> None:
        """Take one file that the system wants opened here."""
        self.take([path])

    def take(self, paths: Sequence[Path]) -> None:
        """Add images and folders, or open a project where there is one."""
        projects = [path for path in paths if path.suffix == SUFFIX and path.is_file()]
        images = [path for path in paths if path not in projects]
        if projects:
            self.open(projects[0])
        elif len(images) == 1 and images[0].is_file():
            self._session.files.submit(
                partial(_recipe_in, images[0]),
                then=partial(self._take_one, images[0]),
                otherwise=lambda _text: self._session.add_images(images),
            )
        elif images:
            self._session.add_images(images)

    def _take_one(self, path: Path, recipe: bool) -> None:  # noqa: FBT001 - what the work gives
        """Add an image; one that holds a recipe may be meant as a project."""
        session = self._session
        empty = not session.branch_count and not session.sources
        if not recipe:
            session.add_images([path])
        elif empty or path.suffix == ".json":
            self.restore(path)
        else:
            words = self.tr("{name} was exported from LayerForge, and holds its recipe.")
            offers = (
                Offer(self.tr("Open it as a project"), lambda: self.restore(path)),
                Offer(self.tr("Add it as an image"), lambda: session.add_images([path])),
            )
            text = words.format(name=path.name)
            self.said.emit(Message("info", text, topic="dropped", offers=offers))

    def _on_added(self, imported: Imported) -> None:
        refused = imported.refused
        if imported.notes:
            words = self.tr("Not all is taken as it is in the files:")
            self.said.emit(Message("info", words, topic="image notes", details=imported.notes))
        if refused:
            details = tuple(" ".join(str(one).split()) for one in refused)
            words = self.tr("{n} files were left out:", "", len(refused))
            words = words.format(n=len(refused))
            self.said.emit(Message("warning", words, topic="images", details=details))
        elif imported.known and not imported.added:
            words = self.tr("These images are here already.")
            self.said.emit(Message("info", words, topic="images"))
        elif imported.added and self._session.exploring:
            words = self.tr("The next run will take the new images in.")
            self.said.emit(Message("info", words, topic="images"))

    # Untitled projects left behind --------------------------------------------------------------

    def look_for_leftovers(self) -> None:
        """Offer to open an untitled project that was left behind."""
        self._session.files.submit(
            _leftovers,
            then=self._offer,
            otherwise=lambda text: self.said.emit(Message("error", text)),
        )

    def _offer(self, found: list[Path]) -> None:
        found = [path for path in found if path != self._session.project.path]
        if not found or self._session.branch_count:
            return
        words = self.tr("A project that was never named is still here, from {when}.")
        message = Message(
            "info",
            words.format(when=untitled.when(found[0])),
            topic="leftover",
            offers=(
                Offer(self.tr("Open it"), lambda: self.open(found[0])),
                Offer(self.tr("Delete it"), lambda: self._discard(found[0])),
            ),
        )
        self.said.emit(message)

    def _discard(self, path: Path) -> None:
        try:
            untitled.discard(path)
        except LayerForgeError as error:
            self.said.emit(Message("error", str(error), topic="leftover"))


def _is_project(path: Path) -> bool:
    """Whether a file is a project, or calls itself one."""
    if path.suffix == SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False  # opening it says why


def _recipe_in(path: Path, tell: Tell) -> bool:
    del tell
    return has_recipe(path)


def _leftovers(tell: Tell) -> list[Path]:
    del tell
    return untitled.leftovers()
