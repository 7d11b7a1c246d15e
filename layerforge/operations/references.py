"""What operations name: sources, and layers beside their own; no two look at each other."""

from __future__ import annotations

from collections.abc import Iterator

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Adjustment, Layer, Nested
from layerforge.model.step import Call
from layerforge.operations.identifiers import LayerRef, SourceRef
from layerforge.operations.parameters import Parameter
from layerforge.operations.registry import toolbox


def referred_layers(call: Call) -> tuple[str, ...]:
    """Ids of the layers whose pixels the operation looks at; none where it is not installed."""
    operation = toolbox().operations.get(call.name)
    structure = operation is not None and operation.kind == "structure"
    return () if structure else named_in(call, LayerRef)


def named_in(call: Call, kind: type[Parameter]) -> tuple[str, ...]:
    """The values of the parameters that are declared as ``kind``, such as layers or sources.

    None where the operation is not installed.
    """
    operation = toolbox().operations.get(call.name)
    return tuple(
        str(call.parameters[name])
        for name, parameter in ({} if operation is None else operation.parameters()).items()
        if isinstance(parameter, kind) and name in call.parameters
    )


def reads_below(call: Call) -> bool:
    """Whether the operation looks at what lies below its layer."""
    operation = toolbox().operations.get(call.name)
    return operation is not None and operation.reads_below


def sources_of(canvas: Canvas) -> frozenset[str]:
    """Ids of all pictures that rendering ``canvas`` looks at, those of its operations too."""
    seen = (one for call in calls_on(canvas) for one in named_in(call, SourceRef))
    return frozenset((*canvas.source_ids(), *seen))


def calls_on(canvas: Canvas) -> Iterator[Call]:
    """Every filter and mask on it, those of nested canvases too."""
    yield from canvas.filters
    for layer in canvas.layers:
        yield from (*layer.filters, *layer.mask)
        if isinstance(layer.content, Nested):
            yield from calls_on(layer.content.canvas)


def looked_at(canvas: Canvas) -> frozenset[str]:
    """Ids of the layers that operations on ``canvas`` look at besides their own."""
    calls = [*canvas.filters]
    for layer in canvas.layers:
        calls.extend((*layer.filters, *layer.mask))
    return frozenset(seen for call in calls for seen in referred_layers(call))


def check_references(canvas: Canvas) -> None:
    """Raise StepDoesNotApply where a layer that is looked at is missing, or looks back."""
    looks = {layer.id: _looked_at(canvas, place) for place, layer in enumerate(canvas.layers)}
    for call in canvas.filters:
        for seen in referred_layers(call):
            canvas.layer(seen)
    if not any(looks.values()):
        return
    done: set[str] = set()
    for start in looks:
        _walk(start, looks, done, way=())


def _looked_at(canvas: Canvas, place: int) -> frozenset[str]:
    layer = canvas.layers[place]
    calls = (*layer.filters, *layer.mask)
    direct = {seen for call in calls for seen in referred_layers(call)}
    for seen in direct:
        canvas.layer(seen)
    if looks_below(layer):
        direct |= {other.id for other in canvas.layers[:place]}
    return frozenset(direct)


def looks_below(layer: Layer) -> bool:
    """Whether the layer's own pixels depend on what lies below it."""
    calls = (*layer.filters, *layer.mask)
    return isinstance(layer.content, Adjustment) or any(reads_below(call) for call in calls)


def _walk(
    layer_id: str, looks: dict[str, frozenset[str]], done: set[str], *, way: tuple[str, ...]
) -> None:
    if layer_id in way:
        circle = " and ".join(sorted(set(way[way.index(layer_id) :])))
        raise StepDoesNotApply(f"the layers {circle} would look at each other in a circle")
    if layer_id in done:
        return
    for seen in sorted(looks[layer_id]):
        _walk(seen, looks, done, way=(*way, layer_id))
    done.add(layer_id)
