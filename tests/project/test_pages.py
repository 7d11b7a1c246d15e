"""Rows read without SQLite, against what SQLite reads."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerforge.project.pages import PAGE_SIZES, rows_in, rows_of

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.binary(max_size=40),
    st.integers(0, 6000).map(lambda size: bytes(range(256)) * (size // 256) + bytes(size % 256)),
)


def database(rows, page_bytes=512):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("CREATE TABLE t (a, b, c)")
        connection.executemany("INSERT INTO t (rowid, a, b, c) VALUES (?, ?, ?, ?)", rows)
        kept = connection.execute("SELECT rowid, a, b, c FROM t ORDER BY rowid").fetchall()
        return connection.serialize(), [(number, tuple(rest)) for number, *rest in kept]


def ours(data):
    """Rows of three columns; those of five are SQLite's own declarations."""
    return sorted((row for row in rows_of(data) if len(row[1]) == 3), key=lambda row: row[0])


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.integers(-(2**63), 2**63 - 1), st.tuples(VALUES, VALUES, VALUES), max_size=20
    ),
    st.sampled_from([512, 1024, 4096, 65536]),
)
def test_all_that_sqlite_wrote_is_read(rows, page_bytes):
    data, kept = database([(number, *row) for number, row in rows.items()], page_bytes)
    assert ours(data) == kept


@pytest.mark.parametrize("page_bytes", PAGE_SIZES)
def test_rows_are_found_without_the_head_of_the_file(page_bytes):
    rows = [(number, number, "x" * 50, bytes(number)) for number in range(1, 400)]
    data, kept = database(rows, page_bytes)
    assert ours(bytes(100) + data[100:]) == kept
    assert ours(bytes(page_bytes) + data[page_bytes:]) == kept


def test_rows_are_found_without_the_pages_that_point_at_them():
    rows = [(number, number, "x" * 50, b"") for number in range(1, 400)]
    data, kept = database(rows)
    pages = [data[at : at + 512] for at in range(0, len(data), 512)]
    inner = [number for number, page in enumerate(pages) if page[0] == 5]
    assert inner
    for number in inner:
        pages[number] = bytes(512)
    assert ours(b"".join(pages)) == kept


def test_what_is_deleted_comes_last_or_not_at_all():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("CREATE TABLE t (a, b, c)")
        query = "INSERT INTO t (rowid, a, b, c) VALUES (?, ?, 'x', ?)"
        connection.executemany(query, [(number, "old", bytes(90)) for number in range(1, 40)])
        connection.execute("DELETE FROM t")
        connection.executemany(query, [(number, "new", bytes(90)) for number in range(1, 9)])
        data = connection.serialize()
    found = [(number, row[0]) for number, row in rows_of(data) if len(row) == 3]
    first = dict(reversed(found))
    assert {number: first[number] for number in range(1, 9)} == dict.fromkeys(range(1, 9), "new")


def test_one_page_that_many_rows_go_on_on_is_not_read_again_and_again():
    rows = [(number, bytes(3000), 0, 0) for number in range(1, 60)]
    data, _ = database(rows)
    size = len(data)
    changed = bytearray(data)
    for start in range(0, size, 512):
        if changed[start] != 13:
            continue
        cells = int.from_bytes(changed[start + 3 : start + 5], "big")
        first = changed[start + 8 : start + 10]
        most = (512 - 8) // 2
        changed[start + 3 : start + 5] = most.to_bytes(2, "big")  # all of them are the same cell
        changed[start + 8 : start + 8 + 2 * most] = bytes(first) * most
        assert cells
    read = sum(len(row[0]) for _, row in rows_of(bytes(changed)) if len(row) == 3)
    assert read <= 2 * size


@pytest.mark.parametrize("content", [b"", b"x", bytes(5000), b"SQLite format 3\0", b"\x0d" * 9000])
def test_what_is_no_database_has_no_rows(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    assert list(rows_in(path)) == []
