import time

import numpy as np
import pytest

from layerforge.explore import bench
from layerforge.explore.bench import Effort, Line, rates, run_all


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


def test_registered_lines_come_in_order(monkeypatch):
    monkeypatch.setattr(bench, "_measures", [])
    line = Line("a", "x/s", 2.0, "b", 1.0, 2.0)

    @bench.measure
    def first(effort):
        yield line
        yield Line(f"{effort.turns} turns", "x/s", None, "b", None, None, note="b is not here")

    assert [one.what for one in run_all(Effort(turns=7))] == ["a", "7 turns"]


def test_without_its_libraries_the_peers_are_named(monkeypatch):
    monkeypatch.setattr(bench, "missing_libraries", lambda: "torch")
    first, second = bench.clip_lines(Effort())
    assert (first.ours, first.ratio, first.note) == (None, None, "torch is not installed")
    assert "PIL" in first.against
    assert "bare encoder" in second.against


def test_the_contestants_do_the_same(monkeypatch):
    torch = pytest.importorskip("torch")
    import open_clip

    from layerforge.scoring.peers import make_contest

    small = {
        "embed_dim": 32,
        "quick_gelu": True,
        "vision_cfg": {
            "image_size": 64, "layers": 2, "width": 64, "patch_size": 16, "head_width": 32,
        },
        "text_cfg": {"context_length": 8, "vocab_size": 32, "width": 32, "heads": 2, "layers": 1},
    }  # fmt: skip
    monkeypatch.setattr(open_clip, "get_model_config", lambda _: small)
    pictures = np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)
    before = torch.get_rng_state()
    contest = make_contest("small", pictures, device="cpu", precision="float32")
    assert torch.equal(torch.get_rng_state(), before)
    ours = contest.scorer.judge(pictures).values
    assert np.abs(contest.plainly(pictures) - ours).max() < 1e-4
    contest.encode()
