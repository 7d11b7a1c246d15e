"""The entrances for files from strangers, each as one function of bytes.

Whatever the bytes, an entrance returns, or raises LayerForgeError with a message, which is given
back as lines; anything else is a finding.
"""

from layerforge.files.decoding import decode_image, image_size
from layerforge.files.recipes import embedded_recipe
from layerforge.model.errors import LayerForgeError
from layerforge.model.recipe import decode_recipe
from layerforge.operations.fold import fold


def _refusals(*readings):
    lines = []
    for read in readings:
        try:
            read()
        except LayerForgeError as error:
            lines.append(str(error))
    if not all(lines):
        raise AssertionError("a refusal without a reason")
    return lines


def recipe(data):
    """A sidecar: decoded strictly, and its steps folded to a canvas."""

    def read():
        decoded = decode_recipe(data)
        fold(decoded.steps, decoded.canvas)

    return _refusals(read)


def embedded(data):
    """A recipe inside a picture of any format."""
    return _refusals(lambda: decode_recipe(embedded_recipe(data, name="x")))


def ora(data):
    """An OpenRaster document: its merged image and its recipe."""
    return embedded(data) + image(data)


def image(data):
    """A picture of any format."""
    return _refusals(lambda: decode_image(data, name="x"), lambda: image_size(data, name="x"))


ENTRANCES = {one.__name__: one for one in (recipe, embedded, ora, image)}
