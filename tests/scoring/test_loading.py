"""What is said of weights that go by a public name."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402

from layerforge.scoring import encoders, tower  # noqa: E402
from layerforge.scoring.catalogue import PublishedEncoder  # noqa: E402
from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from layerforge.scoring.verified import remember, sha256_of  # noqa: E402
from layerforge.scoring.weights import models_folder  # noqa: E402
from tests.scoring.test_head_files import B32, L14, ratings  # noqa: E402
from tests.small_clip import make_encoder, make_head  # noqa: E402

MODEL = "LF-tiny-quickgelu"


@pytest.fixture
def load(folder, tmp_path, monkeypatch):
    """Loads a small encoder under a public name; tells what was said meanwhile."""
    made = make_encoder(tmp_path / "small")
    (tmp_path / f"{MODEL}.json").write_text(
        json.dumps(json.loads((made / "open_clip_config.json").read_text())["model_cfg"])
    )
    factory = open_clip.factory
    monkeypatch.setattr(factory, "_MODEL_CONFIGS", dict(factory._MODEL_CONFIGS))
    monkeypatch.setattr(factory, "_MODEL_CONFIG_PATHS", list(factory._MODEL_CONFIG_PATHS))
    open_clip.add_model_config(tmp_path / f"{MODEL}.json")
    monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: {})

    def load(outlier):
        published = PublishedEncoder(
            model=MODEL, tag="t", repository="who/what", dim=48, patch_px=16, width=64, layers=2,
            megabytes=1, image_px=64, outlier=outlier,
        )  # fmt: skip
        monkeypatch.setattr(encoders, "ENCODERS", (published,))
        path = folder / published.file
        if not path.exists():
            folder.mkdir()
            path.write_bytes((made / "m.safetensors").read_bytes())
        told = []
        scorer = load_clip_scorer(
            encoder=published.name, heads=[make_head(published.name)], device="cpu",
            precision="float32", prompts=False, on_notice=told.append,
        )  # fmt: skip
        return scorer, told, path

    return load


def doubts(told):
    return [line for line in told if "do not behave like it" in line]


def test_weights_nobody_vouches_for_are_called_so_once(load):
    scorer, told, path = load(None)
    assert scorer.description.startswith(f"CLIP {MODEL}/t (weights not verified) with head")
    assert not doubts(told)
    remember(path, sha256_of(path), by="the hub")
    scorer, told, _ = load((0, 1.0))
    assert scorer.description.startswith(f"CLIP {MODEL}/t with head")
    assert not doubts(told)
    assert path.parent == models_folder()


def test_and_doubted_where_they_do_not_behave_like_the_model(load):
    scorer = load(None)[0]
    seen = scorer.embed(tower.coloured_waves(1, 64))[0]
    place = int(np.abs(seen).argmax())
    for value, doubted in ((float(seen[place]), 0), (-float(seen[place]), 1)):
        assert len(doubts(load((place, value))[1])) == doubted


@pytest.mark.parametrize("encoder", [B32, L14])
def test_published_embeddings_are_familiar_and_random_ones_are_not(encoder):
    published = next(one for one in encoders.ENCODERS if one.name == encoder)
    assert all(tower.is_familiar(published, row) for row in ratings(encoder))
    rng = np.random.default_rng(0)
    for row in rng.normal(size=(1000, published.dim)):
        assert not tower.is_familiar(published, row / np.linalg.norm(row))
