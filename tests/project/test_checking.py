import sqlite3
from contextlib import closing

import pytest

from layerforge.model.errors import NewerVersion
from layerforge.project.checking import MOST_OF_A_KIND, MOST_PAGES, check
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from tests.project.made import make_project


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "p.layerforge"
    make_project(path, branches=20, side=8)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, made):
    place = tmp_path / "p.layerforge"
    place.write_bytes(made)
    return place


def findings(path):
    return check(path, tell=lambda what, share: None).findings


def change(path, *statements):
    """Change rows as SQLite itself would refuse to, where need be."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


def test_a_whole_project_has_nothing_wrong(path):
    stages = []
    found = check(path, tell=lambda what, share: stages.append((what, share)))
    assert found.ok
    assert found.size_bytes == path.stat().st_size
    assert (found.rows["branches"], found.rows["sources"], found.rows["decisions"]) == (21, 2, 4)
    assert len({what for what, _ in stages}) > 8
    assert all(0.0 <= share <= 1.0 for _, share in stages)


def test_a_project_that_is_being_written_can_be_checked(path):
    with Project.open(path) as project:
        project.decide("pin", [5])
        found = check(path, tell=lambda what, share: None)
        assert found.ok
        assert found.rows["decisions"] == 5


WRONG = {
    "a source's bytes": (
        "UPDATE sources SET file_bytes = zeroblob(9) WHERE name = 'a.png'",
        ("sources", "(a.png)", "not those that were loaded", "relink"),
    ),
    "a source that is gone": (
        "DELETE FROM sources WHERE name = 'a.png'",
        ("sources", "source ", "is missing, but branch", "relink"),
    ),
    "steps that are none": (
        "UPDATE branches SET steps = '[{\"operation\":' WHERE id = 9",
        ("branches", "branch 9", "its steps can't be read", "repair"),
    ),
    "a parent that is gone": (
        "UPDATE branches SET parent = 19 WHERE id = 20; DELETE FROM branches WHERE id = 19",
        ("branches", "branch 20", "grows from branch 19, which is not there", "repair"),
    ),
    "a parent that is younger": (
        "UPDATE branches SET parent = 9 WHERE id = 8",
        ("branches", "branch 8", "grows from a branch that is no older", "repair"),
    ),
    "a branch that is its own parent": (
        "UPDATE branches SET parent = 8 WHERE id = 8",
        ("branches", "branch 8", "grows from a branch that is no older", "repair"),
    ),
    "a wrong depth": (
        "UPDATE branches SET depth = 9 WHERE id = 1",
        ("branches", "branch 1", "its depth is 9, below 0", "repair"),
    ),
    "a second root": (
        "UPDATE branches SET parent = NULL WHERE id = 4",
        ("branches", "branch 4", "only the root has no parent", "repair"),
    ),
    "no root": (
        "DELETE FROM branches WHERE id = 0",
        ("branches", "branch 0", "the root is lost", "repair"),
    ),
    "no canvas": ("DELETE FROM project", ("project", "the project", "canvas is lost", "repair")),
    "a canvas with layers": (
        "UPDATE project SET canvas = json_set(canvas, '$.width', 0)",
        ("project", "the project", "the canvas can't be read", "repair"),
    ),
    "a run that is gone": (
        "DELETE FROM runs WHERE id = 2",
        ("rounds", "round 3", "there is no run 2", "repair"),
    ),
    "a round that is gone": (
        "DELETE FROM rounds WHERE round = 2",
        ("branches", "branch ", "there is no round 2", "repair"),
    ),
    "an endless value": (
        "UPDATE scores SET value = 9e999 WHERE branch = 3",
        ("scores", "the score of branch 3", "value is not right", "repair"),
    ),
    "votes that are none": (
        "UPDATE scores SET parts = '{\"order\": \"good\"}' WHERE branch = 3",
        ("scores", "the score of branch 3", "its votes can't be read", "repair"),
    ),
    "no score": ("DELETE FROM scores WHERE branch = 3",
        ("scores", "branch 3", "without score", "explore")),
    "an odd embedding": (
        "UPDATE embeddings SET vector = x'010203' WHERE branch = 3",
        ("embeddings", "the embedding of branch 3", "3 bytes are no embedding", "repair"),
    ),
    "an embedding of no numbers": (
        "UPDATE embeddings SET vector = x'007e' WHERE branch = 3",
        ("embeddings", "the embedding of branch 3", "not made of numbers only", "repair"),
    ),
    "embeddings of two lengths": (
        "UPDATE embeddings SET vector = x'003c' WHERE branch = 3",
        ("embeddings", "those of measures", "differ in length: 1, 64", "repair"),
    ),
    "a thumbnail that is none": (
        "UPDATE thumbnails SET webp = x'ff' WHERE branch = 3",
        ("thumbnails", "the thumbnail of branch 3", "no WebP picture", "repair"),
    ),
    "a thumbnail of nobody": (
        "UPDATE thumbnails SET branch = 77 WHERE branch = 3",
        ("thumbnails", "the thumbnail of branch 77", "there is no such branch", "repair"),
    ),
    "a short fingerprint": (
        "UPDATE fingerprints SET marks = zeroblob(55) WHERE branch = 3",
        ("fingerprints", "the fingerprint of branch 3", "55 bytes, not 56", "repair"),
    ),
    "no fingerprint": (
        "DELETE FROM fingerprints WHERE branch = 3",
        ("fingerprints", "branch 3", "without fingerprint", "redraw"),
    ),
    "a decision on nobody": (
        "UPDATE decisions SET branches = '[1, 99]' WHERE id = 1",
        ("decisions", "decision 1", "there is no branch 99", "repair"),
    ),
    "an undo of nothing": (
        "UPDATE decisions SET refers_to = NULL WHERE id = 3",
        ("decisions", "decision 3", "only an undo or redo refers", "repair"),
    ),
    "an undo of what comes later": (
        "UPDATE decisions SET refers_to = 8 WHERE id = 3",
        ("decisions", "decision 3", "it refers to a later one", "repair"),
    ),
    "an origin that is gone": (
        "UPDATE branches SET parent = 0, origin = 19, depth = 1 WHERE id = 20; "
        "DELETE FROM branches WHERE id = 19",
        ("branches", "branch 20", "was varied from branch 19, which is not there", "repair"),
    ),
    "an origin that is younger": (
        "UPDATE branches SET origin = 9 WHERE id = 8",
        ("branches", "branch 8", "grows from a branch that is no older", "repair"),
    ),
    "what was learned that is none": (
        "UPDATE policies SET document = '[]' WHERE run = 1",
        ("policies", "what was learned by run 1", "can't be read", "repair"),
    ),
    "what was learned by nobody": (
        "UPDATE policies SET run = 7 WHERE run = 1",
        ("policies", "what was learned by run 7", "there is no such run", "repair"),
    ),
    "a taste that is none": (
        "UPDATE tastes SET file = '{}'",
        ("tastes", "the taste of decision 4", "not a taste", "repair"),
    ),
    "a taste that is gone": (
        "DELETE FROM tastes",
        ("tastes", "decision 4", "the taste that it brought in is lost", "repair"),
    ),
    "a taste of another decision": (
        "UPDATE tastes SET decision = 1",
        ("tastes", "the taste of decision 1", "brought in no taste", "repair"),
    ),
    "an embedding of no source": (
        "UPDATE source_embeddings SET source = replace(hex(zeroblob(32)), '00', 'ab') "
        "WHERE rowid = 1",
        ("source_embeddings", "the embedding of source abab", "no such source", "repair"),
    ),
    "another table": (
        "CREATE TABLE more (x)",
        ("layout", "the tables", "a table 'more', which is not ours", "repair"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found_named_and_has_a_remedy(path, case):
    statements, (kind, what, text, remedy) = WRONG[case]
    change(path, *statements.split("; "))
    matching = [
        one
        for one in findings(path)
        if (one.kind, one.remedy) == (kind, remedy) and what in one.what and text in one.text
    ]
    assert matching, findings(path)
    assert all("\n" not in one.text for one in findings(path))


def test_lost_thumbnails_are_nothing_wrong(path):
    change(path, "DELETE FROM thumbnails WHERE branch < 9")
    assert findings(path) == ()


def test_a_choice_between_two_is_a_decision_like_others(path):
    change(path, "INSERT INTO decisions VALUES (9, 'now', 'compare', '[2, 1]', NULL)")
    assert findings(path) == ()


def test_very_many_findings_are_counted(path):
    ids = ", ".join(str(one) for one in range(100, 200))
    change(path, f"UPDATE decisions SET branches = '[{ids}]'")
    found = findings(path)
    assert len(found) == MOST_OF_A_KIND + 1
    assert found[-1].text == f"{4 * 100 - MOST_OF_A_KIND} more of this kind"


def test_damaged_pages_are_found(path):
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'scores'"
        (number,) = connection.execute(query).fetchone()
    data = bytearray(path.read_bytes())
    data[4096 * (number - 1) : 4096 * number] = bytes(4096)
    path.write_bytes(data)
    assert any(one.kind == "file" for one in findings(path))


def test_a_file_without_its_head_is_found_damaged(path):
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    (one,) = findings(path)
    assert (one.kind, one.remedy) == ("file", "repair")
    assert "no SQLite file any more" in one.text


def test_a_file_that_says_nobody_can_write_it_is_found(path):
    data = bytearray(path.read_bytes())
    data[18] = 9
    path.write_bytes(data)
    assert "nobody can write it" in findings(path)[0].text
    with pytest.raises(ProjectError, match=r"nobody can write it .*repair"):
        Project.open(path)


def test_what_is_no_project_or_too_new_is_an_error(path, tmp_path):
    with pytest.raises(ProjectError, match="no such project"):
        findings(tmp_path / "none")
    other = tmp_path / "other.sqlite"
    change(other, "CREATE TABLE t (x)")
    with pytest.raises(ProjectError, match="is not a LayerForge project"):
        findings(other)
    change(path, "PRAGMA user_version = 77")
    with pytest.raises(NewerVersion):
        findings(path)


def test_what_sqlite_says_of_many_pages_is_told_in_few_lines(path):
    with closing(sqlite3.connect(path)) as connection:
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_schema WHERE name IN ('thumbnails', 'sources')"
        roots = [root for (root,) in connection.execute(query)]
    data = bytearray(path.read_bytes())
    for root in roots:  # what hangs below them is in use no more
        at = (root - 1) * page_bytes
        data[at : at + page_bytes] = b"\x0d" + bytes(page_bytes - 1)
    path.write_bytes(data)
    found = [one.text for one in findings(path) if one.what == "the pages"]
    assert 1 < len(found) <= MOST_PAGES + 1
    assert not any("***" in text or text.count("Page ") > 1 for text in found)
    assert "more lines like these" in found[-1]
