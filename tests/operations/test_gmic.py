"""G'MIC's filters where its package is installed, and what is said where it is not."""

from __future__ import annotations

import importlib.util
import sys

import cv2
import numpy as np
import pytest

from layerforge.model.errors import UnknownOperation
from layerforge.model.step import Call
from layerforge.operations.operation import Operation
from layerforge.operations.registry import EXTRAS, build, toolbox
from tests.operations.pictures import cut_out, drawn, photo, rendered

INSTALLED = importlib.util.find_spec("gmic") is not None
THEIRS = [one for one in toolbox().operations.values() if one.family() == "gmic"]


installed = pytest.mark.skipif(not INSTALLED, reason="needs the extra layerforge[gmic]")


def names(operation: type[Operation]) -> str:
    return operation.__name__


def test_the_family_is_there_only_with_the_extra() -> None:
    assert len(THEIRS) >= 30 if INSTALLED else not THEIRS


def test_a_missing_extra_is_named() -> None:
    # and where it is there, it is not to blame
    words = "newer LayerForge" if INSTALLED else r'pip install "layerforge\[gmic\]"'
    with pytest.raises(UnknownOperation, match=rf"'gmic\.no_such'.*{words}"):
        build(Call(name="gmic.no_such"))


def test_a_folder_of_that_name_is_no_package(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gmic").mkdir()  # type: ignore[operator]
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "gmic", raising=False)
    assert not EXTRAS["gmic"].installed()


@installed
@pytest.mark.parametrize("operation", THEIRS or [Operation], ids=names)
def test_it_does_something_the_same_every_time_and_keeps_alpha(operation: type[Operation]) -> None:
    one = drawn(operation, 1)[0]
    given = cut_out(192, 128)
    first = rendered(one, given)
    assert np.array_equal(first[..., 3], given[..., 3])
    assert first.tobytes() == rendered(one, given).tobytes()
    assert np.abs(first - given).mean() * 255 > 0.3


@installed
@pytest.mark.parametrize("operation", THEIRS or [Operation], ids=names)
def test_a_larger_rendering_looks_the_same(operation: type[Operation]) -> None:
    one = drawn(operation, 1)[0]
    large = rendered(one, photo(900, 600))
    shrunk = cv2.resize(large, (600, 400), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - rendered(one, photo(600, 400))).mean() * 255 < 10
