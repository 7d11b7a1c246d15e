from layerforge.explore import bench
from layerforge.explore.bench import run_all
from layerforge.explore.bench_line import Effort, Line


def test_registered_lines_come_in_order_and_by_part(monkeypatch):
    monkeypatch.setattr(bench, "_measures", {})
    line = Line("a", "x/s", 2.0, "b", 1.0, 2.0)

    @bench.measure("first")
    def first(effort):
        yield line
        yield Line(f"{effort.turns} turns", "x/s", None, "b", None, None, note="b is not here")

    @bench.measure("second")
    def second(effort):
        yield line

    assert [one.what for one in run_all(Effort(turns=7))] == ["a", "7 turns", "a"]
    assert list(run_all(Effort(), only="second")) == [line]


def test_rendering_and_scoring_are_measured():
    assert list(bench._measures) == ["rendering", "scoring"]
