"""What an operation is: one frozen class that declares its parameters and does one thing.

A *filter* changes the pixels of its target, a *mask* cuts its target's coverage, and a
*structure* operation edits the canvas; a *cutout* frees a layer's picture of its background.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self, get_args, get_origin, get_type_hints

import msgspec
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.step import Call, ParameterValue, family_of
from layerforge.operations.parameters import Parameter, Scope, Trait
from layerforge.operations.pixels import Pixels, Plane

Target = Literal["layer", "canvas", "either"]


def _no_layer(layer_id: str) -> Pixels:
    raise InvalidValue(f"the layer {layer_id!r} can't be seen from here")


def _nothing_below() -> Pixels:
    raise InvalidValue("what lies below can't be seen from here")


@dataclass(frozen=True)
class RenderContext:
    """Where a filter works: the size of this rendering in pixels, and the way to other pixels.

    source: from a source's id and the long edge needed, in pixels, to its pixels (at least that
    large, or its full size).  layer: from the id of another layer of the canvas, which must be
    one of the operation's declared `LayerRef` parameters, to that layer's pixels before it joins
    what lies below it.  below: to what lies below the layer that the operation works on; only
    for operations that declare ``reads_below``.  All give read-only pixels.  shape: the canvas's
    own width and height, which those of a rendering follow but for rounding.
    """

    width: int
    height: int
    source: Callable[[str, int], Pixels]
    layer: Callable[[str], Pixels] = _no_layer
    below: Callable[[], Pixels] = _nothing_below
    shape: tuple[int, int] | None = None

    @property
    def short_side(self) -> float:
        """The canvas's short side in pixels of this rendering: the unit of every length."""
        return float(min(self.width, self.height))

    @property
    def wide(self) -> float:
        """The canvas's width in short sides, the same at every size: to count things by."""
        width, height = self.shape or (self.width, self.height)
        return width / min(width, height)

    @property
    def high(self) -> float:
        """The canvas's height in short sides."""
        width, height = self.shape or (self.width, self.height)
        return height / min(width, height)

    def grid(self) -> tuple[Plane, Plane]:
        """Canvas coordinates of every pixel's centre: x right, y down, 0 in the middle.

        Two read-only (H, W) planes in fractions of the short side.
        """
        return _grid(self.width, self.height)


