import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402

from layerforge.model.errors import LayerForgeError  # noqa: E402
from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from layerforge.scoring.prompts import PAIRS, TEMPLATES, Wording, wording  # noqa: E402
from layerforge.scoring.text import TextUnreadable  # noqa: E402
from tests.small_clip import SIDE, make_encoder, make_head  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_encoder(tmp_path_factory.mktemp("clip") / "reading", reads=True)


@pytest.fixture(scope="module")
def patches(photographs):
    return np.stack(
        [
            photograph[y : y + SIDE, x : x + SIDE]
            for photograph in photographs.values()
            for y, x in [(0, 0), (100, 50), (200, 400)]
        ]
    )


def load(folder, **options):
    return load_clip_scorer(encoder=folder, device="cpu", precision="float32", **options)


@pytest.fixture(scope="module")
def whole(folder):
    """The whole model, and its texts' unit embeddings by the plainest way."""
    model = open_clip.create_model(f"local-dir:{folder}").eval()

    def read(text):
        with torch.no_grad():
            row = model.encode_text(open_clip.tokenize([text]))[0]
        return (row / row.norm()).double().numpy()

    return model, read


def test_pairs_vote_by_a_softmax_over_each_pair_and_template(folder, whole, patches):
    scorer = load(folder, prompts=True)
    verdict = scorer.judge(patches)
    model, read = whole
    scale = model.logit_scale.detach().exp().item()
    for row, vote in zip(verdict.embeddings, verdict.parts["prompts"], strict=True):
        chances = []
        for good, bad in PAIRS:
            for way in TEMPLATES:
                logits = scale * np.array([row @ read(way.format(text)) for text in (good, bad)])
                chances.append(np.exp(logits[0]) / np.exp(logits).sum())
        assert vote == pytest.approx(np.mean(chances), abs=1e-5)
    assert np.ptp(verdict.parts["prompts"]) > 1e-3
    assert scorer.voters == ("prompts",)


def test_texts_of_ones_own_vote_by_likeness(folder, whole, patches):
    scorer = load(folder, prompts=False, more_like=["a red Barn"], less_like=["fog", "fog "])
    verdict = scorer.judge(patches)
    _, read = whole
    assert scorer.voters == tuple(verdict.parts) == ("more like: a red Barn", "less like: fog")
    for text, vote, sign in zip(
        ("a red Barn", "fog"), verdict.parts.values(), (1.0, -1.0), strict=True
    ):
        towards = np.mean([read(way.format(text)) for way in TEMPLATES], axis=0)
        likeness = verdict.embeddings @ (towards / np.linalg.norm(towards))
        assert np.allclose(vote, sign * likeness, atol=1e-5)
    assert "more like 'a red Barn'" in scorer.description


def test_votes_of_several_kinds_stand_side_by_side(folder, patches):
    head = make_head("local-dir:reading")
    scorer = load(folder, heads=[head], prompts=True, more_like=["moss"])
    verdict = scorer.judge(patches)
    assert set(verdict.parts) == {"aesthetic", "prompts", "more like: moss"}
    assert np.array_equal(verdict.parts["aesthetic"], head.score(verdict.embeddings))
    again = load(folder, heads=[head], prompts=True, more_like=["moss"])
    assert again.fingerprint == scorer.fingerprint
    assert load(folder, heads=[head], prompts=True).fingerprint != scorer.fingerprint


def test_the_text_tower_is_let_go_after_use(folder):
    scorer = load(folder, prompts=True)
    assert all(value.shape[0] != 49408 for value in scorer._tower.parameters())


def test_a_text_tower_that_cannot_read_is_an_error(tmp_path, folder):
    with pytest.raises(TextUnreadable, match="32 pieces of words"):
        load(make_encoder(tmp_path / "small"), prompts=True)
    other = tmp_path / "other"
    make_encoder(other, reads=True)
    config = json.loads((other / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"]["hf_tokenizer_name"] = "x/y"
    (other / "open_clip_config.json").write_text(json.dumps(config))
    with pytest.raises(TextUnreadable, match="tokenizer from the network"):
        load(other, prompts=True)


def test_a_text_that_does_not_fit_is_an_error_not_cut_off(folder):
    with pytest.raises(TextUnreadable, match="word pieces"):
        load(folder, more_like=["ä€ß " * 40])


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "x" * 201])
def test_what_is_no_line_of_text_is_refused(text):
    with pytest.raises(LayerForgeError, match="one line"):
        wording(pairs=False, more_like=[text])


def test_more_and_less_of_the_same_is_refused():
    with pytest.raises(LayerForgeError, match="'sea'"):
        Wording(more=("sea",), less=("sea",))


def test_braces_in_a_text_are_letters():
    assert "this is {0} and {}" in Wording(more=("{0} and {}",)).texts()
