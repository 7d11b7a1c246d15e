"""Whether rows that are good by themselves fit together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Literal, Protocol

from layerforge.model.branch import ROOT
from layerforge.model.source import is_source_id
from layerforge.model.step import Step
from layerforge.model.values import from_json
from layerforge.project.contents import POLICIES, SOURCE_EMBEDDINGS, TASTES, Row, Table
from layerforge.project.decisions import TASTE
from layerforge.project.reading import Id
from layerforge.project.reporting import name_of

Remedy = Literal["repair", "redraw", "relink", "explore"]
"""What mends it: `repair`, `repair --thumbnails`, `relink`, or `explore`, which judges again."""


class Find(Protocol):
    """Is told the kind of what does not fit, which it is, and why."""

    def __call__(self, kind: str, what: str, text: str, *, remedy: Remedy = ...) -> None:
        """Once for each."""
        ...


_BRANCH_TABLES = ("scores", "embeddings", "fingerprints", "thumbnails")
_EVERY_BRANCH_HAS = ("scores", "embeddings", "fingerprints")


class Fitting:
    """Is given all good rows, table by table in the order of `TABLES`, then asked to `finish`."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._sources: set[str] = set()
        self._runs: set[int] = set()
        self._rounds: set[int] = set()
        self._depths: dict[int, int] = {}
        self._missing: dict[str, list[int]] = defaultdict(list)
        self._have: dict[str, set[int]] = {name: set() for name in _BRANCH_TABLES}
        self._lengths: dict[str, Counter[int]] = defaultdict(Counter)
        self._decisions: set[int] = set()
        self._tastes: set[int] = set()
        self._brought: list[int] = []
        self._projects = 0
        self._takers: dict[str, Callable[[Row], None]] = {
            "project": self._take_project,
            "sources": lambda row: self._sources.add(row[0]),
            "runs": lambda row: self._runs.add(row[0]),
            "policies": self._take_policy,
            "rounds": self._take_round,
            "branches": self._take_branch,
            "embeddings": self._take_embedding,
            "decisions": self._take_decision,
            "tastes": self._take_taste,
        }

    def take(self, table: Table, row: Row) -> None:
        """One more row."""
        if table.name in _BRANCH_TABLES:
            self._have[table.name].add(row[0])
            if row[0] not in self._depths:
                self._find(table.name, name_of(table, row), "there is no such branch")
        if table is SOURCE_EMBEDDINGS and row[0] not in self._sources:
            self._find(table.name, name_of(table, row), "there is no such source")
        taker = self._takers.get(table.name)
        if taker is not None:
            taker(row)

    def finish(self) -> None:
        """Tell what is missing."""
        if not self._projects:
            self._find("project", "the project", "its canvas is lost")
        if ROOT not in self._depths:
            self._find("branches", "branch 0", "the root is lost")
        for source, users in self._missing.items():
            more = f" and {len(users) - 1} more branches" if len(users) > 1 else ""
            self._find(
                "sources",
                f"source {source[:12]}…",
                f"it is missing, but branch {users[0]}{more} use it "
                "(`layerforge project relink` puts it back)",
                remedy="relink",
            )
        for name in _EVERY_BRANCH_HAS:
            lacking = sorted(self._depths.keys() - self._have[name] - {ROOT})
            if lacking:
                what = {"scores": "score", "embeddings": "embedding"}.get(name, "fingerprint")
                more = f" and {len(lacking) - 1} more branches" if len(lacking) > 1 else ""
                remedy: Remedy = "redraw" if name == "fingerprints" else "explore"
                self._find(name, f"branch {lacking[0]}{more}", f"without {what}", remedy=remedy)
        for one in self._brought:
            if one not in self._tastes:
                self._find("tastes", f"decision {one}", "the taste that it brought in is lost")
        for encoder, lengths in self._lengths.items():
            if len(lengths) > 1:
                sizes = ", ".join(str(size // 2) for size in sorted(lengths))
                self._find("embeddings", f"those of {encoder}", f"they differ in length: {sizes}")

    def _take_project(self, row: Row) -> None:
        self._projects += 1

    def _take_policy(self, row: Row) -> None:
        if row[0] not in self._runs:
            self._find("policies", name_of(POLICIES, row), "there is no such run")

    def _take_round(self, row: Row) -> None:
        self._rounds.add(row[0])
        if row[1] not in self._runs:
            self._find("rounds", f"round {row[0]}", f"there is no run {row[1]}")

    def _take_branch(self, row: Row) -> None:
        id_, parent, mate, run, round_, depth, steps, origin = row
        self._depths[id_] = depth
        what = f"branch {id_}"
        others = (("grows from", parent), ("was crossed with", mate), ("was varied from", origin))
        for role, other in others:
            if other is not None and other not in self._depths:
                self._find("branches", what, f"it {role} branch {other}, which is not there")
        if parent in self._depths and depth != self._depths[parent] + 1:
            self._find("branches", what, f"its depth is {depth}, below {self._depths[parent]}")
        if run is not None and run not in self._runs:
            self._find("branches", what, f"there is no run {run}")
        if id_ != ROOT and round_ not in self._rounds:
            self._find("branches", what, f"there is no round {round_}")
        for source in sources_in(steps):
            if source not in self._sources:
                self._missing[source].append(id_)

    def _take_embedding(self, row: Row) -> None:
        self._lengths[row[1]][len(row[2])] += 1

    def _take_decision(self, row: Row) -> None:
        id_, _, kind, branches, refers_to = row
        self._decisions.add(id_)
        if kind == TASTE:
            self._brought.append(id_)
        for one in from_json(branches, tuple[Id, ...], what="its branches"):
            if one not in self._depths:
                self._find("decisions", f"decision {id_}", f"there is no branch {one}")
        if refers_to is not None and refers_to not in self._decisions:
            self._find("decisions", f"decision {id_}", f"there is no decision {refers_to}")

    def _take_taste(self, row: Row) -> None:
        self._tastes.add(row[0])
        if row[0] not in self._brought:
            self._find("tastes", name_of(TASTES, row), "that decision brought in no taste")


def sources_in(steps: str) -> set[str]:
    """The sources that steps in JSON name.  Raises InvalidValue."""
    return {
        value
        for step in from_json(steps, tuple[Step, ...], what="its steps")
        for value in step.operation.parameters.values()
        if is_source_id(value)
    }
