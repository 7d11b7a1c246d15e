"""A recipe: enough to render a branch again anywhere."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, NewerVersion
from layerforge.model.source import Pixel
from layerforge.model.step import Step
from layerforge.model.values import SourceId, Value, from_json, to_json

RECIPE_VERSION = 1
MAX_RECIPE_BYTES = 16 * 1024 * 1024


class RecipeSource(Value, frozen=True, kw_only=True):
    """A source by hash and size; a recipe carries no file names."""

    id: SourceId
    width: Pixel
    height: Pixel


class Recipe(Value, frozen=True, kw_only=True):
    """The blank canvas, the sources by hash, all steps, and the versions that made it.

    ``canvas`` has no layers and no filters: everything on it comes from ``steps``.
    """

    format: Literal["layerforge-recipe"] = "layerforge-recipe"
    version: Annotated[int, msgspec.Meta(ge=1)] = RECIPE_VERSION
    canvas: Canvas
    sources: tuple[RecipeSource, ...]
    steps: tuple[Step, ...]
    versions: dict[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.canvas.layers or self.canvas.filters:
            raise InvalidValue("a recipe's canvas must be blank: its steps make what is on it")


def encode_recipe(recipe: Recipe, *, indent: int = 0) -> bytes:
    """``recipe`` as JSON, UTF-8; canonical where ``indent`` is 0."""
    encoded = to_json(recipe)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def decode_recipe(document: bytes, *, what: str = "the recipe") -> Recipe:
    """Decode a recipe strictly.

    Raises NewerVersion where a newer LayerForge wrote it, InvalidValue where it is not a recipe
    or breaks the format.  Whether its operations are installed shows when it is rendered.
    """
    if len(document) > MAX_RECIPE_BYTES:
        raise InvalidValue(f"{what} is larger than {MAX_RECIPE_BYTES >> 20} MiB")
    try:
        head: Any = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"{what} is not JSON: {error}") from error
    if not isinstance(head, dict) or head.get("format") != "layerforge-recipe":
        raise InvalidValue(f"{what} is not a LayerForge recipe")
    version = head.get("version")
    if isinstance(version, int) and version > RECIPE_VERSION:
        raise NewerVersion(what, found=version, known=RECIPE_VERSION)
    return from_json(document, Recipe, what=what)
