"""The entrances for files from strangers, each as one function of bytes.

Whatever the bytes, an entrance returns or raises LayerForgeError; anything else is a finding.
"""

from layerforge.files.decoding import decode_image, image_size
from layerforge.files.recipes import embedded_recipe
from layerforge.model.errors import LayerForgeError
from layerforge.model.recipe import decode_recipe
from layerforge.operations.fold import fold


def recipe(data):
    """A sidecar: decoded strictly, and its steps folded to a canvas."""
    try:
        decoded = decode_recipe(data)
        fold(decoded.steps, decoded.canvas)
    except LayerForgeError as error:
        assert str(error)


def embedded(data):
    """A recipe inside a picture of any format."""
    try:
        decode_recipe(embedded_recipe(data, name="x"))
    except LayerForgeError as error:
        assert str(error)


def ora(data):
    """An OpenRaster document: its merged image and its recipe."""
    embedded(data)
    image(data)


def image(data):
    """A picture of any format."""
    for read in (decode_image, image_size):
        try:
            read(data, name="x")
        except LayerForgeError as error:
            assert str(error)


ENTRANCES = {one.__name__: one for one in (recipe, embedded, ora, image)}
