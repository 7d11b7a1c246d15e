"""A canvas on which every blend mode has a cell of its own, with clear and half-clear parts."""

import numpy as np
from msgspec.structs import replace

from layerforge.files.layered import layered_document
from layerforge.model.canvas import Canvas
from layerforge.model.layer import BLEND_MODES, Layer, Picture, Placement
from layerforge.operations.pixels import from_uint8, straight_rgb
from layerforge.rendering.renderer import Renderer

WIDTH, HEIGHT = 480, 320
COLUMNS = 4
OPACITY = 0.8
BELOW, ABOVE = "a" * 64, "b" * 64


class TwoPhotographs:
    """The photographs as sources; the upper one fades out to its right."""

    def __init__(self, photographs):
        self._pixels = {
            BELOW: from_uint8(photographs["china.jpg"]),
            ABOVE: from_uint8(photographs["flower.jpg"]),
        }

    def size(self, source_id):
        height, width = self._pixels[source_id].shape[:2]
        return width, height

    def pixels(self, source_id, long_edge):
        rgb = self._pixels[source_id]
        alpha = np.ones((*rgb.shape[:2], 1), np.float32)
        if source_id == ABOVE:
            alpha[:] = np.linspace(1.5, 0, rgb.shape[1], dtype=np.float32).clip(0, 1)[:, None]
        return np.concatenate([rgb * alpha, alpha], axis=-1)


def cell(mode):
    """The rows and columns of a mode's cell."""
    row, column = divmod(BLEND_MODES.index(mode), COLUMNS)
    high, wide = HEIGHT // 4, WIDTH // COLUMNS
    return slice(row * high, (row + 1) * high), slice(column * wide, (column + 1) * wide)


def grid_canvas(background):
    """Two layers a mode: one below, one above it, overlapping."""
    layers = []
    for mode in BLEND_MODES:
        rows, columns = cell(mode)
        x = ((columns.start + columns.stop) / 2 - WIDTH / 2) / HEIGHT
        y = ((rows.start + rows.stop) / 2 - HEIGHT / 2) / HEIGHT
        below = Placement(fit="contain", scale=0.2, x=x - 0.03, y=y - 0.01)
        above = Placement(fit="contain", scale=0.18, x=x + 0.03, y=y + 0.01, angle_deg=8)
        layers += [
            Layer(
                id=f"{mode}-0", name=f"below {mode}", content=Picture(source=BELOW), placement=below
            ),
            Layer(
                id=f"{mode}-1",
                name=f"{mode} é🦊",
                content=Picture(source=ABOVE),
                placement=above,
                blend=mode,
                opacity=OPACITY,
            ),
        ]
    layers[1] = replace(layers[1], visible=False)
    return Canvas(width=WIDTH, height=HEIGHT, background=background, layers=tuple(layers))


def grid_document(photographs, *, background, depth=8):
    """The canvas rendered layer by layer."""
    return layered_document(
        grid_canvas(background),
        Renderer(TwoPhotographs(photographs)),
        width=WIDTH,
        height=HEIGHT,
        depth=depth,
    )


def premultiplied(document):
    """The final look as premultiplied RGBA, 0 to 255."""
    return document.merged * 255.0


def straight(document):
    """The final look as straight RGBA, 0 to 255."""
    return np.dstack([straight_rgb(document.merged), document.merged[..., 3]]) * 255.0


def cell_errors(picture, document):
    """Mean difference a mode, of 255, of straight RGBA against the document's look."""
    picture = np.asarray(picture, dtype=float)
    ours = premultiplied(document)
    theirs = np.dstack([picture[..., :3] * picture[..., 3:] / 255.0, picture[..., 3]])
    difference = np.abs(theirs - ours)
    return {mode: float(difference[cell(mode)].mean()) for mode in BLEND_MODES}
