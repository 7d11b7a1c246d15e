"""Recipes with something wrong in them: one line says in which file, where, and what."""

import json

import pytest

from layerforge.model.canvas import MAX_NESTING
from tests.cli.test_bad_input import assert_failed


def step(name, target=None, **parameters):
    return {"operation": {"name": name, "parameters": parameters}, "target": target}


def sheet(layer="x", **changes):
    values = {"layer": layer, "color": [0.2, 0.3, 0.4], "place": "top", "opacity": 0.5}
    return step("layout.add_color", **(values | changes))


def stamp(number):
    where = {"scale": 1.0, "angle": 0.0, "x": 0.0, "y": 0.0, "opacity": 0.5}
    return step("layout.stamp_visible", layer=f"s{number}", **where)


def recipe(*steps, **changes):
    whole = {
        "format": "layerforge-recipe",
        "version": 1,
        "canvas": {"width": 8, "height": 8},
        "sources": [],
        "steps": steps,
    }
    return json.dumps(whole | changes)


def blur(value):
    """A recipe whose second step has ``value``, JSON, as radius."""
    given = recipe(sheet(), step("blur.gaussian", radius="VALUE"))
    return given.replace('"VALUE"', value)


BLUR = "step 2 (blur.gaussian)"
MOVED = {"reach": 0.01, "smooth": 0.01}
CASES = {
    "not a number": (blur("NaN"), BLUR, "radius", "got nan"),
    "infinite": (blur("-Infinity"), BLUR, "radius", "got -inf"),
    "too large for a float": (blur("1e999"), BLUR, "radius", "got inf"),
    "hundreds of digits": (blur("1" + "0" * 400), BLUR, "radius", "1329 bits"),
    "thousands of digits": (blur("1" + "0" * 5000), "number that is too long"),
    "out of range": (blur("99.5"), BLUR, "radius must be in [0, 0.05]", "got 99.5"),
    "a word": (blur('"big"'), BLUR, "radius", "got 'big'"),
    "a very long word": (blur(f'"{"big" * 999}"'), BLUR, "radius", "got 'big", "…"),
    "null": (blur("null"), BLUR, "radius", "got null"),
    "an object": (blur('{"a": 1}'), BLUR, "radius", "got {'a': 1}"),
    "true": (blur("true"), BLUR, "radius", "got true"),
    "a list": (blur("[0.1, 0.2]"), BLUR, "radius", "0.1, 0.2"),
    "a list of words": (blur('["a"]'), BLUR, "radius", "got ['a']"),
    "an unknown parameter": (
        recipe(step("blur.gaussian", radius=0.01, radios=3)),
        "step 1 (blur.gaussian)", "radios", "3", "it has radius",
    ),
    "a missing parameter": (recipe(step("blur.gaussian")), "step 1 (blur.gaussian)", "radius"),
    "an unknown word": (recipe(sheet(place="up")), "step 1 (layout.add_color)", "place", "'up'"),
    "a colour out of range": (recipe(sheet(color=[0, 0, 1.4])), "step 1", "color", "1.4"),
    "a colour that is not finite": (
        recipe(sheet(color=[0, 0, float("nan")])), "step 1", "color", "nan",
    ),
    "an unknown target": (
        recipe(sheet(), step("blur.gaussian", "nobody", radius=0.01)),
        BLUR, "target", "'nobody'", "(x)",
    ),
    "an impossible target": (
        recipe(sheet(), step("blur.gaussian", "no body", radius=0.01)), BLUR, "target", "'no body'",
    ),
    "a number as target": (
        recipe(sheet(), step("blur.gaussian", 5, radius=0.01)), BLUR, "target", "got 5",
    ),
    "an unknown layer": (
        recipe(sheet(), step("warp.displace", "x", layer="gone", **MOVED)),
        "step 2 (warp.displace)", "layer must be", "'gone'",
    ),
    "a layer that looks at itself": (
        recipe(sheet(), step("warp.displace", "x", layer="x", **MOVED)),
        "step 2 (warp.displace)", "circle",
    ),
    "a layer twice": (recipe(sheet(), sheet()), "step 2 (layout.add_color)", "'x'"),
    "nested too deep": (
        recipe(sheet(), *map(stamp, range(9))),
        f"step {MAX_NESTING + 1} (layout.stamp_visible)", f"more than {MAX_NESTING} deep",
    ),
    "too many layers": (
        recipe(*[sheet(f"x{number}") for number in range(65)]),
        "step 65 (layout.add_color)", "64 layers",
    ),
    "an impossible operation": (recipe(step("Magic Wand")), "step 1", "'Magic Wand'"),
    "no operation": (recipe({"target": None}), "step 1", "operation"),
    "no step": (recipe("hello"), "step 1", "'hello'"),
    "more than a step": (recipe(sheet() | {"more": 1}), "step 1 (layout.add_color)", "more"),
    "a source that is no id": (
        recipe(
            step(
                "layout.add_picture", source="xyz", layer="p", fit="cover", scale=1.0, x=0.0,
                y=0.0, angle=0.0, flip=False,
            )
        ),
        "step 1 (layout.add_picture)", "source", "'xyz'",
    ),
    "a canvas too wide": (
        recipe(sheet(), canvas={"width": 99_999, "height": 8}), "canvas.width", "99999",
    ),
    "a canvas without a width": (
        recipe(sheet(), canvas={"width": float("nan"), "height": 8}), "width", "nan",
    ),
    "brackets without an end": (
        '{"format": "layerforge-recipe", "steps": ' + "[" * 99_999 + "]" * 99_999 + "}", "deep",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_line_says_where_and_what(command, tmp_path, case):
    document, *words = CASES[case]
    (tmp_path / "r.json").write_text(document)
    told = command("replay", tmp_path / "r.json", "--to", tmp_path / "x.png")
    assert_failed(told, "r.json", *words)
    assert len(told.err) < 400
    assert not (tmp_path / "x.png").exists()


def test_what_is_right_is_replayed(command, tmp_path):
    (tmp_path / "r.json").write_text(blur("0.02"))
    assert command("replay", tmp_path / "r.json", "--to", tmp_path / "x.png").code == 0
