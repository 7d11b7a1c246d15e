from __future__ import annotations

import pytest

from layerforge.desktop.exploration import Earlier
from layerforge.desktop.progress.durations import in_words
from layerforge.desktop.progress.record import Record
from layerforge.explore.events import Finished, RoundDone, Started
from layerforge.model.branch import Branch
from layerforge.model.score import Score


def _started(budget: int) -> Started:
    return Started(
        run=1, seed=1, budget=budget, strategy="beam", scorer="measures", scorer_description=""
    )


def _round(
    number: int, *, best: float, seconds: float, budget: int = 160, branches: int = 1
) -> RoundDone:
    kept = tuple(
        Branch(
            id=number * 10 + at, parent=0, steps=(), score=Score(value=best - at, parts={"a": 1.0})
        )
        for at in range(branches)
    )
    return RoundDone(
        round=number,
        branches=kept,
        evaluated=16 * number,
        admitted=number * branches,
        rejected={"noise": number, "crowded": 3 * number},
        budget=budget,
        seconds=seconds,
        best=(1, best),
    )


def test_counts_speed_and_time_left_follow_from_rounds() -> None:
    record = Record()
    record.start(_started(160), Earlier())
    assert record.accepted_share is None
    assert record.seconds_left is None
    record.add(_round(1, best=0.2, seconds=4.0), Earlier())
    assert record.per_second == pytest.approx(4.0)
    record.add(_round(2, best=0.5, seconds=6.0, branches=2), Earlier())
    assert record.per_second == pytest.approx(8.0)  # the last 16 took 2 s
    assert record.seconds_left == pytest.approx((160 - 32) / 8.0)
    assert record.accepted_share == pytest.approx(4 / 32)
    assert record.rejected == {"crowded": 6, "noise": 2}
    assert list(record.rejected) == ["crowded", "noise"]


def test_rounds_that_come_all_at_once_say_nothing_of_speed() -> None:
    record = Record()
    record.start(_started(160), Earlier())
    for number in range(1, 5):
        record.add(_round(number, best=0.2, seconds=8.0 + 0.01 * number), Earlier())
    assert record.per_second == pytest.approx(64 / 8.04)


def test_the_best_so_far_never_falls() -> None:
    record = Record()
    record.start(_started(160), Earlier())
    for number, best in enumerate((0.2, 0.6, 0.3), start=1):  # the best one was killed
        record.add(_round(number, best=best, seconds=float(number)), Earlier())
    assert record.best == [(16, 0.2), (32, 0.6), (48, 0.6)]
    assert record.kept == [(16, 0.2), (32, 0.6), (48, 0.3)]


def test_old_speed_is_forgotten() -> None:
    record = Record()
    record.start(_started(1600), Earlier())
    for number in range(1, 60):
        slow = number <= 10
        seconds = 10.0 * number if slow else 100.0 + (number - 10)
        record.add(_round(number, best=0.1, seconds=seconds, budget=1600), Earlier())
    assert record.per_second == pytest.approx(16.0)


def test_going_on_adds_up_and_a_new_run_begins_anew() -> None:
    record = Record()
    record.start(_started(160), Earlier())
    record.add(_round(2, best=0.5, seconds=4.0), Earlier())
    record.start(_started(128), Earlier(evaluated=32, admitted=2))
    record.add(_round(1, best=0.4, seconds=2.0, budget=128), Earlier(evaluated=32, admitted=2))
    assert (record.evaluated, record.admitted, record.budget) == (48, 3, 160)
    assert record.rejected == {"crowded": 9, "noise": 3}
    assert record.best[-1] == (48, 0.5)
    record.finish(
        Finished(
            run=2,
            seed=1,
            strategy="beam",
            scorer="measures",
            device="cpu",
            evaluated=32,
            admitted=2,
            seconds=3.0,
            stopped=True,
            best=None,
            rejected={"noise": 5},
        ),
        Earlier(evaluated=32, admitted=2),
    )
    assert record.stopped
    assert record.seconds_left is None
    assert record.rejected == {"noise": 7, "crowded": 6}
    record.start(_started(10), Earlier())
    assert record.best == []
    assert record.rejected == {}


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (61, "1:01 min"), (7322, "2:02 h")]
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
