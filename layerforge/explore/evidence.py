"""What a project's log says of its user's taste.

A choice between two branches is what taste is learned from, and counts 1.  A pin says that the
branch is better than what there is on the whole, and a kill that it is worse: each is a judgement
between the branch and the middle of all that is kept.  A pin counts 2, as it was picked from among
many; a kill counts 1, since branches are killed for other reasons, too, as being one too many.
Of branches pinned or killed at one stroke each counts less: n of them come to √n times one, for
whoever sweeps many away has not weighed each.  Loved pictures are better than the middle as well,
but were weighed against nothing here: each counts ½, and all of them no more than 10.

As with statuses, the last decision on a branch holds.  Choices stand beside each other, also where
they contradict: then the two branches are taken to be near each other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence

import numpy as np

from layerforge.project.decisions import Decision, choices, gestures, statuses
from layerforge.scoring.taste import Doubles, Judgements

CHOICE = 1.0
PIN = 2.0
KILL = 1.0
LOVED = 0.5
MOST_LOVED = 10.0


def judgements_in(
    log: Sequence[Decision],
    *,
    known: Collection[int],
    features: Callable[[Sequence[int]], Doubles],
    middle: Doubles,
    loved: Doubles,
) -> Judgements:
    """All judgements that the log and the loved pictures make.

    known: the branches that have features, which ``features`` gives, (N, F) for N ids.  middle:
    (F,), those of the middle of all that is kept.  loved: (L, F), those of loved pictures.
    """
    entries = list(log)
    pairs: Counter[tuple[int, int]] = Counter()
    wins: Counter[tuple[int, int]] = Counter()
    for winner, loser in choices(entries):
        if winner in known and loser in known:
            pair = (min(winner, loser), max(winner, loser))
            pairs[pair] += 1
            wins[pair] += winner == pair[0]
    status = statuses(entries)
    decided = {one: size for one, size in gestures(entries).items() if one in known}
    pinned = np.array([status[one] == "pinned" for one in decided], dtype=bool)
    strokes = np.array([1.0 / math.sqrt(size) for size in decided.values()])
    ids = sorted({one for pair in pairs for one in pair} | set(decided))
    place = {one: row for row, one in enumerate(ids)}
    rows = features(ids)
    each = min(LOVED, MOST_LOVED / max(len(loved), 1))
    return Judgements(
        differences=np.concatenate(
            [
                rows[[place[one] for one, _ in pairs]] - rows[[place[two] for _, two in pairs]],
                rows[[place[one] for one in decided]] - middle,
                loved - middle,
            ]
        ),
        wins=np.concatenate(
            [
                [CHOICE * wins[pair] for pair in pairs],
                np.where(pinned, PIN * strokes, 0.0),
                np.full(len(loved), each),
            ]
        ),
        losses=np.concatenate(
            [
                [CHOICE * (count - wins[pair]) for pair, count in pairs.items()],
                np.where(pinned, 0.0, KILL * strokes),
                np.zeros(len(loved)),
            ]
        ),
    )
