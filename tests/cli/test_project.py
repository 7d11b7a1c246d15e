import sqlite3
from contextlib import closing

import numpy as np
import pytest
from PIL import Image

from layerforge.files.images import decode
from layerforge.project.project import Project
from layerforge.project.schema import SCHEMA_VERSION
from tests.project.fixtures.dump import build
from tests.project.made import make_project


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "p.layerforge"
    make_project(place, branches=12, side=16)
    return place


def change(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_check_says_that_nothing_is_wrong(command, path):
    told = command("project", "check", path)
    assert told.code == 0
    assert told.out.startswith(f"{path}: nothing is wrong (2 sources, 12 branches, ")
    assert told.err == ""
    result = command("project", "check", path, "--json").json
    assert (result["ok"], result["findings"], result["version"]) == (True, [], SCHEMA_VERSION)
    assert result["rows"]["branches"] == 13
    assert result["bytes"] == path.stat().st_size


def test_check_names_what_is_wrong_and_what_mends_it(command, path):
    change(path, "UPDATE branches SET steps = 'x' WHERE id = 12",
           "UPDATE sources SET file_bytes = zeroblob(9) WHERE name = 'a.png'")  # fmt: skip
    told = command("project", "check", path)
    assert told.code == 1
    assert "branch 12: its steps can't be read" in told.out
    assert "(a.png): its bytes are not those that were loaded" in told.out
    assert f"to mend it: layerforge project repair {path}\n" in told.out
    assert f"to mend it: layerforge project relink {path} FOLDER" in told.out
    assert told.err == ""
    again = command("project", "check", path, "--json")
    assert again.code == 1
    assert {one["remedy"] for one in again.json["findings"]} >= {"repair", "relink"}


def test_repair_saves_what_is_left_and_says_what_is_not(command, path):
    broken = bytes(4096) + path.read_bytes()[4096:]
    path.write_bytes(broken)
    told = command("project", "repair", path)
    assert told.code == 0
    assert "repaired, with 2 sources, 12 branches" in told.out
    assert "nothing was lost" in told.out
    backup = path.with_name("p.backup-damaged.layerforge")
    assert f"the file as it was: {backup}" in told.out
    assert backup.read_bytes() == broken
    assert "nothing to repair" in command("project", "repair", path).out
    change(path, "UPDATE branches SET steps = 'x' WHERE id = 12")
    result = command("project", "repair", path, "--json").json
    assert result["repaired"]
    assert result["backup"] == str(path.with_name("p.backup-damaged-2.layerforge"))
    assert any("branch 12" in line for line in result["lost"])
    assert result["rows"]["branches"] == 12
    assert result["thumbnails"] is None


def test_repair_draws_thumbnails(command, path):
    change(path, "DELETE FROM thumbnails WHERE branch IN (2, 5)")
    result = command("project", "repair", path, "--thumbnails", "--json").json
    assert result["thumbnails"] == {"drawn": 2, "failed": []}
    assert not result["repaired"]


def test_what_can_not_be_repaired_is_one_line(command, tmp_path):
    (tmp_path / "x").write_text("hello")
    told = command("project", "repair", tmp_path / "x")
    assert told.code == 1
    assert "nothing of a LayerForge project is left in it; it stays as it is" in told.error
    assert (tmp_path / "x").read_text() == "hello"


def test_compact_tells_the_size_before_and_after(command, path):
    command("kill", path, "1")
    before = path.stat().st_size
    told = command("project", "compact", path, "--killed")
    assert told.code == 0
    assert "thumbnails of killed branches let go" in told.out
    assert "% less)" in told.out
    result = command("project", "compact", path, "--json").json
    assert result["before_bytes"] == result["after_bytes"] == path.stat().st_size < before
    assert result["thumbnails_forgotten"] == 0


def test_images_are_added_without_exploring(command, path, photo_folder, tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    told = command("project", "import-sources", path, photo_folder, tmp_path / "notes.txt")
    assert told.code == 0
    assert "added china.jpg 640x427\nadded flower.jpg 640x427\n" in told.out
    assert "left out notes.txt: not an image" in told.err
    result = command("project", "import-sources", path, photo_folder, "--json").json
    assert (result["added"], [one["name"] for one in result["known"]]) == (
        [],
        ["china.jpg", "flower.jpg"],
    )
    assert len(command("show", path, "--json").json["sources"]) == 4
    told = command("project", "import-sources", path, tmp_path / "notes.txt", "--json")
    assert told.code == 1
    assert told.json["refused"][0]["file"] == "notes.txt"


def test_import_makes_a_project_where_there_is_none(command, photo_folder, tmp_path):
    path = tmp_path / "new.layerforge"
    told = command("project", "import-sources", path, tmp_path / "gone.jpg")
    assert told.code == 1
    assert "no project was made: there is no image to put into" in told.err
    assert not path.exists()
    told = command("project", "import-sources", path, photo_folder, "--size", "300x200")
    assert told.code == 0
    assert "new.layerforge is new, with a canvas of 300x200" in told.err
    shown = command("show", path, "--json").json
    assert [one["name"] for one in shown["sources"]] == ["china.jpg", "flower.jpg"]
    told = command("project", "import-sources", path, photo_folder, "--size", "9x9")
    assert told.code == 2
    assert "--size can't change it" in told.err


def test_any_frame_can_be_a_source(command, tmp_path):
    colors = ["red", "lime", "blue"]
    frames = [Image.new("RGB", (8, 6), color) for color in colors]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    frames[0].save(tmp_path / "still.png")
    path = tmp_path / "new.layerforge"

    def added(frame):
        told = command("project", "import-sources", path, tmp_path / "a.gif",
                       tmp_path / "still.png", "--frame", frame, "--json")  # fmt: skip
        return [one["name"] for one in told.json["added"]], told.err

    assert added("3")[0] == ["a.gif frame 3", "still.png"]
    assert added("all")[0] == ["a.gif", "a.gif frame 2"]
    assert "left out a.gif: it has no frame 4: it holds 3 pictures" in added("4")[1]
    assert command("project", "import-sources", path, tmp_path, "--frame", "0").code == 2
    with Project.open(path, read_only=True) as project:
        seen = {
            one.name: decode(project.source_bytes(one.id), name="x")[0, 0].tolist()
            for one in project.sources()
        }
    assert seen == {
        "a.gif": [255, 0, 0, 255],
        "a.gif frame 2": [0, 255, 0, 255],
        "a.gif frame 3": [0, 0, 255, 255],
        "still.png": [255, 0, 0, 255],
    }


def test_relink_finds_what_is_lost(command, path, tmp_path):
    whole = tmp_path / "whole.layerforge"
    whole.write_bytes(path.read_bytes())
    change(path, "DELETE FROM source_embeddings", "DELETE FROM sources WHERE name = 'a.png'",
           "UPDATE sources SET file_bytes = zeroblob(9)")  # fmt: skip
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.fromarray(np.zeros((9, 9, 3), dtype=np.uint8)).save(folder / "b c.png")
    told = command("project", "relink", path, folder)
    assert told.code == 1
    assert told.out.count("still lost: ") == 2
    assert "b c.png has the name of a lost one, but another content" in told.err
    told = command("project", "relink", path, whole, "--json")
    assert told.code == 0
    assert {one["file"] for one in told.json["found"]} == {str(whole)}
    assert told.json["missing"] == []
    assert "no image is lost" in command("project", "relink", path, whole).out
    assert command("project", "check", path).code == 0


def test_an_older_project_is_brought_up_to_date_and_that_is_said(command, tmp_path):
    path = tmp_path / "old.layerforge"
    build(1, path)
    assert command("show", path).err == ""
    assert command("project", "check", path).code == 0
    told = command("pin", path, "2")
    assert told.code == 0
    backup = tmp_path / "old.backup-v1.layerforge"
    assert f"is brought up to date; as it was, it is in {backup}" in told.err
    assert command("pin", path, "3").err == ""


@pytest.mark.parametrize(
    "words", ["undo {}", "prefer {} 1 2", "project compact {}", "project repair --thumbnails {}"]
)
def test_whatever_brings_a_project_up_to_date_says_so(command, tmp_path, words):
    path = tmp_path / "old.layerforge"
    build(1, path)
    told = command(*words.format(path).split())
    assert told.code == 0
    assert str(tmp_path / "old.backup-v1.layerforge") in told.err


def test_an_action_is_needed(command):
    told = command("project")
    assert told.code == 2
    assert "ACTION" in told.error


def test_where_a_source_is_gone_repair_does_not_say_that_nothing_was_lost(command, path):
    change(
        path,
        "DELETE FROM sources WHERE name = 'a.png'",
        "INSERT INTO source_embeddings VALUES (printf('%064d', 0), 0, 'measures', x'003c')",
    )
    told = command("project", "repair", path)
    assert "nothing was lost" not in told.out
    assert "still wrong:" in told.out
