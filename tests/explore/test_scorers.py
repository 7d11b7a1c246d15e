import sys
import threading

import numpy as np
import pytest

from layerforge.explore.scorers import ClipNotInstalled, begin_choosing, choose_scorer
from layerforge.explore.settings import ClipSettings
from layerforge.model.errors import LayerForgeError
from layerforge.scoring.checkpoints import WeightsMissing
from layerforge.scoring.heads import HeadMismatch
from tests.small_clip import make_encoder, make_head


@pytest.fixture(params=[("torch",), ("open_clip",), ("torch", "open_clip")])
def lacking(request, monkeypatch):
    """Libraries that can't be imported, as in an app that was bundled without them."""
    for name in request.param:
        monkeypatch.setitem(sys.modules, name, None)
    return request.param


def test_clip_without_its_libraries_fails_with_one_line_that_names_them(lacking):
    with pytest.raises(ClipNotInstalled) as caught:
        choose_scorer("clip")
    assert f"needs {' and '.join(lacking)}," in str(caught.value)
    assert "measures" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_missing_libraries_come_before_the_missing_weights(lacking, monkeypatch, tmp_path):
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "none"))
    with pytest.raises(ClipNotInstalled):
        choose_scorer("clip")


def test_an_encoder_of_ones_own_does_not_get_around_them(lacking, monkeypatch, tmp_path):
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(tmp_path))
    with pytest.raises(ClipNotInstalled):
        choose_scorer("clip")


def test_auto_judges_with_measures_then_and_says_why(lacking):
    choice = choose_scorer("auto")
    assert (choice.scorer.name, choice.device) == ("measures", "cpu")
    assert f"needs {' and '.join(lacking)}," in choice.reason


def test_measures_need_none_of_them(lacking):
    assert choose_scorer("measures").scorer.name == "measures"


def test_what_only_clip_can_do_is_not_left_undone_in_silence(monkeypatch):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    for settings in (
        ClipSettings(more_like=("sea",)),
        ClipSettings(less_like=("sea",)),
        ClipSettings(clip_model="ViT-B-16-quickgelu/openai"),
    ):
        with pytest.raises(LayerForgeError, match="the scorer is measures"):
            choose_scorer("measures", settings=settings)
        with pytest.raises(WeightsMissing, match="not on this machine"):
            choose_scorer("auto", settings=settings)


def test_the_preset_says_what_to_fetch(monkeypatch):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    with pytest.raises(WeightsMissing, match="models fetch best"):
        choose_scorer("clip", settings=ClipSettings(preset="best"))


def test_choosing_in_the_background_gives_the_same_or_the_same_error(monkeypatch):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    assert begin_choosing("measures").result(timeout=60).scorer.name == "measures"
    with pytest.raises(WeightsMissing):
        begin_choosing("clip").result(timeout=60)


def test_settings_reach_the_scorer(monkeypatch, tmp_path):
    pytest.importorskip("torch")
    from tests.small_clip import make_encoder, make_head

    folder = make_encoder(tmp_path / "small", reads=True)
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    told = []
    settings = ClipSettings(
        clip_model=str(folder), precision="bfloat16", views=2, more_like=("sea",)
    )
    choice = begin_choosing("auto", device="cpu", settings=settings, on_notice=told.append).result(
        timeout=60
    )
    assert (choice.scorer.precision, choice.scorer.views) == ("bfloat16", 2)
    assert choice.scorer.voters == ("aesthetic", "more like: sea")
    assert told[0] == "loading CLIP local-dir:small"
    assert "as asked" in choice.reason


def test_loading_goes_on_in_the_background(tmp_path):
    pytest.importorskip("torch")
    folder = make_encoder(tmp_path / "small")
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, encoder=head.encoder)
    may_load, told = threading.Event(), []

    def on_notice(line):
        told.append((line.split()[0], threading.current_thread()))
        assert may_load.wait(30)  # in the foreground nobody would let it go on

    choosing = begin_choosing(
        "clip", device="cpu", settings=ClipSettings(clip_model=str(folder), precision="float32"),
        on_notice=on_notice,
    )  # fmt: skip
    assert not choosing.done()
    may_load.set()
    assert choosing.result(timeout=60).scorer.name == "clip"
    assert told[0][0] == "loading"
    assert all(thread is not threading.main_thread() for _, thread in told)


@pytest.mark.parametrize("preset", ["fast", "best"])
def test_a_head_of_another_encoder_is_refused_before_gigabytes_are_to_be_fetched(
    tmp_path, monkeypatch, preset
):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    np.savez(tmp_path / "mine.npz", vector=np.ones(512), encoder="ViT-B-16-quickgelu/openai")
    settings = ClipSettings(preset=preset, heads=(str(tmp_path / "mine.npz"),))
    with pytest.raises(HeadMismatch, match="made for ViT-B-16-quickgelu/openai, not for ViT-B-32"):
        choose_scorer("clip", settings=settings)
