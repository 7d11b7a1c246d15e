import json
import zipfile
from pathlib import Path
from shutil import disk_usage
from xml.etree import ElementTree

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from layerforge.explore.exporting import best_branches, export_branches, rendered_size
from layerforge.explore.replaying import replay
from layerforge.files.formats import FORMATS, LAYERED
from layerforge.files.images import decode, decode_image
from layerforge.files.recipes import CannotWrite, read_recipe
from layerforge.files.sources import SourcePyramid
from layerforge.model.errors import InvalidValue, LayerForgeError, TooLarge
from layerforge.model.recipe import encode_recipe
from layerforge.operations.fold import fold
from layerforge.project.errors import ProjectError
from layerforge.rendering.limits import needed_bytes
from layerforge.rendering.renderer import Renderer


@pytest.fixture
def explored(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=64)
    return exploration.project


def pixels(path):
    with Image.open(path) as image:
        return np.array(image)


@pytest.mark.parametrize("long_edge", [None, 97, 700])
def test_replay_gives_the_same_pixels(explored, tmp_path, photo_folder, long_edge):
    top = best_branches(explored, 3)
    done = list(export_branches(explored, top, folder=tmp_path / "out", long_edge_px=long_edge))
    assert [one.branch for one in done] == top
    for one in done:
        for history in (one.picture, one.recipe):
            done_again = replay(
                history,
                overwrite=True,
                to=tmp_path / "again.png",
                sources=[photo_folder],
                long_edge_px=long_edge,
            )
            assert done_again.written.read_bytes() == one.picture.read_bytes()
            assert done_again.left_out == done_again.differing == ()
    expected = (320, 240) if long_edge is None else (long_edge, round(long_edge * 240 / 320))
    assert pixels(done[0].picture).shape[1::-1] == expected


def test_any_size_looks_the_same(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    small, large = (
        next(export_branches(explored, [branch], folder=tmp_path / str(edge), long_edge_px=edge))
        for edge in (192, 1536)
    )
    shrunk = Image.open(large.picture).resize((192, 144), Image.Resampling.BOX)
    difference = np.abs(np.asarray(shrunk, dtype=float)[..., :3] - pixels(small.picture)[..., :3])
    assert difference.mean() < 6.0


def test_nothing_is_overwritten(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    names = [
        next(export_branches(explored, [branch], folder=tmp_path)).picture.name for _ in range(3)
    ]
    assert names == [f"p-{branch:05d}.png", f"p-{branch:05d}-2.png", f"p-{branch:05d}-3.png"]


def test_the_root_and_missing_branches_are_refused(explored, tmp_path):
    with pytest.raises(InvalidValue, match="blank canvas"):
        list(export_branches(explored, [0], folder=tmp_path))
    with pytest.raises(ProjectError, match="no branch 9999"):
        list(export_branches(explored, [9999], folder=tmp_path))
    assert list(tmp_path.glob("*.png")) == []


def test_sources_are_found_in_a_project_too(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path / "out"))
    again = replay(done.recipe, to=tmp_path / "again.png", sources=[explored.path])
    assert again.written.read_bytes() == done.picture.read_bytes()


def test_missing_sources_are_named(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path / "out"))
    with pytest.raises(LayerForgeError, match=r"source images.*\(640x427\).*--sources"):
        replay(done.picture, to=tmp_path / "again.png", sources=[tmp_path / "out"])
    assert not (tmp_path / "again.png").exists()


def test_another_version_is_told(explored, tmp_path, photo_folder):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path / "out"))
    recipe = json.loads(done.recipe.read_text())
    recipe["versions"]["numpy"] = "0.1"
    done.recipe.write_text(json.dumps(recipe))
    notes = replay(done.recipe, to=tmp_path / "again.png", sources=[photo_folder]).differing
    assert len(notes) == 1
    assert "numpy 0.1" in notes[0]


