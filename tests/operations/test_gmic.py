"""G'MIC's filters where its package is installed, and what is said where it is not."""

from __future__ import annotations

import importlib.util
import sys

import cv2
import numpy as np
import pytest
from msgspec.structs import replace

from layerforge.model.errors import UnknownOperation
from layerforge.model.step import Call, ParameterValue
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Number, Seed, Whole
from layerforge.operations.pixels import Pixels, luma
from layerforge.operations.registry import EXTRAS, build, toolbox
from tests.operations.pictures import context, cut_out, drawn, photo, rendered

INSTALLED = importlib.util.find_spec("gmic") is not None
THEIRS = [one for one in toolbox().operations.values() if one.family() == "gmic"]


installed = pytest.mark.skipif(not INSTALLED, reason="needs the extra layerforge[gmic]")


def names(operation: type[Operation]) -> str:
    return operation.__name__


def test_the_family_is_there_only_with_the_extra() -> None:
    assert len(THEIRS) >= 32 if INSTALLED else not THEIRS


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


@installed
@pytest.mark.parametrize("operation", THEIRS or [Operation], ids=names)
def test_its_effect_is_seen_and_leaves_a_picture(operation: type[Operation]) -> None:
    for one in drawn(operation, 3, seed=3):
        given = photo(240, 160)
        made = rendered(one, given)
        assert np.abs(made - given)[..., :3].mean() * 255 > 1.0
        if operation.tag() not in MOVES_OR_TURNS_OVER:
            assert likeness(given, made) > 0.25


@installed
@pytest.mark.parametrize("operation", THEIRS or [Operation], ids=names)
def test_a_range_that_it_declares_is_seen(operation: type[Operation]) -> None:
    one, given = drawn(operation, 1)[0], photo(240, 160)
    ranges = {
        name: parameter.drawn
        for name, parameter in operation.parameters().items()
        if isinstance(parameter, Number | Whole) and not isinstance(parameter, Seed)
    }
    seen = []
    for name, drawn_range in ranges.items():
        assert drawn_range is not None
        low, middle = drawn_range[0], sum(drawn_range) / 2  # both ends of a circle are one
        ends = [
            rendered(replace(one, **{name: type(getattr(one, name))(value)}), given)
            for value in (low, middle)
        ]
        seen.append(float(np.abs(ends[0] - ends[1]).mean() * 255))
        if seen[-1] > 1.5:
            return
    raise AssertionError(f"none of {list(ranges)} is seen: {seen}")


MOVES_OR_TURNS_OVER = {
    "gmic.twirl",
    "gmic.fisheye",
    "gmic.array_fade",
    "gmic.edge_bands",
    "gmic.solarise",
}


def likeness(given: Pixels, made: Pixels) -> float:
    """How the coarse tones of two pictures go together, -1 to 1; about 0 for noise."""
    coarse = [
        cv2.resize(luma(one[..., :3]), (24, 16), interpolation=cv2.INTER_AREA).ravel()
        for one in (given, made)
    ]
    return float(np.corrcoef(coarse)[0, 1])


# on a sheet of 768x512 pixels, as G'MIC's reference words them
BY_HAND = [
    ("tunnel", {"depth": 4, "factor": 75.0, "opacity": 0.8}, "tunnel 4,75%,0.5,0.5,0.8"),
    (
        "resynthesis",
        {"seed": 5, "opacity": 0.5},
        "srand 5 +syntexturize 768,512 blend softlight,0.5",
    ),
    (
        "rods",
        {"reach": 10.0, "thickness": 8.0, "sharpness": 300.0, "rods": 5, "turn": 30.0},
        "rodilius 10,8,300,5,30",
    ),
    ("glow", {"radius": 0.0390625}, "glow 20"),
    ("sponge", {"size": 0.03125}, "srand 7 sponge 16"),
    ("edge_bands", {"fine": 0.0048828125, "coarse": 0.01953125}, "dog 2.5,10 n 0,255"),
    (
        "waves",
        {"height": 0.01953125, "frequency": 0.2, "x": 30.0, "y": 60.0},
        "wave 10,0.2,0,30,60",
    ),
    ("fisheye", {"x": 40.0, "y": 60.0, "radius": 80.0}, "fisheye 40,60,80"),
    ("symmetrize", {"angle": 30.0}, "symmetrize 50%,50%,30,3"),
    ("radial_blur", {"amplitude": 3.0}, "blur_radial 3%"),
    ("old_photo", {"seed": 9}, "srand 9 old_photo"),
    ("watershed", {"threshold": 2.0}, "segment_watershed 2"),
    ("solarise", {}, "solarize"),
]


@installed
@pytest.mark.parametrize(("name", "values", "command"), BY_HAND, ids=lambda one: str(one)[:24])
def test_it_is_the_command_worked_by_hand(
    name: str, values: dict[str, ParameterValue], command: str
) -> None:
    import gmic

    given = photo(768, 512)
    made = build(Call(name=f"gmic.{name}", parameters=values)).render(given, context(given))
    sheet = np.rint(given[..., :3].astype(np.float64) * 255 * 16) / 16
    image = gmic.Image.from_yxc(np.ascontiguousarray(sheet, dtype=np.float32))
    planes = gmic.run(command, gmic.ImageList([image]))[0].to_numpy()[:, :, 0]
    raw = np.clip(planes.transpose(1, 0, 2) / 255, 0, 1)
    if raw.shape != given[..., :3].shape:
        raw = np.clip(cv2.resize(raw, (768, 512), interpolation=cv2.INTER_AREA), 0, 1)
    assert np.abs(made[..., :3] - raw).mean() * 255 < 0.1
    assert np.abs(raw - given[..., :3]).mean() * 255 > 2  # the command itself does something


@installed
@pytest.mark.parametrize("operation", THEIRS or [Operation], ids=names)
def test_a_larger_rendering_looks_the_same(operation: type[Operation]) -> None:
    one = drawn(operation, 1)[0]
    large = rendered(one, photo(900, 600))
    shrunk = cv2.resize(large, (600, 400), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - rendered(one, photo(600, 400))).mean() * 255 < 10
