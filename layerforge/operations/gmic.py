"""Filters of the G'MIC image processing framework, where its Python package is installed.

Source: https://gmic.eu, by the commands of its standard library.  These count in pixels and draw
lots pixel by pixel, so they always work on a sheet of one size, which is then scaled to that of
the rendering; chance starts from the step's seed.  All keep alpha.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import cv2
import gmic
import numpy as np

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Choice, Number, Seed, Whole, length
from layerforge.operations.pixels import Pixels, with_rgb

_SHORT_SIDE_PX = 512
_LONGEST_PX = 2048
"""Sides of the sheet that G'MIC works on."""


class _Gmic(Filter, frozen=True):
    """Runs ``command``, in which parameters stand in braces, lengths in pixels."""

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.15
    command: ClassVar[str]
    strength: ClassVar[float] = 1.0
    """How much of the result is mixed with the picture."""

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        if min(at.width, at.height) < 8:
            return pixels.copy()  # several commands refuse such sheets
        rgb = bled_rgb(pixels)
        scale = min(_SHORT_SIDE_PX / at.short_side, _LONGEST_PX / max(at.width, at.height))
        size = max(8, round(at.width * scale)), max(8, round(at.height * scale))
        sheet = _resized(rgb, size)
        worked = _run(self._filled(size), sheet, seed=getattr(self, "seed", 7))
        changed = _resized(worked, (at.width, at.height)) - rgb
        return with_rgb(pixels, rgb + changed * np.float32(self.strength))

    def _filled(self, size: tuple[int, int]) -> str:
        """The command with its parameters."""
        values: dict[str, Any] = {"w": size[0], "h": size[1]}
        for name, parameter in self.parameters().items():
            value = getattr(self, name)
            short = parameter.unit_name == "short side"
            values[name] = value * min(size) if short else value
        return self.command.format(**values)


def _resized(rgb: Pixels, size: tuple[int, int]) -> Pixels:
    method = cv2.INTER_AREA if size[0] < rgb.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, size, interpolation=method), dtype=np.float32)


def _run(command: str, rgb: Pixels, *, seed: int) -> Pixels:
    """``rgb`` (H, W, 3) in 0..1 after ``command``, (h, w, 3)."""
    # in sixteenths of a tone: commands that stretch what they find would draw rounding errors
    tones = np.rint(rgb * np.float32(255.0 * 16)) * np.float32(1 / 16)
    given = gmic.Image.from_yxc(np.ascontiguousarray(tones))
    made = gmic.run(f"srand {seed} {command}", gmic.ImageList([given]))
    # x, y, z and channels
    planes = np.asarray(made[0].to_numpy(), dtype=np.float32)[:, :, 0, :].transpose(1, 0, 2)
    if planes.shape[2] < 3:
        planes = np.repeat(planes[:, :, :1], 3, axis=2)
    worked = np.nan_to_num(np.ascontiguousarray(planes[:, :, :3]))
    # some commands answer in a range of their own
    clear: Pixels = np.clip(worked * np.float32(1.0 / 255.0), 0.0, 1.0)
    return clear


class Cartoon(_Gmic, tag="gmic.cartoon", frozen=True):
    """Draw the picture as a cartoon, with outlines and flat colours.

    Source: the command ``cartoon``.
    """

    command: ClassVar[str] = "cartoon {smoothness},{sharpening},20,{lines},1.5,8"

    smoothness: Annotated[float, length(0.004, 0.014)]
    sharpening: Annotated[float, Number(100.0, 300.0)]
    lines: Annotated[float, Number(0.1, 0.5)]


class Ellipsionism(_Gmic, tag="gmic.ellipsionism", frozen=True):
    """Paint the picture in ellipses along its contours.

    Source: the command ``ellipsionism``.
    """

    command: ClassVar[str] = "ellipsionism {size},{stretch},0.5,8,3,{density}"

    size: Annotated[float, length(0.02, 0.06)]
    stretch: Annotated[float, Number(6.0, 20.0)]
    density: Annotated[float, Number(0.3, 0.8)]
    seed: Annotated[int, Seed()]


class Glow(_Gmic, tag="gmic.glow", frozen=True):
    """Let the picture glow softly.

    Source: the command ``glow``.
    """

    command: ClassVar[str] = "glow {radius}"

    radius: Annotated[float, length(0.01, 0.05)]


class LightRelief(_Gmic, tag="gmic.light_relief", frozen=True):
    """Light the picture as a relief.

    Source: the command ``light_relief``.
    """

    command: ClassVar[str] = "light_relief {ambient},{shine},0.2,0.05,{relief},0.5,0.5,5"

    ambient: Annotated[float, Number(0.2, 0.5)]
    shine: Annotated[float, Number(0.1, 0.4)]
    relief: Annotated[float, Number(0.1, 0.6)]


class PosterEdges(_Gmic, tag="gmic.poster_edges", frozen=True):
    """Print the picture as a poster with drawn edges.

    Source: the command ``poster_edges``.
    """

    command: ClassVar[str] = "poster_edges {edges},{shade},0.5,0.5,{contrast}"

    edges: Annotated[float, Number(20.0, 70.0)]
    shade: Annotated[float, Number(3.0, 12.0)]
    contrast: Annotated[float, Number(0.8, 1.8)]


