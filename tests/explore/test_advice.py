from dataclasses import replace

import numpy as np
import pytest

from layerforge.explore import explorer
from layerforge.explore.advice import advice
from layerforge.explore.events import Note
from layerforge.scoring.voters import MeasuresScorer


@pytest.mark.parametrize(
    ("rejected", "helps"),
    [
        ({"blank": 9, "below_gate": 8}, "images with more in them"),
        ({"plain": 3}, "more images"),
        ({"below_gate": 4, "duplicate": 3, "crowded": 3}, "raise noise"),
        ({"outvoted": 5, "below_gate": 5, "plain": 7}, "raise temperature"),
        ({"failed": 2}, "could not be rendered"),
    ],
)
def test_it_goes_by_the_most_frequent_kind_of_reason(rejected, helps):
    line = advice(rejected)
    assert helps in line
    assert line.startswith(f"none of {sum(rejected.values())} candidates was kept (")


def test_reasons_come_in_words_the_most_frequent_first():
    line = advice({"plain": 2, "blank": 30, "noise": 0})
    assert "(30 blank, 2 hardly more than a source)" in line


class Alike(MeasuresScorer):
    """An encoder to which all pictures are one and the same."""

    def judge(self, pictures):
        verdict = super().judge(pictures)
        same = np.zeros_like(verdict.embeddings)
        same[:, 0] = 1.0
        return replace(verdict, embeddings=same)


def test_a_run_that_keeps_nothing_ends_early_and_says_why(make_exploration, monkeypatch):
    """All candidates are as near to the sources as these to themselves: plain, every one."""
    monkeypatch.setattr(explorer, "IN_VAIN", 48)
    exploration = make_exploration()
    finished = exploration.run(budget=4000, scorer=Alike())
    assert finished.admitted == 0
    assert 48 <= finished.evaluated <= 48 + 3 * 16
    assert not finished.stopped
    (told,) = [one.text for one in exploration.events if isinstance(one, Note)]
    assert "hardly more than a source" in told
    assert "give it more images" in told
    assert exploration.run(budget=16, scorer=Alike()).evaluated == 16  # and goes on if asked to
