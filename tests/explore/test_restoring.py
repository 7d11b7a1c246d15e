from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.explorer import Explorer
from layerforge.explore.exporting import export_branches
from layerforge.explore.restoring import has_recipe, restore
from layerforge.explore.settings import ExploreSettings
from layerforge.files.images import read_source
from layerforge.files.recipes import read_recipe
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, photo_folder: Path) -> Path:
    """A folder with a project and a version of its deepest branch as PNG, JPEG and recipe."""
    folder = tmp_path_factory.mktemp("exported")
    with Project.create(folder / "made.layerforge", canvas=Canvas(width=160, height=96)) as project:
        for name in ("china.jpg", "flower.jpg"):
            file = read_source(photo_folder / name)
            project.add_source(file.source, file.file_bytes)
        settings = ExploreSettings(budget=48, seed=3, strategy="random", search_edge_px=96)
        Explorer(project, settings, MeasuresScorer(), listener=lambda _event: None).run()
        deepest = max(project.branches(), key=lambda one: one.depth)
        for kind in ("png", "jpeg"):
            list(export_branches(project, [deepest.id], folder=folder, kind=kind, name=kind))
    return folder


def blank(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "new.layerforge", canvas=Canvas(width=10, height=10))


@pytest.mark.parametrize("name", ["png.png", "jpeg.jpg", "png.json"])
def test_what_was_exported_is_a_branch_again(exported: Path, tmp_path: Path, name: str) -> None:
    recipe = read_recipe(exported / "png.json")
    with blank(tmp_path) as project:
        done = restore(
            exported / name,
            project,
            places=[exported / "made.layerforge"],
            scorer=MeasuresScorer(),
        )
        assert [one.id for one in project.branches()] == [0, done.branch]
        assert project.history(done.branch) == recipe.steps
        assert (project.canvas.width, project.canvas.height) == (160, 96)
        assert {one.id for one in project.sources()} == {one.id for one in recipe.sources}
        assert {one.name for one in project.sources()} <= {"china.jpg", "flower.jpg"}
        assert project.branch(done.branch).value is not None
        assert done.left_out == ()
        again = tmp_path / "again"
        again.mkdir()
        list(export_branches(project, [done.branch], folder=again, name="png"))
        with Image.open(again / "png.png") as new, Image.open(exported / "png.png") as old:
            assert np.array_equal(np.asarray(new), np.asarray(old))


def test_sources_are_found_beside_the_file(
    exported: Path, tmp_path: Path, photo_folder: Path
) -> None:
    for place in (exported / "png.png", photo_folder / "china.jpg", photo_folder / "flower.jpg"):
        shutil.copy(place, tmp_path)
    (tmp_path / "broken.layerforge").write_bytes(b"no project")
    with blank(tmp_path) as project:
        restore(
            tmp_path / "png.png",
            project,
            places=[tmp_path / "broken.layerforge", tmp_path / "gone.layerforge"],
            scorer=MeasuresScorer(),
        )
        assert len(project.branches()) == 2


def test_what_is_missing_is_named(exported: Path, tmp_path: Path) -> None:
    shutil.copy(exported / "png.png", tmp_path)
    with blank(tmp_path) as project, pytest.raises(LayerForgeError) as caught:
        restore(tmp_path / "png.png", project, places=[], scorer=MeasuresScorer())
    assert "png.png needs source images" in str(caught.value)
    assert read_recipe(exported / "png.json").sources[0].id[:12] in str(caught.value)


def test_only_a_new_project_takes_a_recipe(exported: Path) -> None:
    with (
        Project.open(exported / "made.layerforge") as project,
        pytest.raises(InvalidValue, match="not empty"),
    ):
        restore(exported / "png.png", project, places=[], scorer=MeasuresScorer())


def test_recipes_are_told_from_pictures(exported: Path, photo_folder: Path) -> None:
    assert has_recipe(exported / "png.png")
    assert has_recipe(exported / "png.json")
    assert not has_recipe(photo_folder / "china.jpg")
    assert not has_recipe(exported / "made.layerforge")
    assert not has_recipe(exported / "nothing.png")
