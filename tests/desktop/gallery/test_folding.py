from __future__ import annotations

import random
from typing import get_args

import pytest

from layerforge.desktop.gallery.folding import Folding
from layerforge.desktop.gallery.orders import Key, keys_of
from layerforge.model.branch import Branch, Status
from layerforge.model.score import Score

RANK = {"pinned": 0, "open": 1, "killed": 2}


def one_by_one(
    ids: list[int],
    branches: dict[int, Branch],
    stacks: dict[int, int],
    held: set[int],
    opened: set[int],
) -> tuple[list[int], dict[int, tuple[int, ...]]]:
    """The rows and what lies below each, as the rules say it, a branch at a time."""
    rows: list[tuple[int, int, int]] = []
    below: dict[int, tuple[int, ...]] = {}
    for place, one in enumerate(ids):
        if one not in stacks:
            rows.append((place, -1, one))
    for leader in set(stacks.values()):
        members = [one for one in ids if stacks.get(one) == leader]
        if not members:
            continue
        top = min(members, key=lambda one: (RANK[branches[one].status], -branches[one].value, one))
        loose = [
            one
            for one in members
            if one != top and (branches[one].status == "pinned" or one in held)
        ]
        rest = [one for one in members if one not in loose]
        living = [one for one in rest if branches[one].status != "killed"]
        stands = min(ids.index(one) for one in living or rest)
        rows.append((stands, -1, top))
        rows += [(ids.index(one), -1, one) for one in loose]
        if len(rest) > 1:
            below[top] = tuple(one for one in rest if one != top)
            if opened & set(rest):
                rows += [(stands, ids.index(one), one) for one in below[top]]
    return [one for _, _, one in sorted(rows)], below


@pytest.mark.parametrize("seed", range(25))
def test_columns_fold_as_one_by_one_would(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randrange(1, 60)
    branches = {
        one: Branch(
            id=one,
            parent=0,
            steps=(),
            status=rng.choice(get_args(Status)),
            score=Score(value=rng.randrange(8) / 8, parts={}),
        )
        for one in rng.sample(range(1, 500), count)
    }
    leaders = rng.sample(sorted(branches), max(1, count // 4))
    stacks = {one: rng.choice(leaders) for one in branches if rng.random() < 0.7}
    keys: list[Key] = sorted(keys_of(branches.values(), "best", ranks={}, measures={}))
    ids = [key[2] for key in keys]
    held = set(rng.sample(ids, rng.randrange(count)))
    folding = Folding()
    folding.stacks = stacks
    folding.arranged(ids, keys, branches)
    turned = set(rng.sample(ids, rng.randrange(count)))
    opened: set[int] = set()
    for one in turned:
        if (top := folding.top_of(one)) is not None:
            opened |= {top, *folding.below(top)}
        folding.turn(one, opened=True)
    rows, row_keys = folding.arranged(ids, keys, branches, held=held)
    expected, below = one_by_one(ids, branches, stacks, held, opened)
    assert rows == expected
    assert {one: folding.below(one) for one in ids if folding.below(one)} == below
    assert row_keys == sorted(row_keys)
    assert len(set(row_keys)) == len(rows)
