"""Histories with operations that are not installed: G'MIC's without the extra, or a plug-in's."""

import json
import os
import sqlite3
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Told
from tests.cli.test_bad_input import assert_failed

GLOW = {"operation": {"name": "gmic.glow", "parameters": {"radius": 0.02}}, "target": None}
FADE = {"operation": {"name": "mine.fade", "parameters": {"share": 0.5}}, "target": None}
PIP = '`pip install "layerforge[gmic]"`'


def bare(*arguments):
    """Runs a command in a process of its own in which there is no G'MIC, whatever is installed."""
    script = (
        "import sys; sys.modules['gmic'] = None; from layerforge.__main__ import main; "
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ,
    )
    assert "Traceback" not in done.stderr
    return Told(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def strange(project):
    """The explored project, in which two branches below the root got one step more."""
    with sqlite3.connect(project) as database:
        rows = database.execute("SELECT id, steps FROM branches WHERE parent = 0 ORDER BY id")
        firsts = rows.fetchall()[:2]
        for (branch, steps), more in zip(firsts, (GLOW, FADE), strict=True):
            changed = json.dumps([*json.loads(steps), more])
            database.execute("UPDATE branches SET steps = ? WHERE id = ?", (changed, branch))
    database.close()
    return project, [branch for branch, _ in firsts]


def below(branches, ids):
    """``ids`` and all that grew from them."""
    found = set(ids)
    for one in branches:
        if one["parent"] in found:
            found.add(one["id"])
    return found


def test_show_lists_them_and_says_what_they_need(strange):
    path, (glow, fade) = strange
    told = bare("show", path)
    assert told.code == 0
    said = " ".join(told.out.split())
    assert f"gmic.glow comes with the extra layerforge[gmic] ({PIP})" in said
    assert "mine.fade comes with a plug-in" in said
    branches = bare("show", path, "--json").json["branches"]
    lacking = {one["id"]: set(one["lacking"]) for one in branches}
    assert lacking[0] == set()
    assert "gmic.glow" in lacking[glow]
    assert "mine.fade" in lacking[fade]
    assert {one for one, names in lacking.items() if names} == below(branches, (glow, fade))


def test_export_leaves_them_out_and_says_so(strange, tmp_path):
    path, (glow, fade) = strange
    branches = bare("show", path, "--json").json["branches"]
    fine = next(one["id"] for one in branches if one["id"] and not one["lacking"])
    told = bare("export", path, glow, fine, fade, "--to", tmp_path / "some")
    assert told.code == 1
    assert f"left out: branches {glow} and {fade} need" in told.err
    assert PIP in told.err
    assert [one.name for one in (tmp_path / "some").glob("*.png")] == [f"p-{fine:05d}.png"]
    assert told.out.split() == [str(tmp_path / "some" / f"p-{fine:05d}.png")]
    told = bare("export", path, glow, "--to", tmp_path / "none")
    assert_failed(told, f"branch {glow}", "gmic.glow", PIP)
    assert not (tmp_path / "none").exists()


def test_the_best_are_chosen_among_those_that_can_be_rendered(strange, tmp_path):
    path, lost = strange
    told = bare("export", path, "--top", 2, "--to", tmp_path / "out")
    assert told.code == 0
    branches = bare("show", path, "--json").json["branches"]
    written = {int(one.stem.rpartition("-")[2]) for one in (tmp_path / "out").glob("*.png")}
    assert len(written) == 2
    assert not written & below(branches, lost)


def test_exploring_goes_on_beside_them(strange):
    path, lost = strange
    before = bare("show", path, "--json").json["branches"]
    told = bare("explore", "--project", path, "--budget", 48, "--seed", 3, "--json")
    assert told.code == 0
    assert "gmic.glow" in told.err
    assert PIP in told.err
    after = bare("show", path, "--json").json["branches"]
    assert len(after) > len(before)
    assert below(after, lost) == below(before, lost)
    values = {one["id"]: one["value"] for one in after}
    assert all(values[one] is not None for one in lost)


def fill(layer="x"):
    values = {"layer": layer, "color": [0, 0.5, 1], "place": "top", "opacity": 0.5}
    return {"operation": {"name": "layout.add_color", "parameters": values}, "target": None}


def written(path, *steps):
    recipe = {
        "format": "layerforge-recipe",
        "version": 1,
        "canvas": {"width": 8, "height": 8},
        "sources": [],
        "steps": steps,
    }
    path.write_text(json.dumps(recipe))
    return path


def test_replay_leaves_out_what_is_missing_and_says_so(tmp_path):
    plain = written(tmp_path / "plain.json", fill())
    assert bare("replay", plain, "--to", tmp_path / "plain.png").code == 0
    for step, words in ((GLOW, ("gmic.glow", PIP)), (FADE, ("mine.fade", "plug-in"))):
        path = written(tmp_path / "r.json", fill(), step)
        told = bare("replay", path, "--to", tmp_path / "x.png", "--overwrite")
        assert told.code == 1  # the picture is not what the recipe says
        (line,) = [line for line in told.err.splitlines() if "left out" in line]
        assert "step 2" in line
        assert all(word in line for word in words)
        assert np.array_equal(Image.open(tmp_path / "x.png"), Image.open(tmp_path / "plain.png"))
        # the picture holds the recipe of what it shows
        again = bare("replay", tmp_path / "x.png", "--to", tmp_path / "y.png")
        assert (again.code, again.err) == (0, "")
        (tmp_path / "y.png").unlink()


def test_replay_leaves_out_what_stands_on_the_missing(tmp_path):
    made = {"operation": {"name": "mine.layer", "parameters": {"layer": "z"}}, "target": None}
    invert = {"name": "tone.invert", "parameters": {"keep_hue": False}}
    path = written(tmp_path / "r.json", fill(), made, {"operation": invert, "target": "z"})
    told = bare("replay", path, "--to", tmp_path / "x.png")
    assert told.code == 1
    assert "2 (mine.layer)" in told.err
    assert "3 (tone.invert, which stands on them)" in told.err
    # what is wrong in any case is not excused by what is missing after it
    path = written(tmp_path / "r.json", {"operation": invert, "target": "z"}, fill(), made)
    assert_failed(bare("replay", path, "--to", tmp_path / "y.png"), "r.json: step 1", "'z'")


def test_replay_of_nothing_but_the_missing_is_refused(tmp_path):
    path = written(tmp_path / "r.json", GLOW)
    assert_failed(bare("replay", path, "--to", tmp_path / "x.png"), "r.json", "gmic.glow", PIP)
    assert not (tmp_path / "x.png").exists()


def test_ops_says_what_an_operation_needs(tmp_path):
    assert_failed(bare("ops", "gmic.glow"), "gmic.glow", PIP)


def test_exploring_goes_on_beside_those_that_were_pinned_or_killed(strange):
    path, (glow, fade) = strange
    assert bare("pin", path, glow).code == 0
    assert bare("kill", path, fade).code == 0
    told = bare("explore", "--project", path, "--budget", 16, "--seed", 4, "--json")
    assert told.code == 0, told.err
    assert told.json["evaluated"] == 16
