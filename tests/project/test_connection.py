import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from layerforge.project.checking import check
from layerforge.project.connection import Connection
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.repairing import repair

NO_MEMORY = Path(__file__).parents[1] / "fuzz/found/project/schema-without-memory.bin"


@pytest.fixture(params=["memory", "text"])
def broken(request, path):
    """A file whose schema SQLite can't take in, without or with words to say about it."""
    if request.param == "memory":
        shutil.copy(NO_MEMORY, path)
        return path
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET name = CAST(x'ff61' AS TEXT), sql = 'x'")
    return path


@pytest.mark.parametrize(
    "query", ["PRAGMA quick_check", "SELECT * FROM branches", "PRAGMA journal_mode = WAL"]
)
def test_python_has_errors_of_its_own_and_we_have_not(broken, query):
    with closing(sqlite3.connect(broken)) as plain, pytest.raises((MemoryError, UnicodeError)):
        plain.execute(query)
    with closing(sqlite3.connect(broken, factory=Connection)) as ours:
        with pytest.raises(sqlite3.DatabaseError) as caught:
            ours.execute(query)
        assert caught.value.sqlite_errorcode in (sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CORRUPT)


def test_every_way_of_running_a_query_is_covered(broken):
    ways = [
        lambda one: one.executemany("DELETE FROM branches WHERE id = ?", [(1,)]),
        lambda one: one.executescript("SELECT * FROM branches; SELECT 1"),
        lambda one: one.execute("SELECT 1 UNION ALL SELECT id FROM branches").fetchall(),
    ]
    for way in ways:
        ours = sqlite3.connect(broken, factory=Connection)
        with closing(ours), pytest.raises(sqlite3.DatabaseError):
            way(ours)


@pytest.mark.parametrize("gives", ["fetchone", "fetchmany", "fetchall", "__next__"])
def test_rows_that_take_too_much_memory_are_an_error_of_the_file(gives):
    def too_much(_):
        raise MemoryError

    with closing(sqlite3.connect(":memory:", factory=Connection)) as ours:
        cursor = ours.execute("SELECT 1 UNION ALL SELECT 'a'")
        assert cursor.fetchone() == (1,)
        ours.text_factory = too_much
        with pytest.raises(sqlite3.DatabaseError, match="more memory than there is"):
            getattr(cursor, gives)()


def test_nothing_but_our_errors_comes_of_such_a_file(broken):
    with pytest.raises(ProjectError):
        Project.open(broken, read_only=True)
    with pytest.raises(ProjectError):
        Project.open(broken)
    found = check(broken, tell=lambda what, share: None)
    assert found.findings[0].remedy == "repair"
    repaired = repair(broken, tell=lambda what, share: None)
    assert repaired.backup is not None
    assert check(broken, tell=lambda what, share: None).ok


def test_an_error_that_is_held_on_to_does_not_keep_the_file_open(path):
    ours = sqlite3.connect(path, factory=Connection)
    with pytest.raises(sqlite3.IntegrityError) as held:
        ours.execute("INSERT INTO branches (id, round, depth, steps) VALUES (0, 0, 0, '[]')")
    ours.close()
    assert held.value.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
    assert path not in [Path(one.path) for one in psutil.Process().open_files()]
