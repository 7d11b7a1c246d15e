import sqlite3
from contextlib import closing

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.relinking import Lost, lost_sources, relink
from layerforge.files.images import ImageRefused
from layerforge.model.source import source_id_of
from layerforge.project.checking import check
from layerforge.project.project import Project
from tests.project.made import make_project


def quiet(what, share):
    pass


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "p.layerforge"
    make_project(place, branches=12, side=16)
    return place


@pytest.fixture
def originals(path, tmp_path):
    """A folder, two deep, with the images of the project under other names."""
    folder = tmp_path / "pictures" / "2024"
    folder.mkdir(parents=True)
    with Project.open(path, read_only=True) as project:
        for number, source in enumerate(project.sources()):
            (folder / f"renamed {number}.jpeg").write_bytes(project.source_bytes(source.id))
    return folder.parent


def change(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def damage(path):
    """One image gone, the other one's bytes changed.  Returns their ids."""
    with Project.open(path, read_only=True) as project:
        ids = [source.id for source in project.sources()]
    change(
        path,
        "DELETE FROM source_embeddings",
        f"DELETE FROM sources WHERE id = '{ids[0]}'",
        f"UPDATE sources SET file_bytes = zeroblob(400) WHERE id = '{ids[1]}'",
    )
    return ids


def test_lost_images_are_found_by_their_content_whatever_they_are_called(path, originals):
    gone, changed = damage(path)
    with Project.open(path) as project:
        assert set(lost_sources(project, tell=quiet)) == {Lost(gone, ""), Lost(changed, "b c.png")}
        done = relink(project, [originals], tell=quiet)
        assert {one.id for one, _ in done.found} == {gone, changed}
        assert done.missing == done.others == ()
        for source in project.sources():
            assert source_id_of(project.source_bytes(source.id)) == source.id
            assert (source.width, source.height) == (16, 16)
        assert {source.name for source in project.sources()} == {"renamed 0.jpeg", "b c.png"}
    assert check(path, tell=quiet).ok


def test_a_project_holds_them_too_but_not_a_copy_that_lost_them_itself(path, originals):
    whole = path.with_name("whole.layerforge")
    whole.write_bytes(path.read_bytes())
    gone, changed = damage(path)
    # looked at first, and of no use
    path.with_name("a copy.layerforge").write_bytes(path.read_bytes())
    with Project.open(path) as project:
        done = relink(project, [path.parent], tell=quiet)
        assert {one.id: file.name for one, file in done.found}.keys() == {gone, changed}
        assert done.missing == ()


def test_a_file_of_the_same_name_but_other_content_is_told_and_not_taken(path, tmp_path):
    gone, changed = damage(path)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    Image.fromarray(np.zeros((16, 16, 3), dtype=np.uint8)).save(folder / "b c.png")
    with Project.open(path) as project:
        done = relink(project, [folder], tell=quiet)
        assert done.found == ()
        assert {one.id for one in done.missing} == {gone, changed}
        assert done.others == (folder / "b c.png",)
        assert project.source_bytes(changed) == bytes(400)


def test_nothing_lost_is_nothing_to_do(path, originals):
    with Project.open(path) as project:
        done = relink(project, [originals], tell=quiet)
        assert done.found == done.missing == done.others == ()
        damage(path)
        with pytest.raises(ImageRefused, match="no such file or folder"):
            relink(project, [originals / "nowhere"], tell=quiet)
