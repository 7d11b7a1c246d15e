import json
import os
import time
from pathlib import Path

import pytest

from layerforge.explore.editing import keep_edit
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from tests.search.pieces import step


def assert_failed(told, *words, code=1):
    assert told.code == code, told.err
    line = told.error
    assert line.startswith("layerforge: error: ")
    if code == 2:
        assert len(told.err.splitlines()) == 1
    for word in words:
        assert word in line
    assert "Traceback" not in told.err
    assert told.out == ""


def test_a_mixed_folder_imports_the_good_and_names_the_bad(command, photo_folder, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name in ("china.jpg", "flower.jpg"):
        (folder / name).write_bytes((photo_folder / name).read_bytes())
    (folder / "notes.txt").write_text("hello")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes((photo_folder / "china.jpg").read_bytes()[:30000])
    path = tmp_path / "p.layerforge"
    told = command("explore", folder, "--project", path, "--budget", 16, "--json")
    assert told.code == 0
    assert [one["name"] for one in command("show", path, "--json").json["sources"]] == [
        "china.jpg",
        "flower.jpg",
    ]
    lines = [line for line in told.err.splitlines() if "left out" in line]
    assert len(lines) == 3
    for name, reason in (
        ("notes.txt", "not an image"),
        ("empty.jpg", "empty"),
        ("cut.jpg", "a part of it is missing"),
    ):
        assert any(name in line and reason in line for line in lines)


def test_no_sources(command, tmp_path):
    path = tmp_path / "p.layerforge"
    assert_failed(command("explore", "--project", path), "no source images")
    (tmp_path / "none").mkdir()
    assert_failed(command("explore", tmp_path / "none", "--project", path), "no source images")
    assert_failed(command("explore", tmp_path / "gone.png", "--project", path), "no source images")
    assert not path.exists()


def test_an_unwritable_project_path(command, photo_folder, tmp_path):
    (tmp_path / "file").write_text("precious")
    for path in (tmp_path / "file" / "p.layerforge", tmp_path / "no folder" / "p.layerforge"):
        assert_failed(command("explore", photo_folder, "--project", path), str(path))
    assert (tmp_path / "file").read_text() == "precious"


def test_a_project_that_is_not_one(command, photo_folder, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")
    for told in (
        command("explore", photo_folder, "--project", path),
        command("show", path),
        command("pin", path, 1),
        command("export", path, "--top", 1, "--to", tmp_path / "out"),
    ):
        assert_failed(told, "letter.txt is not a LayerForge project")
    assert path.read_text() == "Dear all"
    assert_failed(command("show", tmp_path), "not a LayerForge project")
    assert_failed(command("explore", photo_folder, "--project", tmp_path), "it is a folder")
    assert_failed(command("show", tmp_path / "gone"), "no such project")


def test_a_missing_branch(command, project, tmp_path):
    for told in (
        command("pin", project, 1, 4711),
        command("kill", project, 4711),
        command("export", project, 4711, "--to", tmp_path / "out"),
    ):
        assert_failed(told, "no branch 4711")
    assert not (tmp_path / "out").exists()
    assert_failed(command("kill", project, 0), "the root can't be killed")
    assert_failed(command("pin", project, 0), "the root can't be pinned")


@pytest.mark.parametrize("size", ["0x0", "100000x100000", "16385x8", "12", "axb", "10x", "-5x5"])
def test_an_impossible_size_is_wrong_usage(command, photo_folder, tmp_path, size):
    path = tmp_path / "p.layerforge"
    told = command("explore", photo_folder, "--project", path, f"--size={size}")
    assert_failed(told, "--size", code=2)
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--budget", "0"),
        ("--budget", "many"),
        ("--seed", "-1"),
        ("--temperature", "nan"),
        ("--temperature", "1.5"),
        ("--noise", "-0.1"),
        ("--strategy", "magic"),
        ("--threads", "-2"),
    ],
)
def test_settings_out_of_range_are_wrong_usage(command, photo_folder, tmp_path, arguments):
    told = command("explore", photo_folder, "--project", tmp_path / "p.layerforge", *arguments)
    assert_failed(told, arguments[0], code=2)


def test_another_size_for_a_project_that_has_one(command, project):
    told = command("explore", "--project", project, "--size", "640x480")
    assert_failed(told, "320x240")


