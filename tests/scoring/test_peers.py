import numpy as np
import pytest

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402

from layerforge.scoring.peers import make_contest  # noqa: E402

SMALL = {
    "embed_dim": 32,
    "quick_gelu": True,
    "vision_cfg": {
        "image_size": 64, "layers": 2, "width": 64, "patch_size": 16, "head_width": 32,
    },
    "text_cfg": {"context_length": 8, "vocab_size": 32, "width": 32, "heads": 2, "layers": 1},
}  # fmt: skip


@pytest.fixture
def pictures(monkeypatch):
    monkeypatch.setattr(open_clip, "get_model_config", lambda _: SMALL)
    return np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)


def test_the_contestants_do_the_same(pictures):
    before = torch.get_rng_state()
    contest = make_contest("small", pictures, device="cpu", precision="float32")
    assert torch.equal(torch.get_rng_state(), before)
    ours = contest.scorer.judge(pictures).values
    assert np.abs(contest.plainly(pictures) - ours).max() < 1e-4
    contest.encode()


def test_the_bare_encoder_is_all_in_the_pipelines_precision(pictures):
    contest = make_contest("small", pictures, device="cpu", precision="bfloat16")
    assert {value.dtype for value in contest.bare.state_dict().values()} == {torch.bfloat16}
    assert contest.single.conv1.weight.dtype == torch.float32
    contest.prepare(pictures[:2])
    assert (len(contest.inputs), contest.inputs.dtype) == (2, torch.bfloat16)
    contest.encode()
