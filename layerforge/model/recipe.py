"""A recipe: enough to render a branch again anywhere."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, Literal

import msgspec

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, NewerVersion
from layerforge.model.source import Pixel
from layerforge.model.step import ParameterValue, Step
from layerforge.model.values import SourceId, Value, explained, from_json, shown, to_json

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
    except RecursionError as error:
        raise InvalidValue(f"{what} is nested too deep") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InvalidValue(f"{what} is not JSON: {error}") from error
    except ValueError as error:  # of a whole number with thousands of digits
        raise InvalidValue(f"{what} holds a number that is too long") from error
    if not isinstance(head, dict) or head.get("format") != "layerforge-recipe":
        raise InvalidValue(f"{what} is not a LayerForge recipe")
    version = head.get("version")
    if isinstance(version, int) and version > RECIPE_VERSION:
        raise NewerVersion(what, found=version, known=RECIPE_VERSION)
    try:
        return from_json(document, Recipe, what=what)
    except InvalidValue:
        wrong = _wrong_step(head.get("steps")) or _not_finite(head, "the recipe")
        if wrong:
            raise InvalidValue(f"{what}: {wrong}") from None
        raise


def _wrong_step(steps: Any) -> str:
    """The first of ``steps``, as JSON gives them, that is none, and why; empty where all are."""
    for number, step in enumerate(steps if isinstance(steps, list) else (), start=1):
        call = step.get("operation") if isinstance(step, dict) else None
        call = call if isinstance(call, dict) else {}
        name = call.get("name")
        place = f"step {number} ({name})" if isinstance(name, str) else f"step {number}"
        parameters = call.get("parameters")
        for key, value in (parameters if isinstance(parameters, dict) else {}).items():
            wrong = _not_finite(value, key) or _not_plain(value, key)
            if wrong:
                return f"{place}: {wrong}"
        try:
            msgspec.convert(step, Step)
        except msgspec.ValidationError as error:
            return f"{place}: {explained(error, step)}"
    return ""


def _not_finite(value: Any, name: str) -> str:
    """Which number in ``value`` is not finite; JSON has none, but Python reads and writes them."""
    if isinstance(value, float) and not math.isfinite(value):
        return f"{name} must be finite, got {shown(value)}"
    if isinstance(value, list):
        found = (_not_finite(one, name) for one in value)
    elif isinstance(value, dict):
        found = (_not_finite(one, str(key)) for key, one in value.items())
    else:
        return ""
    return next((one for one in found if one), "")


def _not_plain(value: Any, name: str) -> str:
    try:
        msgspec.convert(value, ParameterValue)
    except msgspec.ValidationError:
        kinds = "a number, a word, true, false or a list of numbers"
        return f"{name} must be {kinds}, got {shown(value)}"
    return ""
