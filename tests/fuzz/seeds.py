"""Small whole files of every kind, from which the fuzzers start."""

import functools

import numpy as np
from PIL import Image

from layerforge.files.flat import samples_of
from layerforge.files.formats import FORMATS, LAYERED, encode_flat, encode_layered
from layerforge.files.layered import Document, Group, Sheet
from layerforge.model.canvas import Canvas
from layerforge.model.recipe import Recipe, RecipeSource, encode_recipe
from layerforge.model.step import Call, Step
from tests.files.pictures import bmp_file, encoded, png_chunk, png_file, tiff_apart, tiff_file
from tests.fuzz.projects import small_project

SIZE = 12


def a_recipe():
    """A recipe with a picture, a colour, a stamp and a filter."""
    call = Call(
        name="layout.add_color",
        parameters={"layer": "a", "color": (0.1, 0.2, 0.3), "place": "top", "opacity": 0.5},
    )
    stamp = Call(
        name="layout.stamp_visible",
        parameters={"layer": "b", "scale": 1.0, "angle": 0.0, "x": 0.0, "y": 0.0, "opacity": 1.0},
    )
    copy = Call(name="layout.duplicate", parameters={"layer": "c", "x": 0.1, "y": 0.0})
    blur = Call(name="blur.gaussian", parameters={"radius": 0.01})
    return Recipe(
        canvas=Canvas(width=SIZE, height=SIZE),
        sources=(RecipeSource(id="0" * 64, width=3, height=4),),
        steps=(
            Step(operation=call),
            Step(operation=stamp),
            Step(operation=copy, target="b"),
            Step(operation=blur, target="a"),
        ),
        versions={"layerforge": "0.1.0"},
    )


@functools.cache
def exported():
    """One file of each format that is written, 8 and 16 bits, with a recipe inside."""
    rng = np.random.default_rng(0)
    pixels = rng.random((SIZE, SIZE, 4), dtype=np.float32)
    pixels[..., :3] *= pixels[..., 3:]
    files = {}
    for kind in FORMATS:
        for depth in (8,) if kind in ("jpeg", "webp") else (8, 16):
            if kind in LAYERED:
                sheet = Sheet(name="s", samples=samples_of(pixels, depth=depth, alpha=True))
                nodes = (sheet, Group(name="g", children=(sheet,), blend="multiply"))
                document = Document(
                    width=SIZE, height=SIZE, nodes=nodes, merged=pixels, depth=depth
                )
                files[f"{kind}{depth}"] = encode_layered(document, kind, recipe=a_recipe())
            else:
                files[f"{kind}{depth}"] = encode_flat(pixels, kind, recipe=a_recipe(), depth=depth)
    return files


@functools.cache
def pictures():
    """Small pictures of every kind that is read."""
    rng = np.random.default_rng(1)
    rgb = rng.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)
    image = Image.fromarray(rgb)
    exif = Image.Exif()
    exif[0x0112] = 6
    files = {
        f"{kind}": encoded(image, kind)
        for kind in ("PPM", "TGA", "PCX", "SGI", "QOI", "DDS", "JPEG2000", "BMP", "AVIF")
    }
    files["gif"] = encoded(
        image.convert("P"), "GIF", save_all=True, append_images=[image.rotate(90).convert("P")]
    )
    files["apng"] = encoded(image, save_all=True, append_images=[image.rotate(90)])
    files["webp2"] = encoded(image, "WEBP", save_all=True, append_images=[image.rotate(90)])
    files["jpeg"] = encoded(image, "JPEG", exif=exif)
    files["progressive"] = encoded(image, "JPEG", progressive=True)
    files["cmyk"] = encoded(image.convert("CMYK"), "JPEG")
    files["ico"] = encoded(image, "ICO", sizes=[(SIZE, SIZE)])
    files["pages"] = encoded(image, "TIFF", save_all=True, append_images=[image], exif=exif)
    files["lzw"] = encoded(image, "TIFF", compression="tiff_lzw")
    files["float"] = tiff_file(
        rng.random((SIZE, SIZE)).astype(np.float32), photometric=1, sample_format=3
    )
    files["float rgb"] = tiff_file(
        rng.random((SIZE, SIZE, 3)).astype(np.float32), photometric=2, sample_format=3
    )
    files["apart"] = tiff_apart(rgb)
    files["grey alpha"] = tiff_file(
        np.dstack([rgb[..., 0], rgb[..., 1]]).astype(np.uint16), photometric=1, extra=2
    )
    files["half"] = tiff_file(rgb.astype(np.float16), photometric=2, sample_format=3)
    files["bmp32"] = bmp_file(np.dstack([rgb, rgb[..., 0]]), alpha_mask=0xFF000000)
    files["key"] = png_file(
        width=4, height=1, bits=2, color_type=0, rows=b"\0\x1b", more=png_chunk(b"tRNS", b"\0\1")
    )
    return files


def seeds(entrance):
    """Where the fuzzing of an entrance starts: file names and contents."""
    documents = exported()
    if entrance == "recipe":
        return {
            "recipe": encode_recipe(a_recipe()),
            "indented": encode_recipe(a_recipe(), indent=1),
        }
    if entrance == "embedded":
        return documents
    if entrance == "ora":
        return {name: content for name, content in documents.items() if name.startswith("ora")}
    if entrance in ("project", "salvage"):
        return {"small": small_project(), "larger": small_project(12)}
    if entrance == "rows":
        changes = {str(table): bytes([table, 6, 1, 6, 1, 34, 9, 0]) for table in range(11)}
        rng = np.random.default_rng(0)
        return changes | {f"many {number}": rng.bytes(120) for number in range(4)}
    return documents | pictures()
