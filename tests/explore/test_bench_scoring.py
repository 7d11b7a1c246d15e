import open_clip

from layerforge.explore import bench_scoring
from layerforge.explore.bench_line import Effort
from layerforge.explore.bench_scoring import scoring_lines
from tests.scoring.test_peers import SMALL


def test_without_its_libraries_the_peers_are_named(monkeypatch):
    monkeypatch.setattr(bench_scoring, "missing_libraries", lambda: "torch")
    lines = list(scoring_lines(Effort()))
    assert {(one.ours, one.ratio, one.note) for one in lines} == {
        (None, None, "torch is not installed")
    }
    assert [one.what.split(",")[0] for one in lines] == [
        "CLIP ViT-B-32", "CLIP ViT-B-32", "CLIP ViT-L-14", "CLIP ViT-L-14",
        "a round's picks",
    ]  # fmt: skip


def test_both_encoders_and_novelty_are_measured(monkeypatch):
    monkeypatch.setattr(open_clip, "get_model_config", lambda _: SMALL)
    for name, value in (("_SIDE_PX", 64), ("_PICTURES", 16), ("_KEPT", 100)):
        monkeypatch.setattr(bench_scoring, name, value)
    lines = list(scoring_lines(Effort(turns=1, device="cpu")))
    assert [(one.what, one.against.split(" ")[1]) for one in lines] == [
        ("CLIP ViT-B-32, pictures of 64 x 64", "loop"),
        ("CLIP ViT-B-32, pictures of 64 x 64", "bare"),
        ("a round's picks, gate and novelty among 100 branches", "that"),
        ("CLIP ViT-L-14, pictures of 64 x 64", "loop"),
        ("CLIP ViT-L-14, pictures of 64 x 64", "bare"),
    ]
    assert [one.goal for one in lines][1:] == [0.95, 10.0, lines[0].goal, 0.95]
    for one in lines:
        assert one.ours > 0
        assert one.peer > 0
        assert one.ratio > 0
