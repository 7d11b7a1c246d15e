import sqlite3
from contextlib import closing

import pytest

from layerforge.project.errors import ProjectError
from layerforge.project.hardening import Endless, all_rows, bounded, harden, leave_bytes, size_of
from layerforge.project.project import Project
from tests.project.made import make_project

FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "


@pytest.fixture
def connection(path):
    with closing(sqlite3.connect(path)) as made:
        harden(made)
        yield made


def test_rows_are_all_given_as_they_are(connection):
    query = "SELECT id, steps FROM branches UNION SELECT 7, ?"
    assert all_rows(connection, query, ("x",)) == [(0, "[]"), (7, "x")]


def test_more_rows_than_the_file_has_room_for_end_with_an_error(connection):
    with pytest.raises(Endless):
        all_rows(connection, FOR_EVER + "SELECT x FROM n")


def test_a_query_that_gives_nothing_for_ever_ends_with_an_error(connection):
    with pytest.raises(Endless):
        all_rows(connection, FOR_EVER + "SELECT COUNT(*) FROM n")
    assert all_rows(connection, "SELECT 1") == [(1,)]


def test_rows_larger_than_the_file_end_with_an_error(connection):
    size = size_of(connection)
    query = FOR_EVER + f"SELECT zeroblob({size // 8}) FROM n LIMIT "
    assert len(all_rows(connection, query + "8")) == 8
    with pytest.raises(Endless):
        all_rows(connection, query + "9")


def test_one_value_may_not_be_larger_than_asked_for(connection):
    with pytest.raises(sqlite3.DataError, match="too big"):
        all_rows(connection, "SELECT zeroblob(1001)", value_bytes=1000)
    assert all_rows(connection, "SELECT length(zeroblob(1001))", value_bytes=None) == [(1001,)]


def test_the_bounds_hold_only_within(connection):
    with bounded(connection, file_bytes=0, value_bytes=100):
        pass
    assert len(connection.execute("SELECT zeroblob(1000)").fetchone()[0]) == 1000
    assert connection.execute(FOR_EVER + "SELECT MAX(x) FROM (SELECT x FROM n LIMIT 300000)")


def test_nothing_in_the_file_is_trusted(connection):
    assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    assert connection.execute("PRAGMA cell_size_check").fetchone() == (1,)
    assert connection.execute("PRAGMA mmap_size").fetchone() in (None, (0,))
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_text_that_is_none_is_left_as_bytes(connection):
    leave_bytes(connection)
    rows = all_rows(connection, "SELECT CAST(x'c3a9' AS TEXT), CAST(x'ff61' AS TEXT)")
    assert rows == [("é", b"\xffa")]


def pages_that_point_at_one(path):
    """Make every page of the tree of branches point at its first child only, all the way down.

    Returns how many ways lead down then, and how long they are.
    """
    with closing(sqlite3.connect(path)) as connection:
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'branches'"
        (number,) = connection.execute(query).fetchone()
    data = bytearray(path.read_bytes())
    ways, depth = 1, 0
    while True:
        start = (number - 1) * page_bytes
        if data[start] != 5:  # a page of rows
            break
        cells = int.from_bytes(data[start + 3 : start + 5], "big")
        places = [
            start + int.from_bytes(data[at : at + 2], "big")
            for at in range(start + 12, start + 12 + 2 * cells, 2)
        ]
        first = bytes(data[places[0] : places[0] + 4])
        for at in [*places, start + 8]:
            data[at : at + 4] = first
        ways, depth = ways * (cells + 1), depth + 1
        number = int.from_bytes(first, "big")
    path.write_bytes(data)
    return ways, depth


def test_pages_that_all_point_at_one_do_not_multiply_what_is_read(tmp_path):
    path = tmp_path / "p.layerforge"
    make_project(path, branches=600, side=4)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("DELETE FROM thumbnails")
        connection.execute("VACUUM")
    ways, depth = pages_that_point_at_one(path)
    assert depth >= 2
    assert ways > 400
    with Project.open(path, read_only=True) as project:
        for read in (project.branches, project.outline, project.branch_ids):
            with pytest.raises(ProjectError, match="damaged"):
                read()
