import sqlite3
from contextlib import closing

import pytest

from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.schema import SCHEMA_VERSION, differences, expected, words
from tests.project.conftest import names
from tests.project.fixtures.dump import build


def test_a_declaration_is_compared_by_its_words():
    ours = """CREATE TABLE t (  -- a comment
        one INTEGER CHECK (one = 1), two TEXT DEFAULT 'It''s -- no comment'
    ) STRICT"""
    same = (
        """create table "t" (/* more */ [one] integer check(`one`=1),"two" TEXT\n"""
        """DEFAULT 'It''s -- no comment') STRICT"""
    )
    assert words(ours) == words(same)
    assert words(ours) != words(ours.replace("= 1", "= 2"))
    assert words(ours) != words(ours.replace("no comment", "No comment"))
    assert words(ours) != words(ours.replace("STRICT", ""))
    assert words(None) == ()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_every_version_looks_as_its_kept_file(version, tmp_path):
    path = tmp_path / "kept.layerforge"
    build(version, path)
    with closing(sqlite3.connect(path)) as connection:
        assert differences(connection, version) == []
        for other in set(range(1, SCHEMA_VERSION + 1)) - {version}:
            assert differences(connection, other)
    assert ("table", "branches") in expected(version)


@pytest.mark.parametrize("taste", [False, True])
def test_version_1_may_lack_tastes_and_nothing_else(tmp_path, taste):
    path = tmp_path / "kept.layerforge"
    build(1, path, taste=taste)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert differences(connection, 1) == []
        connection.execute("DROP TABLE source_embeddings")
        assert "its table 'source_embeddings' is missing" in differences(connection, 1)


INTRUDERS = {
    "CREATE TRIGGER t AFTER INSERT ON branches BEGIN DELETE FROM sources; END": "trigger 't'",
    "CREATE TABLE spy (x)": "table 'spy'",
    "CREATE VIEW spy AS SELECT randomblob(1000000000)": "view 'spy'",
    "CREATE INDEX spy ON branches(abs(depth))": "index 'spy'",
    "DROP INDEX branches_by_parent": "'branches_by_parent' is missing",
    "ALTER TABLE runs ADD COLUMN more INT AS (abs(seed))": "table 'runs' is declared",
    "ANALYZE": "table 'sqlite_stat1'",
}


@pytest.mark.parametrize("statement", INTRUDERS)
@pytest.mark.parametrize("read_only", [False, True])
def test_whatever_is_not_ours_is_refused(path, statement, read_only):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="is not laid out as a LayerForge project") as caught:
        Project.open(path, read_only=read_only)
    assert INTRUDERS[statement] in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_a_view_in_the_place_of_a_table_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE thumbnails")
        connection.execute("CREATE VIEW thumbnails AS SELECT 1 AS branch, zeroblob(9e8) AS webp")
        connection.commit()
    with pytest.raises(ProjectError, match="its table 'thumbnails' is missing"):
        Project.open(path)


def test_a_table_declared_with_other_spaces_and_quotes_is_ours(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE thumbnails")
        connection.execute(
            'create table "thumbnails"("branch" INTEGER PRIMARY KEY REFERENCES branches ( id ),'
            "webp BLOB NOT NULL)STRICT -- as another program writes it"
        )
        connection.commit()
    with Project.open(path) as project:
        assert project.thumbnail(1) is None


def test_a_check_that_calls_a_function_is_refused(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'webp BLOB NOT NULL', "
            "'webp BLOB NOT NULL CHECK (load_extension(webp))') WHERE name = 'thumbnails'"
        )
    with pytest.raises(ProjectError, match="'thumbnails' is declared in another way"):
        Project.open(path)
