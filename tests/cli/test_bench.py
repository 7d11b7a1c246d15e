from layerforge.explore import bench
from layerforge.explore.bench_line import Line

FAST = Line("pipeline", "pictures/s", 60.0, "a loop", 15.0, 4.0, 3.5, "cpu")
SLOW = Line("pipeline", "pictures/s", 60.0, "the encoder", 70.0, 0.857, 0.95, "cpu")
LONG = Line("stylize.oil", "ms", 848.0, "a blur", 25.7, 25.7 / 848, 1 / 60, as_time=True)
SHORT = Line("a multiply layer", "ms", 2.0, "a peer", 1.0, 0.5, 2.0, as_time=True)
ABSENT = Line("pipeline", "pictures/s", None, "a rival", None, None, note="it is not installed")


def test_lines_are_told_with_their_peers_and_goals(command, monkeypatch):
    monkeypatch.setattr(
        bench, "_measures", {"a": lambda _: iter([FAST, SLOW, ABSENT, LONG, SHORT])}
    )
    told = command("bench")
    assert told.code == 0
    machine, fast, slow, absent, long, short = told.out.splitlines()
    assert "848.0 ms against 25.7 of a blur: 33 times as long, at most 60: met" in long
    assert "2.0 ms against 1.0 of a peer: 2 times as long, at most 0.5: missed" in short
    assert "cores" in machine
    assert "60.0 pictures/s against 15.0 of a loop: 4.00 times as fast, at least 3.5: met" in fast
    assert "at least 0.95: missed" in slow
    assert "not measured against a rival (it is not installed)" in absent


def test_the_same_as_json(command, monkeypatch):
    monkeypatch.setattr(bench, "_measures", {"a": lambda effort: iter([FAST] * effort.turns)})
    told = command("bench", "--turns", 2, "--json")
    assert len(told.json["lines"]) == 2
    assert told.json["lines"][0]["ratio"] == 4.0
    assert "cores" in told.json["machine"]
