"""Recipes: strict in, canonical out."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, NewerVersion
from layerforge.model.layer import Fill, Layer
from layerforge.model.recipe import (
    MAX_RECIPE_BYTES,
    RECIPE_VERSION,
    Recipe,
    RecipeSource,
    decode_recipe,
    encode_recipe,
)
from layerforge.model.step import Call, Step


def recipe() -> Recipe:
    return Recipe(
        canvas=Canvas(width=600, height=400),
        sources=(RecipeSource(id="a" * 64, width=640, height=427),),
        steps=(
            Step(operation=Call(name="tone.gamma", parameters={"gamma": 1.5})),
            Step(
                operation=Call(
                    name="layout.add_color",
                    parameters={"layer": "x", "color": (0.1, 0.2, 1.0), "place": "top"},
                ),
                target=None,
            ),
            Step(operation=Call(name="layout.remove"), target="x"),
        ),
        versions={"layerforge": "0.1.0"},
    )


def changed(**changes: Any) -> bytes:
    document = json.loads(encode_recipe(recipe()))
    return json.dumps({**document, **changes}).encode()


def test_a_recipe_survives_json() -> None:
    document = encode_recipe(recipe())
    assert decode_recipe(document) == recipe()
    assert encode_recipe(decode_recipe(document)) == document
    pretty = encode_recipe(recipe(), indent=2)
    assert b"\n" in pretty
    assert decode_recipe(pretty) == recipe()


def test_whole_numbers_and_fractions_keep_their_kind() -> None:
    values = {"count": 3, "share": 1.0, "flip": True, "way": "up", "color": (0.0, 1.0, 0.5)}
    one = Recipe(
        canvas=Canvas(width=8, height=8),
        sources=(),
        steps=(Step(operation=Call(name="a.b", parameters=values)),),
    )
    back = decode_recipe(encode_recipe(one)).steps[0].operation.parameters
    assert back == values
    assert [type(value) for value in back.values()] == [type(values[name]) for name in back]


def test_a_newer_version_is_named_before_anything_else() -> None:
    newer = changed(version=RECIPE_VERSION + 1, steps="of another kind", more=1)
    with pytest.raises(NewerVersion, match=f"version {RECIPE_VERSION + 1}.*up to"):
        decode_recipe(newer)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"surprise": 1}, "surprise"),
        ({"version": 0}, "version"),
        ({"version": "1"}, "version"),
        ({"canvas": {"width": 0, "height": 4}}, r"got 0 .*canvas\.width"),
        ({"canvas": {"width": 99_999, "height": 4}}, r"got 99999 .*canvas\.width"),
        ({"canvas": {"width": 4}}, "height"),
        ({"sources": [{"id": "xyz", "width": 1, "height": 1}]}, r"got 'xyz' .*sources\[0\]\.id"),
    ],
)
def test_what_breaks_the_format_is_named(change: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidValue, match=f"my recipe can't be read: .*{text}"):
        decode_recipe(changed(**change), what="my recipe")


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ({"operation": {"name": "No Name"}}, r"\(No Name\): .*got 'No Name' .*operation\.name"),
        ({"operation": {"name": "a.b"}, "target": "a b"}, r"\(a\.b\): .*got 'a b' .*target"),
        ({"operation": {"name": "a.b", "parameters": {"x": {}}}}, r"\(a\.b\): x must be .*got {}"),
        ({"operation": {"name": "a.b", "parameters": {"x": [[]]}}}, r"\(a\.b\): x must be"),
        ({"operation": {"name": "a.b", "parameters": {"x": math.nan}}}, r": x must be .*got nan"),
        ({"operation": {"name": "a.b", "parameters": {"x": [1, math.inf]}}}, ": x must .* inf"),
        ({"operation": {"name": "a.b", "parameters": 7}}, r"\(a\.b\): .*got 7 .*parameters"),
        ({"operation": {"name": 7}}, "got 7"),
        ({"operation": {"parameters": {}}}, "name"),
        ({}, "operation"),
        (None, "got null"),
    ],
)
def test_the_first_step_that_is_none_is_named(step: object, text: str) -> None:
    fine = {"operation": {"name": "a.b"}}
    with pytest.raises(InvalidValue, match=rf"my recipe: step 2.*{text}"):
        decode_recipe(changed(steps=[fine, step, {}]), what="my recipe")


def test_the_canvas_must_be_blank() -> None:
    layer = Layer(id="x", name="x", content=Fill(color=(0.0, 0.0, 0.0)))
    with pytest.raises(InvalidValue, match="must be blank"):
        Recipe(canvas=Canvas(width=4, height=4, layers=(layer,)), sources=(), steps=())
    filtered = {"width": 4, "height": 4, "filters": [{"name": "tone.gamma"}]}
    with pytest.raises(InvalidValue, match="must be blank"):
        decode_recipe(changed(canvas=filtered))


@pytest.mark.parametrize("document", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b"null", b"3"])
def test_what_is_no_recipe_is_refused(document: bytes) -> None:
    with pytest.raises(InvalidValue, match="my file is not"):
        decode_recipe(document, what="my file")


def test_documents_are_bounded() -> None:
    with pytest.raises(InvalidValue, match="larger than 16 MiB"):
        decode_recipe(b" " * (MAX_RECIPE_BYTES + 1))
    with pytest.raises(InvalidValue, match="is nested too deep"):
        decode_recipe(b"[" * 100_000)
    with pytest.raises(InvalidValue, match="a number that is too long"):
        decode_recipe(b"1" * 5000)
