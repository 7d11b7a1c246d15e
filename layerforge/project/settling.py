"""Makes what was saved of a broken project fit together again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.values import from_json, to_json
from layerforge.project.decisions import TASTE
from layerforge.project.reading import Id

LOST = "lost"
"""What stands for words that are gone."""

_SIDE_PX = 1024
_LONG_AGO = "1970-01-01T00:00:00+00:00"


@dataclass(slots=True)
class Settled:
    """orphans: branches whose ancestors are lost.  lines: what else was changed, for people."""

    orphans: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def settle(new: sqlite3.Connection) -> Settled:
    """Drop what hangs in the air, and put stand-ins where others lean on what is lost.

    A branch that has lost an ancestor can't be rendered any more; a run or round is only what is
    known about how branches were made.  Raises sqlite3.Error.
    """
    done = Settled()
    _canvas(new, done)
    _tree(new, done)
    _runs(new, done)
    new.execute("DELETE FROM policies WHERE run NOT IN (SELECT id FROM runs)")
    for table in ("scores", "embeddings", "fingerprints", "thumbnails"):
        new.execute(f"DELETE FROM {table} WHERE branch NOT IN (SELECT id FROM branches)")  # noqa: S608
    _same_length(new, done)
    new.execute("DELETE FROM source_embeddings WHERE source NOT IN (SELECT id FROM sources)")
    _decisions(new, done)
    return done


def _canvas(new: sqlite3.Connection, done: Settled) -> None:
    if new.execute("SELECT 1 FROM project WHERE one = 1").fetchone() is None:
        new.execute("DELETE FROM project")
        blank = to_json(Canvas(width=_SIDE_PX, height=_SIDE_PX)).decode()
        new.execute("INSERT INTO project VALUES (1, ?, ?)", (blank, _LONG_AGO))
        done.lines.append(
            f"the canvas was lost: it is {_SIDE_PX}x{_SIDE_PX} now, whatever it was before"
        )


def _tree(new: sqlite3.Connection, done: Settled) -> None:
    new.execute(
        "INSERT OR IGNORE INTO branches (id, round, depth, steps) VALUES (?, 0, 0, '[]')", (ROOT,)
    )
    depths = {ROOT: 0}
    rows = new.execute(
        "SELECT id, parent, mate, origin, depth FROM branches WHERE id > 0 ORDER BY id"
    )
    for id_, parent, mate, origin, depth in rows.fetchall():
        if parent not in depths:
            done.orphans.append(id_)
            continue
        depths[id_] = depths[parent] + 1
        # its steps carry all that it took from others
        fitting = depths[id_], *(one if one in depths else None for one in (mate, origin))
        if fitting != (depth, mate, origin):
            new.execute(
                "UPDATE branches SET depth = ?, mate = ?, origin = ? WHERE id = ?", (*fitting, id_)
            )
    new.executemany("DELETE FROM branches WHERE id = ?", [(one,) for one in done.orphans])


def _runs(new: sqlite3.Connection, done: Settled) -> None:
    runs = {run for (run,) in new.execute("SELECT id FROM runs")}
    wanted = new.execute("SELECT run FROM branches UNION SELECT run FROM rounds").fetchall()
    lost_runs = sorted({run for (run,) in wanted if run is not None} - runs)
    for run in lost_runs:
        new.execute(
            "INSERT INTO runs VALUES (?, ?, ?, '{}', 0, ?, ?, '{}', '{}')",
            (run, _LONG_AGO, _LONG_AGO, LOST, LOST),
        )
    if lost_runs:
        done.lines.append(f"settings and seed of {_count(len(lost_runs), 'run')} were lost")
    rounds = new.execute(
        "SELECT round, MAX(COALESCE(run, 0)) FROM branches WHERE id > 0 "
        "AND round NOT IN (SELECT round FROM rounds) GROUP BY round"
    ).fetchall()
    for round_, run in rounds:
        if not run:
            run = _any_run(new)
        new.execute("INSERT INTO rounds VALUES (?, ?, 0, '{}', 0.0)", (round_, run))
    if rounds:
        done.lines.append(f"the counts of {_count(len(rounds), 'round')} were lost")


def _any_run(new: sqlite3.Connection) -> int:
    """A run to which what has lost its own belongs from now on."""
    found = new.execute("SELECT MIN(id) FROM runs").fetchone()
    if found[0] is not None:
        return int(found[0])
    new.execute(
        "INSERT INTO runs VALUES (1, ?, ?, '{}', 0, ?, ?, '{}', '{}')",
        (_LONG_AGO, _LONG_AGO, LOST, LOST),
    )
    return 1


def _same_length(new: sqlite3.Connection, done: Settled) -> None:
    """Embeddings of one encoder have one length; exploring makes the others again."""
    for (encoder,) in new.execute("SELECT DISTINCT encoder FROM embeddings").fetchall():
        (usual, _), *others = new.execute(
            "SELECT LENGTH(vector), COUNT(*) FROM embeddings WHERE encoder = ? "
            "GROUP BY LENGTH(vector) ORDER BY COUNT(*) DESC, LENGTH(vector)",
            (encoder,),
        ).fetchall()
        if others:
            new.execute(
                "DELETE FROM embeddings WHERE encoder = ? AND LENGTH(vector) <> ?", (encoder, usual)
            )
            count = sum(count for _, count in others)
            done.lines.append(f"{_count(count, 'embedding')} of another length were dropped")


def _decisions(new: sqlite3.Connection, done: Settled) -> None:
    branches = {one for (one,) in new.execute("SELECT id FROM branches")}
    tastes = {one for (one,) in new.execute("SELECT decision FROM tastes")}
    kept: set[int] = set()
    dropped = shortened = 0
    rows = new.execute("SELECT id, kind, branches, refers_to FROM decisions ORDER BY id").fetchall()
    for id_, kind, named, refers_to in rows:
        lost = kind == TASTE and id_ not in tastes
        if lost or (refers_to is not None and refers_to not in kept):
            new.execute("DELETE FROM decisions WHERE id = ?", (id_,))
            dropped += 1
            continue
        kept.add(id_)
        ids = from_json(named, tuple[Id, ...], what="its branches")
        there = tuple(one for one in ids if one in branches)
        if there != ids:
            new.execute(
                "UPDATE decisions SET branches = ? WHERE id = ?", (to_json(there).decode(), id_)
            )
            shortened += 1
    new.execute(
        "DELETE FROM tastes WHERE decision NOT IN (SELECT id FROM decisions WHERE kind = ?)",
        (TASTE,),
    )
    if dropped:
        done.lines.append(f"{_count(dropped, 'decision')} on what is lost were dropped")
    if shortened:
        done.lines.append(f"{_count(shortened, 'decision')} named branches that are lost")


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