class Sponge(_Gmic, tag="gmic.sponge", frozen=True):
    """Dab the picture on with a sponge.

    Source: the command ``sponge``.
    """

    command: ClassVar[str] = "sponge {size}"

    size: Annotated[float, length(0.012, 0.05)]


class CanvasTexture(_Gmic, tag="gmic.canvas", frozen=True):
    """Paint the picture on canvas.

    Source: the command ``texturize_canvas``.
    """

    command: ClassVar[str] = "texturize_canvas {amplitude},{fibres},0.6"

    amplitude: Annotated[float, Number(10.0, 40.0)]
    fibres: Annotated[float, Number(2.0, 8.0)]
    seed: Annotated[int, Seed()]


class PaperTexture(_Gmic, tag="gmic.paper", frozen=True):
    """Print the picture on rough paper.

    Source: the command ``texturize_paper``.
    """

    command: ClassVar[str] = "texturize_paper"

    seed: Annotated[int, Seed()]


class Twirl(_Gmic, tag="gmic.twirl", frozen=True):
    """Twirl the picture about a point.

    Source: the command ``twirl``.
    """

    command: ClassVar[str] = "twirl {turn},{x},{y},3"

    turn: Annotated[float, Number(-0.6, 0.6)]
    x: Annotated[float, Number(0.3, 0.7)]
    y: Annotated[float, Number(0.3, 0.7)]


class Whirls(_Gmic, tag="gmic.whirls", frozen=True):
    """Paint the picture in small whirls.

    Source: the command ``whirls``.
    """

    command: ClassVar[str] = "whirls {texture},{smoothness},{darkness},{light}"

    texture: Annotated[int, Whole(4, 12)]
    smoothness: Annotated[float, Number(1.0, 3.0)]
    darkness: Annotated[float, Number(0.1, 0.4)]
    light: Annotated[float, Number(1.2, 2.0)]


class Waves(_Gmic, tag="gmic.waves", frozen=True):
    """See the picture through round waves.

    Source: the command ``wave``.
    """

    command: ClassVar[str] = "wave {height},{frequency},0,{x},{y}"

    height: Annotated[float, length(0.005, 0.02)]
    frequency: Annotated[float, Number(0.05, 0.3)]
    x: Annotated[float, Number(20.0, 80.0)]
    y: Annotated[float, Number(20.0, 80.0)]


class Water(_Gmic, tag="gmic.water", frozen=True):
    """See the picture through running water.

    Source: the command ``water``.
    """

    command: ClassVar[str] = "water {amplitude},{smoothness},{angle}"

    amplitude: Annotated[float, Number(15.0, 60.0)]
    smoothness: Annotated[float, length(0.003, 0.012)]
    angle: Annotated[float, Number(0.0, 180.0)]
    seed: Annotated[int, Seed()]


class EdgeBands(_Gmic, tag="gmic.edge_bands", frozen=True):
    """Leave the edges of one size as light on dark.

    Source: the command ``dog``.
    """

    command: ClassVar[str] = "dog {fine},{coarse} n 0,255"

    fine: Annotated[float, length(0.004, 0.01)]
    coarse: Annotated[float, length(0.012, 0.03)]


class Fisheye(_Gmic, tag="gmic.fisheye", frozen=True):
    """See the picture through a fisheye lens.

    Source: the command ``fisheye``.
    """

    command: ClassVar[str] = "fisheye {x},{y},{radius}"

    x: Annotated[float, Number(35.0, 65.0)]
    y: Annotated[float, Number(35.0, 65.0)]
    radius: Annotated[float, Number(60.0, 95.0)]


class Flower(_Gmic, tag="gmic.flower", frozen=True):
    """Bend the picture to petals.

    Source: the command ``flower``.
    """

    command: ClassVar[str] = "flower {amplitude},{petals},{radius},0,50,50,3"

    amplitude: Annotated[float, Number(3.0, 12.0)]
    petals: Annotated[int, Whole(3, 9)]
    radius: Annotated[float, Number(0.0, 100.0)]


class Raindrops(_Gmic, tag="gmic.raindrops", frozen=True):
    """Let drops fall into the picture.

    Source: the command ``raindrops``.
    """

    command: ClassVar[str] = "raindrops {amplitude},{density},{width},0"

    amplitude: Annotated[float, Number(40.0, 120.0)]
    density: Annotated[float, Number(0.05, 0.3)]
    width: Annotated[float, Number(0.5, 2.0)]
    seed: Annotated[int, Seed()]


class Tetris(_Gmic, tag="gmic.tetris", frozen=True):
    """Build the picture of falling blocks.

    Source: the command ``tetris``.
    """

    command: ClassVar[str] = "tetris {size}"

    size: Annotated[float, length(0.02, 0.05)]
    seed: Annotated[int, Seed()]


