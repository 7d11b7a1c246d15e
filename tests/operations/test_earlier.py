"""Calls that earlier versions wrote still build."""

from __future__ import annotations

import pytest

from layerforge.model.errors import InvalidValue
from layerforge.model.step import Call
from layerforge.operations.earlier import todays
from layerforge.operations.glitch import PixelSort
from layerforge.operations.registry import build
from layerforge.operations.stylize import Kuwahara, OilPaint
from layerforge.operations.tone import Solarise


def test_the_oil_of_old_is_the_kuwahara_filter() -> None:
    was = {"radius": 0.012, "sharpness": 5.0, "strength": 0.8}
    got = build(Call(name="stylize.oil", parameters=dict(was)))
    assert got == Kuwahara(radius=0.012, sharpness=8.75, strength=0.8)
    for sharpness in (2.0, 8.0):  # the ends of its range
        build(Call(name="stylize.oil", parameters={**was, "sharpness": sharpness}))
    with pytest.raises(InvalidValue, match="radius"):
        build(Call(name="stylize.oil", parameters={**was, "radius": 0.5}))


def test_the_sorting_of_whole_lines_is_now_one_of_runs() -> None:
    for was, now in (("x", "rows"), ("y", "columns"), ("xy", "rows")):
        sorting = build(Call(name="gmic.pixel_sort", parameters={"axis": was}))
        assert isinstance(sorting, PixelSort)
        assert sorting.axis == now


def test_the_tunnel_of_old_has_copies_that_are_seen() -> None:
    was = Call(name="gmic.tunnel", parameters={"depth": 4, "factor": 70.0, "fade": 0.1})
    assert todays(was).parameters == {"depth": 4, "factor": 70.0, "opacity": 1.0}
    assert todays(todays(was)) == todays(was)


def test_what_is_written_today_stays() -> None:
    call = OilPaint(radius=0.012, relief=0.3, strength=0.8, seed=5).call()
    assert todays(call) is call
    assert isinstance(build(call), OilPaint)


def test_a_parameter_that_came_later_may_be_missing() -> None:
    """A recipe from before solarisation could be soft turns tones over as hard as it did."""
    was = {"level": 0.6, "strength": 0.5}
    assert build(Call(name="tone.solarise", parameters=dict(was))) == Solarise(
        level=0.6, strength=0.5, softness=0.0
    )
    with pytest.raises(InvalidValue, match="the parameter strength is missing"):
        build(Call(name="tone.solarise", parameters={"level": 0.6}))
