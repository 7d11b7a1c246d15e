import pytest
from PIL import Image

from layerforge.project.project import Project


@pytest.fixture
def project(command, project):
    """The commands' project, with enough branches to ask about."""
    more = command("explore", "--project", project, "--budget", 96, "--seed", 8)
    assert more.code == 0
    return project


def test_ask_and_prefer_go_round(command, project, tmp_path):
    picture = tmp_path / "pair.png"
    told = command("ask", project, "--show", picture)
    assert told.code == 0, told.err
    question = command("ask", project, "--json").json
    assert set(question) == {"one", "other", "chance", "deviation"}
    assert f"branch {question['one']} or branch {question['other']}" in told.out
    answers = [line for line in told.out.splitlines() if "layerforge prefer" in line]
    assert len(answers) == 2
    with Image.open(picture) as image:
        assert image.size == (2 * 256 + 16, 192)
    winner, loser = answers[0].split()[-2:]
    told = command("prefer", project, winner, loser)
    assert told.out.strip() == f"branch {winner} preferred to {loser}: 1 choice so far"
    again = command("ask", project, "--json").json
    assert {again["one"], again["other"]} != {question["one"], question["other"]}
    with Project.open(project) as kept:
        (choice,) = kept.decisions()
    assert (choice.kind, choice.branches) == ("compare", (int(winner), int(loser)))


def test_taste_show_tells_what_is_known(command, project):
    assert "nothing is known yet" in command("taste", "show", project).out
    count = len(command("show", project, "--json").json["branches"])
    for one in range(2, 8):
        assert command("prefer", project, 1, one).code == 0
    command("pin", project, 1)
    told = command("taste", "show", project)
    assert "learned from 6 choices, 1 pin and 0 kills" in told.out
    known = command("taste", "show", project, "--json").json
    assert (known["choices"], known["pinned"], known["killed"]) == (6, 1, 0)
    assert known["encoder"] == "measures"
    assert len(known["branches"]) == count - 1
    liked = max(known["branches"], key=lambda one: one["worth"])
    assert liked["id"] == 1
    values = {one["id"]: one for one in command("show", project, "--json").json["branches"]}
    if known["share"] > 0:
        assert values[1]["scores"]["taste"] == pytest.approx(liked["worth"])


def test_what_kills_only_say_is_not_told_as_if_it_were_foretold(command, project):
    branches = [one["id"] for one in command("show", project, "--json").json["branches"]][1:]
    command("kill", project, *branches)
    told = command("taste", "show", project).out
    assert f"learned from 0 choices, 0 pins and {len(branches)} kills\n" in told
    assert "no more of these are foretold from the others than by chance" in told
    assert "%" not in told.splitlines()[1]


def test_a_mood_board_is_told_and_nothing_is_foretold_of_it(command, project, photo_folder):
    explored = command(
        "explore", "--project", project, "--budget", 24, "--mood-board", photo_folder
    )
    assert explored.code == 0, explored.err
    told = command("taste", "show", project).out
    assert "learned from a mood board of 2 pictures only\n" in told
    assert "foretold" not in told
    command("prefer", project, 1, 2)
    told = command("taste", "show", project).out
    assert "learned from 1 choice, 0 pins and 0 kills, and from a mood board of 2 pictures" in told


def test_a_taste_does_not_count_twice(command, project, tmp_path):
    file = tmp_path / "me.json"
    for one in range(2, 8):
        command("prefer", project, 1, one)
    command("taste", "save", project, file)
    before = command("taste", "show", project, "--json").json
    told = command("taste", "load", project, file)
    assert told.code == 1
    assert "learned from 6 judgements that" in told.error
    assert command("taste", "show", project, "--json").json == before


def test_save_load_and_undo(command, project, tmp_path):
    file, other = tmp_path / "me.json", tmp_path / "other.layerforge"
    other.write_bytes(project.read_bytes())
    assert "shows nothing of your taste yet" in command("taste", "save", project, file).error
    for one in range(2, 8):
        command("prefer", project, 1, one)
    assert command("taste", "save", project, file).code == 0
    assert "--overwrite" in command("taste", "save", project, file).error
    assert command("taste", "save", project, file, "--overwrite").code == 0
    told = command("taste", "load", other, file)
    assert "learned from judgements worth 6 choices" in told.out
    known = command("taste", "show", other, "--json").json
    assert max(known["branches"], key=lambda one: one["worth"])["id"] == 1
    assert "after a taste brought in" in command("taste", "show", other).out
    assert command("undo", other).out.strip() == "undone: taste"
    assert command("taste", "show", other, "--json").json["accuracy"] is None
    assert command("undo", other).out.strip() == "there is nothing to undo"
    assert command("undo", project).out.strip() == "undone: compare 1 7"


@pytest.mark.parametrize("content", [b"", b"{}", b"\x89PNG", b'{"format": "layerforge-taste"}'])
def test_what_is_no_taste_is_told_in_one_line(command, project, tmp_path, content):
    file = tmp_path / "me.json"
    file.write_bytes(content)
    told = command("taste", "load", project, file)
    assert told.code == 1
    assert "me.json" in told.error
    assert command("taste", "load", project, tmp_path / "none.json").code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("prefer", "PROJECT", 1, 1), "can't be preferred to itself"),
        (("prefer", "PROJECT", 1, 99999), "no branch 99999"),
        (("prefer", "PROJECT", 0, 1), "the root is the blank canvas"),
        (("ask", "missing.layerforge"), "no such project"),
        (("taste", "show", "missing.layerforge"), "no such project"),
    ],
)
def test_bad_input_is_told_in_one_line(command, project, arguments, words):
    told = command(*(project if one == "PROJECT" else one for one in arguments))
    assert told.code == 1
    assert words in told.error


def test_taste_without_a_way_is_wrong_usage(command):
    assert command("taste").code == 2


def test_a_mood_board_without_pictures_is_told_in_one_line(command, photo_folder, tmp_path):
    empty = tmp_path / "loved"
    empty.mkdir()
    path = tmp_path / "new.layerforge"
    for folder, words in ((empty, "holds no picture"), (tmp_path / "none", "no such file")):
        told = command("explore", photo_folder, "--project", path, "--mood-board", folder)
        assert told.code == 1
        assert words in told.error
    assert not path.exists()
    told = command(
        "explore", photo_folder, "--project", path, "--mood-board", empty, "--no-mood-board"
    )
    assert told.code == 2


def test_a_mood_board_is_said_to_be_small_and_is_recorded(command, photo_folder, tmp_path):
    path = tmp_path / "new.layerforge"
    told = command(
        "explore", photo_folder, "--project", path, "--mood-board", photo_folder,
        "--budget", 1, "--size", "64x48", "--scorer", "measures",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert "2 different pictures say little" in told.err
    (run,) = command("show", path, "--json").json["runs"]
    assert len(run["settings"]["mood_board"]) == 32
    assert "kinship to 2 reference pictures" in run["scorer_description"]


def test_the_weight_of_taste_can_be_given(command, project):
    told = command(
        "explore", "--project", project, "--budget", 1, "--scorer", "measures",
        "--weight", "taste=0",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert command("show", project, "--json").json["runs"][-1]["settings"]["weights"] == {
        "taste": 0.0
    }