def test_the_best_differ_and_come_from_different_lineages(explored):
    top = best_branches(explored, 5)
    assert len(set(top)) == 5
    by_id = {branch.id: branch for branch in explored.branches()}

    def lineage(branch_id):
        while by_id[branch_id].parent != 0:
            branch_id = by_id[branch_id].parent
        return branch_id

    assert len({lineage(one) for one in top}) == 5
    assert by_id[top[0]].value == max(branch.value for branch in explored.branches()[1:])


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_replays_to_the_same_picture(explored, tmp_path, photo_folder, kind):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path / "out", kind=kind))
    again = tmp_path / f"again{done.picture.suffix}"
    replayed = replay(done.picture, to=again, sources=[photo_folder])
    assert replayed.written.read_bytes() == done.picture.read_bytes()
    assert replayed.left_out == replayed.differing == ()
    recipe = read_recipe(done.picture)
    canvas = fold(recipe.steps, recipe.canvas)
    renderer = Renderer(SourcePyramid(explored.source_bytes))
    ours = renderer.render(
        canvas, width=canvas.width, height=canvas.height, draft=kind in ("ora", "psd")
    )
    theirs = decode(done.picture.read_bytes(), name=kind).astype(float)
    seen = theirs[..., :3] * theirs[..., 3:] / 255
    # what lossy formats make of a texture all over
    assert np.abs(seen - ours[..., :3] * 255).mean() < (6 if kind in ("jpeg", "webp") else 1)


def test_names_follow_the_template(explored, tmp_path):
    top = best_branches(explored, 2)
    done = list(
        export_branches(explored, top, folder=tmp_path, name="{rank}-{project} {width}x{height}")
    )
    assert [one.picture.name for one in done] == ["1-p 320x240.png", "2-p 320x240.png"]
    assert [one.recipe.name for one in done] == ["1-p 320x240.json", "2-p 320x240.json"]


def test_an_export_is_resumed(explored, tmp_path):
    top = best_branches(explored, 3)
    first = list(export_branches(explored, top[:1], folder=tmp_path))
    before = first[0].picture.stat().st_mtime_ns
    first[0].recipe.unlink()
    every = list(export_branches(explored, top, folder=tmp_path, resume=True))
    assert [one.known for one in every] == [True, False, False]
    assert every[0].picture.stat().st_mtime_ns == before
    assert len(list(tmp_path.glob("*.png"))) == len(list(tmp_path.glob("*.json"))) == 3
    # what is there is something else: another size, or a damaged file
    larger = next(export_branches(explored, top, folder=tmp_path, resume=True, long_edge_px=99))
    assert larger.picture.name == f"p-{top[0]:05d}-2.png"
    every[1].picture.write_bytes(every[1].picture.read_bytes()[:100])
    again = list(export_branches(explored, top, folder=tmp_path, resume=True))
    assert [one.known for one in again] == [True, False, True]
    assert again[1].picture.name == f"p-{top[1]:05d}-2.png"
    once_more = list(export_branches(explored, top, folder=tmp_path, resume=True))
    assert [one.known for one in once_more] == [True, True, True]
    assert [one.picture for one in once_more] == [one.picture for one in again]


def test_a_cut_off_export_is_written_anew_in_its_place(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    path = next(export_branches(explored, [branch], folder=tmp_path)).picture
    whole = path.read_bytes()
    path.write_bytes(whole[:-2000])  # in the middle of the picture, after the recipe
    again = next(export_branches(explored, [branch], folder=tmp_path, resume=True))
    assert again.picture == path
    assert not again.known
    assert path.read_bytes() == whole
    assert next(export_branches(explored, [branch], folder=tmp_path, resume=True)).known


def test_a_storyboard_has_a_frame_a_step(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path, storyboard="both"))
    strip, animation = done.storyboards
    assert strip.name == f"p-{branch:05d}-storyboard.png"
    steps = read_recipe(done.picture).steps
    assert decode_image(animation.read_bytes(), name="x").frames == len(steps)
    assert read_recipe(strip) == read_recipe(animation) == read_recipe(done.picture)


