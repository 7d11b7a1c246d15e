"""Sources by weight, and families left out, as the command line has them."""

import pytest

from layerforge.cli.sources import source_weight
from layerforge.project.project import Project

FAST = ("--budget", 16, "--size", "160x120", "--strategy", "random", "--json")


def named_in(path, *, run):
    with Project.open(path, read_only=True) as project:
        steps = [one for branch in project.branches() if branch.run == run for one in branch.steps]
    return {value for step in steps for value in step.operation.parameters.values()}, steps


def test_weights_are_kept_and_the_next_run_heeds_them(command, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    told = command(
        "explore", photo_folder, "--project", path, "--seed", 3, *FAST,
        "--source-weight", "china.jpg=0", "--source-weight", "flower.jpg=2.5",
    )  # fmt: skip
    assert told.code == 0, told.err
    shown = command("show", path, "--json").json
    weights = {one["name"]: one["weight"] for one in shown["sources"]}
    assert weights["china.jpg"] == 0.0
    assert weights["flower.jpg"] == 2.5
    ids = {one["name"]: one["id"] for one in shown["sources"]}
    assert shown["runs"][-1]["settings"]["source_weights"] == {
        ids["china.jpg"]: 0.0,
        ids["flower.jpg"]: 2.5,
    }
    assert "china.jpg 640x427, left out" in command("show", path).out
    assert "flower.jpg 640x427, weight 2.5" in command("show", path).out
    assert ids["china.jpg"] not in named_in(path, run=1)[0]
    assert command("explore", "--project", path, "--seed", 4, *FAST).code == 0
    assert ids["china.jpg"] not in named_in(path, run=2)[0]
    back = ("--source-weight", f"{ids['china.jpg'][:10]}=1", "--source-weight", "flower.jpg=0")
    told = command("explore", "--project", path, "--seed", 5, *FAST, *back)
    assert told.code == 0, told.err
    used, _ = named_in(path, run=3)
    assert ids["flower.jpg"] not in used
    assert ids["china.jpg"] in used


def test_families_left_out_are_not_drawn(command, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    without = ("blending", "color", "masking")
    told = command(
        "explore", photo_folder, "--project", path, "--seed", 3, *FAST,
        *(part for family in without for part in ("--without", family)),
    )  # fmt: skip
    assert told.code == 0, told.err
    _, steps = named_in(path, run=1)
    assert steps
    assert not {one.operation.name.partition(".")[0] for one in steps} & set(without)
    told = command("explore", photo_folder, "--project", path, *FAST, "--without", "coluor")
    assert told.code == 2
    assert "--without coluor: there are " in told.err


@pytest.mark.parametrize("text", ["china.jpg", "=2", "china.jpg=-1", "china.jpg=x", "a=nan"])
def test_what_is_no_weight_is_wrong_usage(command, photo_folder, tmp_path, text):
    path = tmp_path / "p.layerforge"
    told = command("explore", photo_folder, "--project", path, *FAST, "--source-weight", text)
    assert told.code == 2
    assert not path.exists()


def test_a_name_may_hold_the_sign():
    assert source_weight("a=b.png=0.5") == ("a=b.png", 0.5)


def test_nobody_called_so_is_one_line(command, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    told = command("explore", photo_folder, "--project", path, *FAST, "--source-weight", "x=2")
    assert told.code == 1
    assert "no source is called x: there are " in told.error
