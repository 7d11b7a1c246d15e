"""What a stranger may have put into rows is told in one line, whatever reads them."""

import numpy as np
import pytest

from layerforge.explore.standing import novelty_of
from layerforge.explore.yardsticks import kept_yardstick
from layerforge.model.errors import LayerForgeError
from layerforge.project.project import Project
from layerforge.project.records import number_in
from tests.project.made import make_project
from tests.project.test_checking import change


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "p.layerforge"
    make_project(path, branches=9, side=8)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, made):
    place = tmp_path / "p.layerforge"
    place.write_bytes(made)
    return place


def everything(project):
    """All that reads rows, by name."""
    return {
        "sources": project.sources,
        "bytes": lambda: [project.source_bytes(one.id) for one in project.sources()],
        "runs": project.runs,
        "yardstick": lambda: kept_yardstick(project, voters="v"),
        "rounds": project.rounds_done,
        "branches": project.branches,
        "branch": lambda: project.branch(5),
        "outline": project.outline,
        "operations": project.operations_used,
        "history": lambda: project.history(5),
        "thumbnail": lambda: project.thumbnail(5),
        "fingerprints": project.fingerprints,
        "embeddings": lambda: project.embeddings(encoder="measures"),
        "sources' embeddings": lambda: project.source_embeddings(encoder="measures"),
        "judges": project.judges,
        "decisions": project.decisions,
        "policy": lambda: project.policy(1),
        "taste": project.brought_taste,
        "novelty": lambda: novelty_of(project),
    }


def refusing(path):
    """Which of them refuse, each with its line."""
    lines = {}
    with Project.open(path, read_only=True) as project:
        for name, read in everything(project).items():
            try:
                read()
            except LayerForgeError as error:
                lines[name] = str(error)
    return lines


DEEP = "[" * 5000 + "]" * 5000

HOSTILE = {
    "UPDATE sources SET width = 0": {"sources", "bytes", },
    "UPDATE sources SET id = 'x' WHERE name = 'a.png'": {"sources", "bytes"},
    "UPDATE runs SET settings = '[1]'": {"runs", "yardstick", "novelty"},
    f"UPDATE runs SET settings = '{DEEP}'": {"runs", "yardstick", "novelty"},
    "UPDATE runs SET versions = '{\"a\": 1}'": {"runs", "yardstick", "novelty"},
    "UPDATE runs SET reference = '{\"yardstick\": {\"voters\": 1}}'": {"yardstick"},
    "UPDATE runs SET reference = "
    "'{\"yardstick\": {\"voters\": \"v\", \"votes\": {\"a\": [1], \"b\": [1, 2]}}}'": {"yardstick"},
    "UPDATE rounds SET round = -5 WHERE round = 1": set(),
    "UPDATE branches SET steps = 'x' WHERE id = 5": {
        "branches", "branch", "history", "operations",
    },
    f"UPDATE branches SET steps = '{DEEP}' WHERE id = 5": {
        "branches", "branch", "history", "operations",
    },
    "UPDATE branches SET parent = 5 WHERE id = 5": {
        "branches", "branch", "outline", "history", "operations",
    },
    "UPDATE branches SET parent = 8 WHERE id = 5": {
        "branches", "branch", "outline", "history", "operations",
    },
    "UPDATE branches SET parent = NULL WHERE id = 5": {
        "branches", "branch", "outline", "history", "operations",
    },
    "UPDATE branches SET depth = -1 WHERE id = 5": {"branches", "branch"},
    "UPDATE branches SET id = -9 WHERE id = 0": {
        "branches", "outline", "history", "operations",
    },
    "UPDATE branches SET origin = 5 WHERE id = 5": {"branches", "branch", "outline"},
    "UPDATE branches SET origin = -1 WHERE id = 5": {"branches", "branch", "outline"},
    "UPDATE policies SET document = '[1]'": {"policy"},
    f"UPDATE policies SET document = '{DEEP}'": {"policy"},
    "UPDATE tastes SET file = '{}'": {"taste"},
    f"UPDATE tastes SET file = '{DEEP}'": {"taste"},
    "UPDATE branches SET steps = '[' || hex(zeroblob(3000000)) WHERE id = 5": {
        "branches", "branch", "history", "operations",
    },
    "UPDATE scores SET value = 9e999 WHERE branch = 5": {"branches", "branch", "outline"},
    "UPDATE scores SET parts = '{\"a\": 1e99}' WHERE branch = 5": {"branches", "branch", "outline"},
    "UPDATE scores SET trials = '7' WHERE branch = 5": {"branches", "branch"},
    "UPDATE scores SET percentile = 101 WHERE branch = 5": {"branches", "branch"},
    "UPDATE embeddings SET vector = x'00' WHERE branch = 5": {"embeddings", "novelty"},
    "UPDATE embeddings SET vector = x''": {"embeddings", "novelty"},
    "UPDATE embeddings SET vector = x'007e' ": {"embeddings", "novelty"},
    "UPDATE source_embeddings SET vector = x'0000' WHERE mirrored": {
        "sources' embeddings", "novelty",
    },
    "UPDATE fingerprints SET marks = x'00' WHERE branch = 5": {"fingerprints"},
    "UPDATE thumbnails SET webp = zeroblob(5000000) WHERE branch = 5": {"thumbnail"},
    "UPDATE decisions SET branches = '[\"1\"]'": {"decisions", "branches", "branch", "taste"},
    "UPDATE decisions SET branches = '[-1]'": {"decisions", "branches", "branch", "taste"},
}  # fmt: skip


@pytest.mark.parametrize("statement", HOSTILE, ids=lambda one: one[:60])
def test_what_does_not_belong_there_is_refused_in_one_line(path, statement):
    change(path, statement)
    lines = refusing(path)
    assert lines.keys() == HOSTILE[statement]
    for line in lines.values():
        assert "\n" not in line
        assert str(path) in line
        assert len(line) < 600


def test_a_whole_project_is_read_whole(path):
    assert refusing(path) == {}


def test_embeddings_of_sources_that_do_not_fit_tell_nothing(path):
    change(path, "UPDATE source_embeddings SET vector = x'003c'")
    with Project.open(path, read_only=True) as project:
        assert len(novelty_of(project)) == 9


def test_a_number_that_a_run_keeps_is_in_range_or_the_usual_one():
    for strange in (None, "6", True, -1, 300, float("nan"), float("inf"), [6]):
        assert number_in({"n": strange}, "n", 6, low=1, high=256) == 6
    assert number_in({}, "n", 6, low=1, high=256) == 6
    assert number_in({"n": 9}, "n", 6, low=1, high=256) == 9


def test_the_history_of_a_broken_line_ends(path):
    change(
        path,
        "UPDATE branches SET parent = 9 WHERE id = 8",
        "UPDATE branches SET parent = 8 WHERE id = 9",
    )
    with Project.open(path, read_only=True) as project:
        for branch_id in (8, 9):
            with pytest.raises(LayerForgeError, match="one above"):
                project.history(branch_id)


def test_fingerprints_and_embeddings_come_as_matrices(path):
    with Project.open(path, read_only=True) as project:
        assert project.fingerprints().shape == (9, 56)
        ids, vectors = project.embedded(encoder="measures")
        assert ids == list(range(1, 10))
        assert (vectors.shape, vectors.dtype) == ((9, 64), np.float16)
        ids, vectors = project.embedded(encoder="clip")
        assert (ids, len(vectors)) == ([], 0)