def test_a_format_that_cannot_hold_the_size_is_refused_first(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    with pytest.raises(InvalidValue, match="WEBP holds at most 16383"):
        next(export_branches(explored, [branch], folder=tmp_path, kind="webp", long_edge_px=16_384))
    assert list(tmp_path.glob("*.webp")) == []


def test_what_needs_too_much_memory_is_refused_first(explored, tmp_path, monkeypatch):
    top = best_branches(explored, 2)
    (done,) = export_branches(explored, top[:1], folder=tmp_path / "before")
    out = tmp_path / "out"
    # 640 x 480 pixels: some 40 MiB for the picture, and more for its layers
    monkeypatch.setenv("LAYERFORGE_MAX_MEMORY_GIB", "0.005")
    with pytest.raises(TooLarge, match=r"640x480 .*limit of 5\.1 MiB.*LAYERFORGE_MAX_MEMORY_GIB"):
        next(export_branches(explored, top, folder=out, long_edge_px=640))
    with pytest.raises(TooLarge, match="640x480"):  # before it looks for sources, too
        replay(done.picture, to=tmp_path / "again.png", sources=[], long_edge_px=640)
    canvas = fold(read_recipe(done.picture).steps, explored.canvas)
    flat = needed_bytes(canvas, width=320, height=240)
    monkeypatch.setenv("LAYERFORGE_MAX_MEMORY_GIB", repr(1.01 * flat / 2**30))
    next(export_branches(explored, top[:1], folder=tmp_path / "after"))
    with pytest.raises(TooLarge, match="320x240"):
        next(export_branches(explored, top[:1], folder=out, kind="ora"))
    monkeypatch.delenv("LAYERFORGE_MAX_MEMORY_GIB")
    with pytest.raises(InvalidValue, match="blank canvas"):
        next(export_branches(explored, [top[0], 0], folder=out))
    assert not out.exists()


def test_a_canvas_longer_than_any_picture_asks_for_a_long_edge(explored):
    huge = replace(explored.canvas, width=20_000, height=5_000)
    with pytest.raises(InvalidValue, match=r"20000x5000.*at most 16384 px.*choose a long edge"):
        rendered_size(huge, long_edge_px=None)
    assert rendered_size(huge, long_edge_px=8_000) == (8_000, 2_000)


def test_nothing_personal_is_exported(explored, tmp_path, photo_folder):
    (branch,) = best_branches(explored, 1)
    for kind in FORMATS:
        for done in export_branches(
            explored, [branch], folder=tmp_path / "out", kind=kind, storyboard="both"
        ):
            recipe = encode_recipe(read_recipe(done.picture)).lower()
            folders = (str(Path.home()), str(tmp_path), str(photo_folder), "china.", "flower.")
            for path in (done.picture, done.recipe, *done.storyboards):
                content = path.read_bytes().lower() + recipe
                # layers are called by their sources, and nothing else is
                layered = path == done.picture and kind in LAYERED
                for personal in (*folders, *(() if layered else ("china", "flower"))):
                    assert personal.lower().encode() not in content, (path, personal)
            assert not any(name in recipe for name in (b"china", b"flower"))


def test_a_full_disk_leaves_no_half_file(explored, tmp_path, mounted):
    (branch,) = best_branches(explored, 1)
    (whole,) = export_branches(explored, [branch], folder=tmp_path / "whole")
    files = {one.name: one.read_bytes() for one in (tmp_path / "whole").iterdir()}
    size = -(-len(files[whole.picture.name]) // 4096) * 4096  # as it is kept, in pages
    folder = mounted(f"size={size + 262144}")
    ballast = folder / "ballast"
    for free, written in ((0, 0), (size // 2, 0), (size, 1)):
        ballast.unlink(missing_ok=True)
        ballast.write_bytes(b"x" * (disk_usage(folder).free - free))
        with pytest.raises(CannotWrite, match="can't be written: the disk is full: about ") as told:
            list(export_branches(explored, [branch], folder=folder / "out"))
        assert str(folder / "out" / whole.picture.stem) in str(told.value)
        there = {one.name: one.read_bytes() for one in folder.glob("out/*")}
        assert len(there) == written
        assert there.items() <= files.items()
    ballast.unlink()
    list(export_branches(explored, [branch], folder=folder / "out", resume=True))
    assert {one.name: one.read_bytes() for one in folder.glob("out/*")} == files


def test_layers_are_called_by_their_sources(explored, tmp_path):
    (branch,) = best_branches(explored, 1)
    done = next(export_branches(explored, [branch], folder=tmp_path, kind="ora"))
    with zipfile.ZipFile(done.picture) as archive:
        stack = ElementTree.fromstring(archive.read("stack.xml"))
    names = [one.get("name") for one in stack.iter("layer")]
    titles = {Path(source.name).stem for source in explored.sources()}
    assert len(set(names)) == len(names)
    assert any(name in titles for name in names)
    assert not any(name.startswith("Picture") for name in names)
