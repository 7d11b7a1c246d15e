"""Steps and sources for made-up branches."""

import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.step import Call, Step

SOURCES = tuple(letter * 64 for letter in "abcd")
BLANK = Canvas(width=400, height=300)


def add(layer, source=SOURCES[0], **changes):
    """A step that lays ``source`` on as the layer ``layer``."""
    plain = {
        "source": source,
        "layer": layer,
        "fit": "cover",
        "scale": 1.0,
        "x": 0.0,
        "y": 0.0,
        "angle": 0.0,
        "flip": False,
    }
    return Step(operation=Call(name="layout.add_picture", parameters=plain | changes))


def step(name, target=None, **parameters):
    """A step of the operation ``name``."""
    return Step(operation=Call(name=name, parameters=parameters), target=target)


def rngs(count):
    """Generators of the first seeds."""
    return (np.random.default_rng(seed) for seed in range(count))
