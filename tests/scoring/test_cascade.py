import time

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from layerforge.scoring import cascade, clip  # noqa: E402
from layerforge.scoring.cascade import CascadeScorer, load_cascade  # noqa: E402
from layerforge.scoring.checkpoints import WeightsMissing  # noqa: E402
from layerforge.scoring.heads import Head  # noqa: E402
from layerforge.scoring.jury import Jury, members_of, second_voters  # noqa: E402
from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from layerforge.scoring.scorer import Scorer  # noqa: E402
from layerforge.scoring.voters import MeasuresScorer  # noqa: E402
from tests.small_clip import make_encoder, make_head  # noqa: E402


def load(folder, heads, **options):
    scorer = load_clip_scorer(
        encoder=folder, heads=heads[:1], device="cpu", precision="float32", **options
    )
    return clip.ClipScorer(
        scorer._tower,
        preprocess=scorer._preprocess,
        heads=heads,
        encoder=scorer._encoder,
        device=torch.device("cpu"),
        precision="float32",
        batch_size=scorer.batch_size,
        words=scorer._words,
    )


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A small and a large scorer, as the preset ``best`` pairs them."""
    base = tmp_path_factory.mktemp("clip")
    small = make_encoder(base / "small")
    large = make_encoder(base / "large", side=96, dim=64, width=96, layers=3, reads=True)
    first, second = make_head("local-dir:small"), make_head("local-dir:large", dim=64)
    v1 = Head(second.vector, second.bias, "one", second.encoder, "v1")
    v2 = Head(-second.vector, second.bias, "two", second.encoder, "v2")
    return load(small, [first]), load(large, [v1, v2], prompts=True, more_like=["sea"])


@pytest.fixture(scope="module")
def patches(photographs):
    return np.stack([one[y : y + 96, y : y + 96] for one in photographs.values() for y in (0, 90)])


def test_both_judge_and_their_parts_stand_side_by_side(pair, patches):
    small, large = pair
    both = CascadeScorer(small, large)
    assert isinstance(both, Scorer)
    verdict = both.judge(patches)
    assert tuple(verdict.parts) == both.voters
    assert both.voters == ("aesthetic", "aesthetic-v1", "aesthetic-v2", "prompts", "more like: sea")
    assert np.array_equal(verdict.parts["aesthetic"], small.judge(patches).values)
    assert np.array_equal(verdict.parts["prompts"], large.judge(patches).parts["prompts"])
    assert np.array_equal(verdict.embeddings, large.embed(patches))
    assert both.encoder == large.encoder
    assert both.batch_size == large.batch_size
    assert small.description in both.description
    assert large.description in both.description
    assert second_voters(Jury([both, MeasuresScorer()])) == small.voters
    assert members_of(Jury([both, MeasuresScorer()]))[:2] == (small, large)
    assert both.fingerprint not in (small.fingerprint, large.fingerprint)


def test_the_small_one_can_be_asked_alone(pair, patches):
    small, large = pair
    screened = CascadeScorer(small, large).screen(patches)
    assert np.array_equal(screened.values, small.judge(patches).values)


def test_voters_of_one_name_are_refused(pair):
    small, _ = pair
    with pytest.raises(ValueError, match="voter called aesthetic"):
        CascadeScorer(small, small)


def test_the_preset_needs_all_its_files_and_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    start = time.monotonic()
    with pytest.raises(WeightsMissing, match="layerforge models fetch best") as caught:
        load_cascade(models_dir=tmp_path)
    assert time.monotonic() - start < 5
    for name in ("ViT-B-32-quickgelu/openai", "ViT-L-14-quickgelu/openai", "sac+logos+ava1"):
        assert name in str(caught.value)


def test_the_preset_pairs_each_encoder_with_its_heads(monkeypatch):
    """With the catalogue's encoders loaded from folders: what is paired is what counts here."""
    given = []
    monkeypatch.setattr(cascade, "require", lambda *_, **__: None)
    monkeypatch.setattr(cascade, "locate_published", lambda encoder, **_: encoder)
    monkeypatch.setattr(cascade, "published_heads", lambda pairing, **_: pairing.heads)

    class Loaded:
        def __init__(self, found, *, heads, words, **_):
            given.append((found.name, [head.name for head in heads], words))
            self.voters = (found.name,)

    monkeypatch.setattr(cascade, "load_judge", Loaded)
    load_cascade(more_like=["sea"])
    (small, small_heads, no_words), (large, large_heads, words) = given
    assert (small, small_heads) == ("ViT-B-32-quickgelu/openai", ["sa_0_4_vit_b_32_linear"])
    assert large == "ViT-L-14-quickgelu/openai"
    assert large_heads == ["sa_0_4_vit_l_14_linear", "sac+logos+ava1-l14-linearMSE"]
    assert no_words.voters == ()
    assert words.voters == ("prompts", "more like: sea")