@functools.lru_cache(maxsize=4)
def _grid(width: int, height: int) -> tuple[Plane, Plane]:
    short = min(width, height)
    xs = ((np.arange(width) + 0.5 - width / 2) / short).astype(np.float32)
    ys = ((np.arange(height) + 0.5 - height / 2) / short).astype(np.float32)
    return np.broadcast_to(xs, (height, width)), np.broadcast_to(ys[:, None], (height, width))


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="name"):
    """The base of all operations.  Making one checks every parameter (InvalidValue)."""

    kind: ClassVar[str] = ""
    targets: ClassVar[Target] = "either"
    weight: ClassVar[float] = 1.0
    """How often the proposer draws it, against 1 for an ordinary operation."""
    texture_like: ClassVar[bool] = False
    """Whether its fine detail may differ a little from one rendering size to another."""
    enlarges: ClassVar[bool] = False
    """Whether it may show the picture much enlarged, so that it wants it larger than it is seen."""
    reads_below: ClassVar[bool] = False
    """Whether it looks at what lies below its layer; it works on layers only then."""
    needs: ClassVar[frozenset[Trait]] = frozenset()
    """What its layer must have, or it would change nothing."""
    sheets: ClassVar[float] = 7
    """How many sheets of pixels it works with at most, its result among them, its input not."""

    def __post_init__(self) -> None:
        for name, parameter in self.parameters().items():
            parameter.check(name, getattr(self, name))

    @classmethod
    def tag(cls) -> str:
        """Its name, such as ``blur.gaussian``."""
        return str(cls.__struct_config__.tag)

    @classmethod
    def family(cls) -> str:
        """The part of the name before the dot."""
        return family_of(cls.tag())

    @classmethod
    def title(cls) -> str:
        """Its name for people, such as ``Gaussian blur``."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).capitalize()

    @classmethod
    def summary(cls) -> str:
        """The first sentence of its docstring: what it does."""
        return cls._told()[0]

    @classmethod
    def remarks(cls) -> str:
        """What else its docstring says."""
        return cls._told()[1]

    @classmethod
    def origin(cls) -> str:
        """Where it comes from: what its docstring says after ``Source:``."""
        return cls._told()[2]

    @classmethod
    def _told(cls) -> tuple[str, str, str]:
        """Summary, remarks and origin, each on one line."""
        # not inspect.getdoc, which hands down the docstring of a base
        paragraphs = inspect.cleandoc(cls.__doc__ or "").replace("``", "").split("\n\n")
        said, _, origin = "\n".join(paragraphs).partition("Source:")
        first = paragraphs[0].partition("Source:")[0].partition("  ")[0]
        summary = " ".join(first.split())
        rest = " ".join(said.split()).removeprefix(summary).strip()
        return summary, rest, " ".join(origin.split())

    @classmethod
    def neutral_values(cls) -> Mapping[str, ParameterValue]:
        """The values at which it changes nothing, by parameter; empty where there are none."""
        return {
            name: parameter.neutral
            for name, parameter in cls.parameters().items()
            if parameter.neutral is not None
        }

    def is_neutral(self) -> bool:
        """Whether it changes nothing, and need not be rendered."""
        values = self.neutral_values()
        return bool(values) and all(getattr(self, name) == one for name, one in values.items())

    def sheets_at(self, short_side_px: float) -> float:
        """`sheets`, where a rendering is that large; more where it paints small ones larger."""
        return self.sheets

    @classmethod
    def parameters(cls) -> Mapping[str, Parameter]:
        """Its declared parameters by name, in order."""
        return _declared(cls)

    @classmethod
    def ready(cls) -> bool:
        """Whether all it needs on this machine is there, such as the file of a model."""
        return True

    @classmethod
    def applicable(cls, scope: Scope) -> bool:
        """Whether it can work on ``scope.target`` with what the scope holds."""
        if cls.targets == "layer" and scope.target is None:
            return False
        if cls.targets == "canvas" and scope.target is not None:
            return False
        if cls.needs & scope.lacking(scope.target):
            return False
        return all(parameter.available(scope) for parameter in cls.parameters().values())

    @classmethod
    def sampled(cls, *, rng: np.random.Generator, scope: Scope) -> Self:
        """Draw every parameter from its prior."""
        drawn = {name: one.sample(rng, scope) for name, one in cls.parameters().items()}
        return cls(**drawn)

    def jittered(self, *, noise: float, rng: np.random.Generator, scope: Scope) -> Self:
        """A copy whose parameters moved by about ``noise`` of their ranges."""
        moved = {
            name: one.jitter(getattr(self, name), noise=noise, rng=rng, scope=scope)
            for name, one in self.parameters().items()
        }
        return type(self)(**moved)

    def call(self) -> Call:
        """The operation as plain data, as steps hold it."""
        values: dict[str, ParameterValue] = {
            name: getattr(self, name) for name in self.parameters()
        }
        return Call(name=self.tag(), parameters=values)


@functools.cache
def _declared(cls: type[Operation]) -> Mapping[str, Parameter]:
    found: dict[str, Parameter] = {}
    hints = get_type_hints(cls, include_extras=True)
    for name in cls.__struct_fields__:
        hint = hints[name]
        declared = [
            extra
            for extra in (get_args(hint)[1:] if get_origin(hint) is Annotated else ())
            if isinstance(extra, Parameter)
        ]
        if len(declared) != 1:
            raise TypeError(f"{cls.__name__}.{name} needs exactly one parameter declaration")
        texts = [extra for extra in get_args(hint)[1:] if isinstance(extra, str)]
        found[name] = dataclasses.replace(declared[0], help=" ".join(texts))
    return found


class Filter(Operation, frozen=True):
    """Changes the pixels of a layer, or of the canvas as seen so far."""

    kind: ClassVar[str] = "filter"

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        """New pixels of the same shape; ``pixels`` is read-only."""
        raise TypeError(f"{type(self).__name__} has no render")


class Mask(Operation, frozen=True):
    """Cuts what is seen of a layer."""

    kind: ClassVar[str] = "mask"
    targets: ClassVar[Target] = "layer"

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        """The new coverage, (H, W) in 0..1, from the one so far and the layer's pixels."""
        raise TypeError(f"{type(self).__name__} has no cover")


class Cutout(Operation, frozen=True):
    """Frees a layer's picture of its background, before all filters."""

    kind: ClassVar[str] = "cutout"
    targets: ClassVar[Target] = "layer"
    needs: ClassVar[frozenset[Trait]] = frozenset({"background"})
    mixes: ClassVar[bool] = True
    """Whether its matte is an edge, along which the picture's pixels mix what is cut apart."""

    def matte(self, picture: Pixels) -> Plane:
        """The coverage of the subject, (h, w) in 0..1, by which what is seen is multiplied.

        picture: the whole source, (h, w, 4), always at the same small size, so that a large
        rendering is cut along the same line as a small one.
        """
        raise TypeError(f"{type(self).__name__} has no matte")


class Structure(Operation, frozen=True):
    """Edits the canvas: its layers and how they join."""

    kind: ClassVar[str] = "structure"

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        """The edited canvas.  Raises StepDoesNotApply where ``target`` is not on it."""
        raise TypeError(f"{type(self).__name__} has no edit")
