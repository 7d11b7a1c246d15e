"""Branches, scores and sources as values."""

from __future__ import annotations

import hashlib

import pytest

from layerforge.model.branch import ROOT, Branch
from layerforge.model.errors import InvalidValue
from layerforge.model.score import Score
from layerforge.model.source import Source, source_id_of
from layerforge.model.step import Call, Step
from layerforge.model.values import from_json, to_json


def test_a_branch_survives_json() -> None:
    branch = Branch(
        id=3,
        parent=1,
        mate=2,
        steps=(Step(operation=Call(name="tone.gamma", parameters={"gamma": 1.5}), target="x"),),
        status="pinned",
        depth=2,
        round=4,
        run=1,
        score=Score(value=0.5, parts={"order": 0.25}),
    )
    assert from_json(to_json(branch), Branch, what="the branch") == branch
    assert branch.value == 0.5


def test_only_the_root_has_no_parent() -> None:
    assert Branch(id=ROOT, parent=None, steps=()).value is None
    with pytest.raises(InvalidValue, match="branch 4 has parent None"):
        Branch(id=4, parent=None, steps=())
    with pytest.raises(InvalidValue, match="branch 0 has parent 2"):
        Branch(id=ROOT, parent=2, steps=())


@pytest.mark.parametrize("status", ["lost", "", None])
def test_a_status_is_one_of_three(status: str | None) -> None:
    document = to_json({"id": 1, "parent": 0, "steps": [], "status": status})
    with pytest.raises(InvalidValue, match="status"):
        from_json(document, Branch, what="the branch")


def test_a_source_is_known_by_its_bytes() -> None:
    own = source_id_of(b"bytes of a file")
    assert own == hashlib.sha256(b"bytes of a file").hexdigest()
    source = Source(id=own, name="moth.png", width=640, height=427)
    assert from_json(to_json(source), Source, what="the source") == source
    with pytest.raises(InvalidValue, match="width"):
        from_json(to_json(source).replace(b"640", b"0"), Source, what="the source")
