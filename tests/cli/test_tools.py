"""credit, simplify, polish and rebase on the command line, on a project explored for real."""

import pytest

from layerforge.project.project import Project


@pytest.fixture(scope="module")
def deep(explored):
    """A branch of the explored project whose own first step has a parameter to set."""
    with Project.open(explored[0], read_only=True) as project:
        found = [one for one in project.branches() if one.depth == 1]
    return found[0]


def test_credit_has_a_line_for_every_step(command, project, deep, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    told = command("credit", project, deep.id)
    assert told.code == 0, told.err
    assert all(len(line) <= 80 for line in told.out.splitlines())
    for one in deep.steps:
        assert one.operation.name in told.out
    steps = command("credit", project, deep.id, "--json").json["steps"]
    assert [one["number"] for one in steps] == list(range(1, len(deep.steps) + 1))
    for one in steps:
        assert (one["value"] is None) == (one["needed_by"] is not None or one["look"] is None)


def test_credit_leaves_the_project_as_it_is(command, project, deep):
    before = command("show", project, "--json").json
    assert command("credit", project, deep.id).code == 0
    assert command("show", project, "--json").json == before


def test_polish_says_what_it_found(command, project, deep):
    told = command("polish", project, deep.id, "--budget", 12, "--json")
    assert told.code == 0, told.err
    result = told.json
    assert result["after"] >= result["before"]
    assert result["before"] == pytest.approx(deep.value)
    branches = {one["id"]: one for one in command("show", project, "--json").json["branches"]}
    if result["branch"] is not None:
        assert branches[result["branch"]]["value"] == pytest.approx(result["after"])
        assert branches[result["branch"]]["origin"] == deep.id
    assert len(branches) > deep.id


def test_simplify_never_makes_a_history_longer(command, project, deep):
    result = command("simplify", project, deep.id, "--json").json
    assert result["steps_before"] == len(deep.steps)
    assert (result["steps_after"] < result["steps_before"]) == (result["branch"] is not None)


def test_rebase_replays_a_branch_with_another_parameter(command, project, deep):
    told = command("rebase", project, deep.id, "--set", "1.scale", "1.25", "--json")
    assert told.code == 0, told.err
    new = told.json["branches"][str(deep.id)]
    with Project.open(project, read_only=True) as held:
        steps = held.branch(new).steps
    assert steps[0].operation.parameters["scale"] == 1.25
    assert steps[1:] == deep.steps[1:]
    assert (told.json["left_out"], told.json["gone"]) == ([], [])


def test_an_exploration_goes_on_from_what_the_tools_made(command, project, deep):
    assert command("rebase", project, deep.id, "--set", "1.scale", "1.25").code == 0
    told = command("explore", "--project", project, "--budget", 16, "--seed", 3, "--json")
    assert told.code == 0, told.err
    assert told.json["evaluated"] == 16


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("credit", "PROJECT", 0), "blank canvas"),
        (("simplify", "PROJECT", 0), "blank canvas"),
        (("polish", "PROJECT", 0), "blank canvas"),
        (("rebase", "PROJECT", 0, "--drop", 1), "blank canvas"),
        (("credit", "PROJECT", 99999), "no branch 99999"),
        (("rebase", "PROJECT", 99999, "--drop", 1), "no branch 99999"),
        (("rebase", "PROJECT", 1, "--drop", 77), "no step 77"),
        (("rebase", "PROJECT", 1, "--set", "scale", 1), "--set needs STEP.NAME"),
        (("rebase", "PROJECT", 1, "--set", "1.colour", 1), "has no parameter colour"),
        (("rebase", "PROJECT", 1, "--set", "1.scale", "much"), "scale must be"),
        (
            ("rebase", "PROJECT", 1, "--swap-source", "china.jpg", "nope"),
            "no source is called nope",
        ),
    ],
    ids=lambda given: " ".join(map(str, given)) if isinstance(given, tuple) else "",
)
def test_what_makes_no_sense_is_refused_in_one_line(command, project, arguments, text):
    told = command(*(project if one == "PROJECT" else one for one in arguments))
    assert told.code == 1
    assert text in told.error


def test_without_an_exploration_there_is_nobody_to_judge(command, tmp_path):
    from layerforge.model.canvas import Canvas

    path = tmp_path / "fresh.layerforge"
    Project.create(path, canvas=Canvas(width=64, height=64)).close()
    told = command("credit", path, 0)
    assert told.code == 1
    assert "never explored" in told.error