class LocalNormalisation(_Gmic, tag="gmic.normalize_local", frozen=True):
    """Bring out the detail everywhere alike.

    Source: the command ``normalize_local``.
    """

    command: ClassVar[str] = "normalize_local {amplitude},{radius},{smoothness},{smoothness},1"

    amplitude: Annotated[float, Number(2.0, 8.0)]
    radius: Annotated[float, length(0.015, 0.05)]
    smoothness: Annotated[float, length(0.02, 0.1)]


class Texture(_Gmic, tag="gmic.resynthesis", frozen=True):
    """Make a texture of the picture's own colours and grain.

    Source: the command ``syntexturize``.
    """

    command: ClassVar[str] = "syntexturize {w},{h}"

    seed: Annotated[int, Seed()]


class Tunnel(_Gmic, tag="gmic.tunnel", frozen=True):
    """Lay the picture into itself as a tunnel.

    Source: the command ``tunnel``.
    """

    command: ClassVar[str] = "tunnel {depth},{factor},0.5,0.5,{fade}"

    depth: Annotated[int, Whole(3, 8)]
    factor: Annotated[float, Number(60.0, 88.0)]
    fade: Annotated[float, Number(0.0, 0.4)]


class Kuwahara(_Gmic, tag="gmic.kuwahara", frozen=True):
    """Flatten the picture to patches of paint.

    Source: the command ``kuwahara``.
    """

    command: ClassVar[str] = "kuwahara {size}"

    size: Annotated[float, length(0.008, 0.02)]


class PixelSorting(_Gmic, tag="gmic.pixel_sort", frozen=True):
    """Sort the pixels along rows, columns or contours.

    Source: the command ``pixelsort``.
    """

    command: ClassVar[str] = "pixelsort +,{axis}"

    axis: Annotated[str, Choice(("x", "y", "xy"))]


class FadedArray(_Gmic, tag="gmic.array_fade", frozen=True):
    """Fade the picture into rows of itself.

    Source: the command ``array_fade``.
    """

    command: ClassVar[str] = "array_fade {columns},{columns}"

    columns: Annotated[int, Whole(2, 4)]


class OctaveSharpening(_Gmic, tag="gmic.sharpen_octaves", frozen=True):
    """Sharpen the picture at several sizes of detail at once.

    Source: the command ``unsharp_octave``.
    """

    command: ClassVar[str] = "unsharp_octave {octaves},{radius},{amount},0"

    octaves: Annotated[int, Whole(2, 5)]
    radius: Annotated[float, Number(2.0, 6.0)]
    amount: Annotated[float, Number(1.0, 3.0)]


class Symmetry(_Gmic, tag="gmic.symmetrize", frozen=True):
    """Mirror the picture along a line through its middle.

    Source: the command ``symmetrize``.
    """

    command: ClassVar[str] = "symmetrize 50%,50%,{angle},3"

    angle: Annotated[float, Number(0.0, 180.0)]


class Watershed(_Gmic, tag="gmic.watershed", frozen=True):
    """Fill the basins between edges with flat colour.

    Source: the command ``segment_watershed``.
    """

    command: ClassVar[str] = "segment_watershed {threshold}"

    threshold: Annotated[float, Number(1.0, 8.0)]


class AutoIndex(_Gmic, tag="gmic.auto_index", frozen=True):
    """Paint the picture in its own few colours, dithered.

    Source: the command ``autoindex``.
    """

    command: ClassVar[str] = "autoindex {colors},{dither},1"

    colors: Annotated[int, Whole(4, 16)]
    dither: Annotated[float, Number(0.0, 1.0)]


class LightPatches(_Gmic, tag="gmic.light_patches", frozen=True):
    """Let light fall on the picture in patches.

    Source: the command ``light_patch``.
    """

    command: ClassVar[str] = "light_patch {density},{darkness},{light}"

    density: Annotated[int, Whole(3, 10)]
    darkness: Annotated[float, Number(0.3, 0.8)]
    light: Annotated[float, Number(1.2, 2.0)]
    seed: Annotated[int, Seed()]


class ShadowPatches(_Gmic, tag="gmic.shadow_patches", frozen=True):
    """Let soft shadows fall on the picture.

    Source: the command ``shadow_patch``.
    """

    command: ClassVar[str] = "shadow_patch {opacity}"

    opacity: Annotated[float, Number(0.4, 0.9)]
    seed: Annotated[int, Seed()]


class OldPhoto(_Gmic, tag="gmic.old_photo", frozen=True):
    """Age the picture to an old photograph.

    Source: the command ``old_photo``.
    """

    command: ClassVar[str] = "old_photo"

    seed: Annotated[int, Seed()]


class Solarise(_Gmic, tag="gmic.solarise", frozen=True):
    """Solarise the picture in false colours.

    Source: the command ``solarize``.
    """

    command: ClassVar[str] = "solarize"


class RadialBlur(_Gmic, tag="gmic.radial_blur", frozen=True):
    """Blur the picture towards its middle.

    Source: the command ``blur_radial``.
    """

    command: ClassVar[str] = "blur_radial {amplitude}%"

    amplitude: Annotated[float, Number(1.0, 6.0)]