def test_a_project_in_use_is_not_explored(command, project, photo_folder):
    with Project.open(project):
        told = command("explore", photo_folder, "--project", project, "--budget", 16)
        assert_failed(told, "open in another LayerForge (the command line, by ")
        assert f", process {os.getpid()}, since 2" in told.error
        told = command("pin", project, 1)
        assert_failed(told, "is read-only here: it is open in another LayerForge (the command line")
        assert told.error.endswith("; close it there first")
        assert command("show", project).code == 0  # looking is free


def test_clip_without_weights_fails_within_5_seconds(program, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    before = time.monotonic()
    told = program("explore", photo_folder, "--project", path, "--scorer", "clip")
    assert time.monotonic() - before < 20  # the hub alone would be asked for 46 s
    assert_failed(told, "layerforge models fetch")
    assert not path.exists()


def test_auto_says_which_scorer_it_took_and_why(command, photo_folder):
    told = command("score", photo_folder, "--json")
    (line,) = told.err.splitlines()
    assert "measures" in line
    assert "CLIP" in line
    assert "models fetch" in line


def test_nothing_named_to_export(command, project, tmp_path):
    assert_failed(command("export", project, "--to", tmp_path), "--top")


def test_a_project_without_branches_exports_nothing(command, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    Project.create(path, canvas=Canvas(width=9, height=9)).close()
    told = command("export", path, "--top", 3, "--to", tmp_path / "out")
    assert_failed(told, "no branches yet")
    assert "nothing is kept yet" in command("show", path).out


def test_an_unwritable_export_folder(command, project, tmp_path):
    (tmp_path / "file").write_text("precious")
    told = command("export", project, 1, "--to", tmp_path / "file")
    assert_failed(told, "can't be written")
    assert (tmp_path / "file").read_text() == "precious"


def test_replay_never_overwrites_unasked(command, project, photo_folder, tmp_path):
    command("export", project, 1, "--to", tmp_path / "out")
    recipe = tmp_path / "out" / "p-00001.json"
    (tmp_path / "precious.png").write_text("precious")
    given = ("replay", recipe, "--to", tmp_path / "precious.png", "--sources", photo_folder)
    assert_failed(command(*given), "precious.png exists already", "--overwrite")
    assert (tmp_path / "precious.png").read_text() == "precious"
    assert command(*given, "--overwrite").code == 0
    assert (tmp_path / "precious.png").read_bytes()[1:4] == b"PNG"


def test_what_lies_beside_a_recipe_does_no_harm(command, project, photo_folder, tmp_path):
    command("export", project, 1, "--to", tmp_path / "out")
    (tmp_path / "out" / "a.layerforge").write_text("Dear all")
    given = ("replay", tmp_path / "out" / "p-00001.json", "--to", tmp_path / "x.png")
    assert command(*given, "--sources", project).code == 0
    # but where it was named as the place to look in, it is said
    told = command(*given, "--overwrite", "--sources", tmp_path / "out" / "a.layerforge")
    assert_failed(told, "a.layerforge is not a LayerForge project")


def test_a_recipe_without_steps_or_with_unlisted_sources(command, project, tmp_path):
    command("export", project, 1, "--to", tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "p-00001.json").read_text())
    path = tmp_path / "r.json"
    for change, words in (
        ({"steps": []}, ("r.json", "without steps")),
        ({"sources": []}, ("r.json", "step 1 (layout.add_picture)", "does not list")),
    ):
        path.write_text(json.dumps(whole | change))
        told = command("replay", path, "--to", tmp_path / "x.png", "--sources", project)
        assert_failed(told, *words)
        assert not (tmp_path / "x.png").exists()


def test_a_device_that_has_nothing_to_do_is_said(command, photo_folder):
    told = command("score", photo_folder, "--device", "cuda", "--json")
    (line,) = told.err.splitlines()
    assert "cuda has nothing to do" in line


def test_looking_leaves_no_files_behind(command, project):
    assert command("show", project).code == 0
    assert command("pin", project, 1).code == 0
    assert command("show", project).code == 0
    assert [path.name for path in project.parent.iterdir()] == [project.name]


def test_an_empty_folder_to_score_is_said(command, tmp_path):
    (tmp_path / "none").mkdir()
    told = command("score", tmp_path / "none")
    assert (told.code, "no images there" in told.err) == (1, True)


def test_scoring_goes_on_after_a_bad_file(command, photo_folder, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    told = command("score", tmp_path / "a.txt", photo_folder / "china.jpg", "--json")
    assert told.code == 1
    assert [Path(one["file"]).name for one in told.json] == ["china.jpg"]
    assert "a.txt: not an image" in told.err


def test_a_recipe_with_an_unknown_operation(command, project, photo_folder, tmp_path):
    command("export", project, 1, "--to", tmp_path / "out")
    sidecar = tmp_path / "out" / "p-00001.json"
    sidecar.write_text(sidecar.read_text().replace("layout.add_picture", "magic.wand", 1))
    told = command("replay", sidecar, "--to", tmp_path / "x.png", "--sources", photo_folder)
    assert told.code == 1  # what is written is not what the recipe says
    assert "left out, since it is not installed here: step 1 (magic.wand)" in told.err
    assert (tmp_path / "x.png").exists()


def test_a_recipe_with_a_parameter_out_of_range(command, tmp_path):
    recipe = (
        '{"format": "layerforge-recipe", "version": 1, "sources": [], "steps": [{"operation": '
        '{"name": "blur.gaussian", "parameters": {"radius": 99.0}}, "target": null}], '
        '"canvas": {"width": 8, "height": 8}}'
    )
    (tmp_path / "r.json").write_text(recipe)
    told = command("replay", tmp_path / "r.json", "--to", tmp_path / "x.png")
    assert_failed(told, "r.json: step 1 (blur.gaussian)", "radius", "99")


def test_a_contact_sheet_of_no_image(command, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    told = command("ops", "--sheet", tmp_path / "out", "--image", tmp_path / "letter.txt")
    assert_failed(told, "letter.txt", "not an image")
    assert not (tmp_path / "out").exists()


def blank_recipe(folder, width, height):
    """A recipe of one blur on a blank canvas of that size."""
    recipe = {
        "format": "layerforge-recipe",
        "version": 1,
        "sources": [],
        "steps": [
            {"operation": {"name": "blur.gaussian", "parameters": {"radius": 0.01}}, "target": None}
        ],
        "canvas": {"width": width, "height": height},
    }
    path = folder / "r.json"
    path.write_text(json.dumps(recipe))
    return path


def test_a_rendering_too_large_for_memory_is_refused(command, tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERFORGE_MAX_MEMORY_GIB", "8")
    recipe = blank_recipe(tmp_path, 16384, 16384)
    told = command("replay", recipe, "--to", tmp_path / "x.png")
    assert_failed(told, "16384x16384", "36.0 GiB of memory", "8.0 GiB", "LAYERFORGE_MAX_MEMORY_GIB")
    monkeypatch.setenv("LAYERFORGE_MAX_MEMORY_GIB", "plenty")
    told = command("replay", recipe, "--to", tmp_path / "x.png")
    assert_failed(told, "LAYERFORGE_MAX_MEMORY_GIB", "'plenty'")
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("size", "arguments", "words", "code"),
    [
        ((60_000, 60_000), (), ("r.json", "32768", "canvas.width"), 1),
        ((32_768, 8), (), ("32768x8", "at most 16384 px", "long edge"), 1),
        ((8, 8), ("--long-edge", 100_000), ("--long-edge", "16384", "100000"), 2),
        ((8, 8), ("--long-edge", 0), ("--long-edge", "16384", "got 0"), 2),
    ],
)
def test_sizes_that_no_picture_has_are_refused(command, tmp_path, size, arguments, words, code):
    recipe = blank_recipe(tmp_path, *size)
    told = command("replay", recipe, "--to", tmp_path / "x.png", *arguments)
    assert_failed(told, *words, code=code)
    assert not (tmp_path / "x.png").exists()


def test_an_export_too_large_is_refused(command, project, tmp_path):
    told = command("export", project, 1, "--to", tmp_path / "out", "--long-edge", 10**12)
    assert_failed(told, "--long-edge", "16384", code=2)
    assert not (tmp_path / "out").exists()


def test_a_pin_below_a_killed_branch_is_kept_and_told_to_have_no_effect(command, project):
    with Project.open(project) as held:
        brighter = step("tone.gamma", None, gamma=1.5)
        low = keep_edit(held, 1, [*held.history(1), brighter]).branch
    assert command("kill", project, 1).code == 0
    told = command("pin", project, low.id)
    assert told.code == 0
    assert f"branch {low.id} grows from branch 1, which is killed" in told.err
    assert command("reset", project, 1).code == 0
    assert "killed" not in command("pin", project, low.id).err


def test_the_last_of_contradictory_decisions_holds(command, project):
    for verb in ("pin", "kill", "pin"):
        assert command(verb, project, 1, 1).code == 0
    branches = command("show", project, "--json").json["branches"]
    assert [one["status"] for one in branches if one["id"] == 1] == ["pinned"]
