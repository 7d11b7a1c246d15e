import time

from layerforge.explore.bench_line import rates


def test_rates_are_items_a_second_and_their_ratio():
    def three():
        time.sleep(0.01)
        return 3

    def one():
        time.sleep(0.01)
        return 1

    ours, theirs, ratio = rates(three, one, turns=3)
    assert ours < 300
    assert theirs < 100
    assert 2 < ratio < 4.5
