"""OpenRaster out: every layer as a PNG, the merged image, a thumbnail, and the recipe.

Source: OpenRaster specification, "File layout" and "Layer stack", https://www.openraster.org.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from PIL import Image

from layerforge.files.flat import samples_of
from layerforge.files.layered import Document, Group, Node, Sheet
from layerforge.files.names import printable
from layerforge.files.ora_reading import MERGED, MIMETYPE, RECIPE
from layerforge.files.png import png_file
from layerforge.files.tiff import PIXELS_PER_INCH
from layerforge.model.layer import BlendMode
from layerforge.model.recipe import Recipe, encode_recipe

VERSION = "0.0.5"
THUMBNAIL = "Thumbnails/thumbnail.png"
THUMBNAIL_PX = 256

_OPERATORS: dict[BlendMode, str] = {
    "normal": "svg:src-over",
    # the specification has no exclusion; Krita reads its own name, others take it as normal
    "exclusion": "krita:exclusion",
}
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def composite_op(blend: BlendMode) -> str:
    """OpenRaster's name of a blend mode."""
    return _OPERATORS.get(blend, f"svg:{blend}")


def encode_ora(document: Document, *, recipe: Recipe | None = None) -> bytes:
    """``document`` as an OpenRaster file; the same document gives the same bytes."""
    image = ElementTree.Element(
        "image",
        version=VERSION,
        w=str(document.width),
        h=str(document.height),
        xres=str(PIXELS_PER_INCH),
        yres=str(PIXELS_PER_INCH),
    )
    stack = ElementTree.SubElement(image, "stack")
    numbers = itertools.count()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _add(archive, "mimetype", MIMETYPE)
        for name, content in _layers(document.nodes, stack, numbers):
            _add(archive, name, content)
        xml = ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True)
        _add(archive, "stack.xml", xml, packed=True)
        merged = samples_of(document.merged, depth=document.depth, alpha=True)
        _add(archive, MERGED, png_file(merged))
        _add(archive, THUMBNAIL, _thumbnail(document))
        if recipe is not None:
            _add(archive, RECIPE, encode_recipe(recipe), packed=True)
    return out.getvalue()


def _layers(
    nodes: tuple[Node, ...], stack: ElementTree.Element, numbers: Iterator[int]
) -> Iterator[tuple[str, bytes]]:
    """Describes ``nodes`` in ``stack``, top first; gives the files of their pixels."""
    for node in reversed(nodes):
        if isinstance(node, Group):
            group = ElementTree.SubElement(
                stack, "stack", {"isolation": "isolate", **_attributes(node)}
            )
            yield from _layers(node.children, group, numbers)
            continue
        place = f"data/layer{next(numbers):03d}.png"
        ElementTree.SubElement(
            stack, "layer", {"src": place, "x": str(node.x), "y": str(node.y), **_attributes(node)}
        )
        yield place, png_file(node.samples)


def _attributes(node: Sheet | Group) -> dict[str, str]:
    return {
        "name": printable(node.name),
        "opacity": f"{node.opacity:.6g}",
        "visibility": "visible" if node.visible else "hidden",
        "composite-op": composite_op(node.blend),
    }


def _thumbnail(document: Document) -> bytes:
    rgba = samples_of(document.merged, depth=8, alpha=True)
    image = Image.fromarray(rgba)
    image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = False) -> None:
    info = zipfile.ZipInfo(name, date_time=_NO_TIME)
    info.external_attr = 0o644 << 16
    archive.writestr(info, content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
