"""The entrances for files from strangers, each as one function of bytes.

Whatever the bytes, an entrance returns, or raises LayerForgeError with a message, which is given
back as lines; anything else is a finding.
"""

import atexit
import functools
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from layerforge.files.decoding import decode_image
from layerforge.files.opening import image_size
from layerforge.files.recipes import embedded_recipe
from layerforge.model.errors import LayerForgeError
from layerforge.model.recipe import decode_recipe
from layerforge.operations.fold import fold
from layerforge.project.checking import check
from layerforge.project.salvage import pour
from layerforge.project.schema import SCHEMA_VERSION, declaration
from layerforge.project.settling import settle
from tests.fuzz.projects import changed_project
from tests.fuzz.whole_project import read_whole_project


def _refusals(*readings):
    lines = []
    for read in readings:
        try:
            read()
        except LayerForgeError as error:
            lines.append(str(error))
    if not all(lines):
        raise AssertionError("a refusal without a reason")
    return lines


def recipe(data):
    """A sidecar: decoded strictly, and its steps folded to a canvas."""

    def read():
        decoded = decode_recipe(data)
        fold(decoded.steps, decoded.canvas)

    return _refusals(read)


def embedded(data):
    """A recipe inside a picture of any format."""
    return _refusals(lambda: decode_recipe(embedded_recipe(data, name="x")))


def ora(data):
    """An OpenRaster document: its merged image and its recipe."""
    return embedded(data) + image(data)


def image(data):
    """A picture of any format."""
    return _refusals(lambda: decode_image(data, name="x"), lambda: image_size(data, name="x"))


def project(data):
    """A project file: all that is in it read as the app and the commands do, and checked."""
    with _file(data) as path:
        return _refusals(lambda: read_whole_project(path), lambda: check(path, tell=_silent))


def rows(data):
    """A project file whose rows are not what they should be."""
    return project(changed_project(data))


def salvage(data):
    """A broken project file: what is saved of it fits together, whatever it was."""

    def save():
        with _file(data) as path, closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
            new.executescript(declaration(SCHEMA_VERSION))
            pour(path, new, whole=False, tell=_silent)
            settle(new)
            assert new.execute("PRAGMA foreign_key_check").fetchall() == []

    return _refusals(save)


def _silent(what, share):
    pass


@contextmanager
def _file(data):
    path = _folder() / "x.layerforge"
    path.write_bytes(data)
    try:
        yield path
    finally:
        for one in path.parent.iterdir():
            one.unlink()


@functools.cache
def _folder():
    """A folder in memory where there is one: a fuzzer writes a million files."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="layerforge-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


ENTRANCES = {one.__name__: one for one in (recipe, embedded, ora, image, project, rows, salvage)}
