import sys

import pytest

from layerforge.explore.scorers import ClipNotInstalled, choose_scorer


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
