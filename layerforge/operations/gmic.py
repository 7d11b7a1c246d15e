"""G'MIC: filters of that image processing framework, where its Python package is installed.

Source: https://gmic.eu, by the commands of its standard library, on a sheet with a short side of
512 pixels.  All keep alpha.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from layerforge.operations.gmic_filter import GmicFilter
from layerforge.operations.parameters import Number, Seed, Whole, length


class Cartoon(GmicFilter, tag="gmic.cartoon", frozen=True):
    """Draw the picture as a cartoon, outlined, in flat colours.  Source: G'MIC, ``cartoon``."""

    command: ClassVar[str] = "cartoon {smoothness},{sharpening},20,{lines},1.5,8"

    smoothness: Annotated[
        float, length(0.004, 0.014), "smoothness of the colours, a standard deviation"
    ]
    sharpening: Annotated[float, Number(100.0, 300.0), "how much edges are sharpened first"]
    lines: Annotated[float, Number(0.1, 0.5), "width of the outlines"]


class Ellipsionism(GmicFilter, tag="gmic.ellipsionism", frozen=True):
    """Paint the picture in ellipses along its contours.  Source: G'MIC, ``ellipsionism``."""

    command: ClassVar[str] = "ellipsionism {size},{stretch},0.5,8,3,{density}"

    size: Annotated[float, length(0.02, 0.06), "half of an ellipse's length"]
    stretch: Annotated[
        float, Number(6.0, 20.0), "half of its width, in pixels of a sheet 512 px high"
    ]
    density: Annotated[float, Number(0.3, 0.8), "how densely ellipses lie"]
    seed: Annotated[int, Seed(), "which random ellipses"]


class Glow(GmicFilter, tag="gmic.glow", frozen=True):
    """Let the picture glow softly.  Source: G'MIC, ``glow``."""

    command: ClassVar[str] = "glow {radius}"

    radius: Annotated[float, length(0.01, 0.05), "standard deviation of the glow"]


class LightRelief(GmicFilter, tag="gmic.light_relief", frozen=True):
    """Light the picture as a relief.  Source: G'MIC, ``light_relief``."""

    command: ClassVar[str] = "light_relief {ambient},{shine},0.2,0.05,{relief},0.5,0.5,5"

    ambient: Annotated[float, Number(0.2, 0.5), "how bright it is without the light"]
    shine: Annotated[float, Number(0.1, 0.4), "how strongly the light is reflected"]
    relief: Annotated[float, Number(0.1, 0.6), "how smooth the relief is"]


class PosterEdges(GmicFilter, tag="gmic.poster_edges", frozen=True):
    """Print the picture as a poster with drawn edges.  Source: G'MIC, ``poster_edges``."""

    command: ClassVar[str] = "poster_edges {edges},{shade},0.5,0.5,{contrast}"

    edges: Annotated[float, Number(20.0, 70.0), "how strong an edge must be to be drawn, of 100"]
    shade: Annotated[float, Number(3.0, 12.0), "how dark edges are drawn, of 100"]
    contrast: Annotated[float, Number(0.8, 1.8), "level of the posterisation, of 15"]


class Sponge(GmicFilter, tag="gmic.sponge", frozen=True):
    """Dab the picture on with a sponge.  Source: G'MIC, ``sponge``."""

    command: ClassVar[str] = "sponge {size}"

    size: Annotated[float, length(0.012, 0.05), "size of the sponge's dabs"]


class CanvasTexture(GmicFilter, tag="gmic.canvas", frozen=True):
    """Paint the picture on canvas.  Source: G'MIC, ``texturize_canvas``."""

    command: ClassVar[str] = "texturize_canvas {amplitude},{fibres},{relief}"

    amplitude: Annotated[float, Number(10.0, 120.0), "how strong the canvas shows"]
    fibres: Annotated[float, Number(1.0, 30.0, "log"), "how fibrous the canvas is"]
    seed: Annotated[int, Seed(), "which random canvas"]
    relief: Annotated[float, Number(0.0, 2.0), "how much the threads stand out"] = 0.6


class PaperTexture(GmicFilter, tag="gmic.paper", frozen=True):
    """Print the picture on rough paper.  Source: G'MIC, ``texturize_paper``."""

    command: ClassVar[str] = (
        "+resize {grain}%,{grain}%,1,3,2 +texturize_paper. sub[-1] [-2] remove[-2] "
        "resize. {w},{h},1,3,5 mul. {relief} add"
    )

    seed: Annotated[int, Seed(), "which random paper"]
    grain: Annotated[
        float, Number(20.0, 100.0, "log", unit="%"), "how fine the paper is, 100 the finest"
    ] = 100.0
    relief: Annotated[float, Number(1.0, 6.0, "log"), "how strongly the paper shows"] = 1.0


class Twirl(GmicFilter, tag="gmic.twirl", frozen=True):
    """Twirl the picture about a point.  Source: G'MIC, ``twirl``."""

    command: ClassVar[str] = "twirl {turn},{x},{y},3"

    turn: Annotated[float, Number(-0.6, 0.6), "how far the middle is turned"]
    x: Annotated[float, Number(0.3, 0.7), "place of the point across the picture, 0 left, 1 right"]
    y: Annotated[float, Number(0.3, 0.7), "place of the point down the picture, 0 top, 1 bottom"]


class Whirls(GmicFilter, tag="gmic.whirls", frozen=True):
    """Paint the picture in small whirls.  Source: G'MIC, ``whirls``."""

    command: ClassVar[str] = "whirls {texture},{smoothness},{darkness},{light}"

    texture: Annotated[int, Whole(4, 12), "how many layers of whirls"]
    smoothness: Annotated[float, Number(1.0, 3.0), "how smooth the whirls are"]
    darkness: Annotated[
        float, Number(0.1, 0.4), "tone of the darkest whirls, against the picture's"
    ]
    light: Annotated[float, Number(1.2, 2.0), "tone of the lightest whirls, against the picture's"]


class Waves(GmicFilter, tag="gmic.waves", frozen=True):
    """See the picture through round waves.  Source: G'MIC, ``wave``."""

    command: ClassVar[str] = "wave {height},{frequency},0,{x},{y}"

    height: Annotated[float, length(0.005, 0.02), "how far places move"]
    frequency: Annotated[float, Number(0.05, 0.3), "how close the waves lie"]
    x: Annotated[float, Number(20.0, 80.0, unit="%"), "place of their middle across the picture"]
    y: Annotated[float, Number(20.0, 80.0, unit="%"), "place of their middle down the picture"]


class Water(GmicFilter, tag="gmic.water", frozen=True):
    """See the picture through running water.  Source: G'MIC, ``water``."""

    command: ClassVar[str] = "water {amplitude},{smoothness},{angle}"

    amplitude: Annotated[float, Number(15.0, 60.0), "how far the water bends"]
    smoothness: Annotated[float, length(0.003, 0.012), "standard deviation of the water's waves"]
    angle: Annotated[float, Number(0.0, 180.0, unit="deg"), "which way the water runs"]
    seed: Annotated[int, Seed(), "which random water"]


class EdgeBands(GmicFilter, tag="gmic.edge_bands", frozen=True):
    """Leave the edges of one size as light on dark.  Source: G'MIC, ``dog``."""

    command: ClassVar[str] = "dog {fine},{coarse} n 0,255"

    fine: Annotated[float, length(0.004, 0.01), "standard deviation of the finer blur"]
    coarse: Annotated[float, length(0.012, 0.03), "standard deviation of the coarser blur"]


class Fisheye(GmicFilter, tag="gmic.fisheye", frozen=True):
    """See the picture through a fisheye lens.  Source: G'MIC, ``fisheye``."""

    command: ClassVar[str] = "fisheye {x},{y},{radius}"

    x: Annotated[float, Number(35.0, 65.0, unit="%"), "place of the middle across the picture"]
    y: Annotated[float, Number(35.0, 65.0, unit="%"), "place of the middle down the picture"]
    radius: Annotated[float, Number(60.0, 95.0, unit="%"), "how much of the picture the lens takes"]


class Flower(GmicFilter, tag="gmic.flower", frozen=True):
    """Bend the picture to petals.  Source: G'MIC, ``flower``."""

    command: ClassVar[str] = "flower {amplitude},{petals},{radius},0,50,50,3"

    amplitude: Annotated[float, Number(3.0, 12.0), "how far petals reach"]
    petals: Annotated[int, Whole(3, 9), "how many petals"]
    radius: Annotated[float, Number(0.0, 100.0), "where the petals begin"]


class Raindrops(GmicFilter, tag="gmic.raindrops", frozen=True):
    """Let drops fall into the picture.  Source: G'MIC, ``raindrops``."""

    command: ClassVar[str] = "raindrops {amplitude},{density},{width},0"

    amplitude: Annotated[float, Number(40.0, 120.0), "how strong the drops' waves are"]
    density: Annotated[float, Number(0.05, 0.3), "how densely drops fall"]
    width: Annotated[float, Number(0.5, 2.0), "length of the drops' waves"]
    seed: Annotated[int, Seed(), "which random drops"]


class Tetris(GmicFilter, tag="gmic.tetris", frozen=True):
    """Build the picture of falling blocks.  Source: G'MIC, ``tetris``."""

    command: ClassVar[str] = "tetris {size}"

    size: Annotated[float, length(0.02, 0.12), "side of a block"]
    seed: Annotated[int, Seed(), "which random blocks"]


class LocalNormalisation(GmicFilter, tag="gmic.normalize_local", frozen=True):
    """Bring out the detail everywhere alike.  Source: G'MIC, ``normalize_local``."""

    command: ClassVar[str] = "normalize_local {amplitude},{radius},{smoothness},{smoothness},1"

    amplitude: Annotated[float, Number(2.0, 8.0), "how much the detail grows"]
    radius: Annotated[float, length(0.015, 0.05), "radius of the surroundings"]
    smoothness: Annotated[float, length(0.02, 0.1), "how smoothly the gain changes"]


class Texture(GmicFilter, tag="gmic.resynthesis", frozen=True):
    """Lay a texture of the picture's own colours and grain over it.

    Source: G'MIC, ``syntexturize``, blended in soft light.
    """

    command: ClassVar[str] = "+syntexturize {w},{h} blend softlight,{opacity}"

    seed: Annotated[int, Seed(), "which random texture"]
    opacity: Annotated[float, Number(0.5, 1.0), "how strongly the texture shows"] = 1.0


class Tunnel(GmicFilter, tag="gmic.tunnel", frozen=True):
    """Lay the picture into itself as a tunnel.  Source: G'MIC, ``tunnel``."""

    command: ClassVar[str] = "tunnel {depth},{factor}%,0.5,0.5,{opacity}"

    depth: Annotated[int, Whole(3, 8), "how many copies"]
    factor: Annotated[float, Number(60.0, 88.0, unit="%"), "size of a copy in the one before"]
    opacity: Annotated[float, Number(0.6, 1.0), "opacity of each copy"]


class Kuwahara(GmicFilter, tag="gmic.kuwahara", frozen=True):
    """Flatten the picture to patches of paint.  Source: G'MIC, ``kuwahara``."""

    command: ClassVar[str] = "kuwahara {size}"

    size: Annotated[float, length(0.008, 0.06), "size of the patches"]


class LightRods(GmicFilter, tag="gmic.rods", frozen=True):
    """Let thin rods of light lie along the picture's edges.  Source: G'MIC, ``rodilius``."""

    command: ClassVar[str] = "rodilius {reach},{thickness},{sharpness},{rods},{turn}"

    reach: Annotated[float, Number(6.0, 14.0), "how long the rods are, of 100"]
    thickness: Annotated[float, Number(5.0, 20.0), "how thick the rods are, of 100"]
    sharpness: Annotated[float, Number(150.0, 400.0), "how much edges are sharpened first"]
    rods: Annotated[int, Whole(4, 12), "in how many directions rods lie"]
    turn: Annotated[float, Number(0.0, 90.0, unit="deg"), "turn of the first direction"]


class FadedArray(GmicFilter, tag="gmic.array_fade", frozen=True):
    """Fade the picture into rows of itself.  Source: G'MIC, ``array_fade``."""

    command: ClassVar[str] = "array_fade {columns},{columns}"

    columns: Annotated[int, Whole(2, 4), "how many columns, and as many rows"]


class OctaveSharpening(GmicFilter, tag="gmic.sharpen_octaves", frozen=True):
    """Sharpen the picture at several sizes of detail.  Source: G'MIC, ``unsharp_octave``."""

    command: ClassVar[str] = "unsharp_octave {octaves},{radius},{amount},0"

    octaves: Annotated[int, Whole(3, 5), "how many sizes of detail"]
    radius: Annotated[
        float,
        Number(4.0, 8.0),
        "standard deviation of the coarsest blur, in pixels of a sheet 512 px high",
    ]
    amount: Annotated[float, Number(3.0, 8.0), "how much the detail grows"]


class Symmetry(GmicFilter, tag="gmic.symmetrize", frozen=True):
    """Mirror the picture along a line through its middle.  Source: G'MIC, ``symmetrize``."""

    command: ClassVar[str] = "symmetrize 50%,50%,{angle},3"

    angle: Annotated[float, Number(0.0, 180.0, unit="deg"), "turn of the mirror's line"]


class Watershed(GmicFilter, tag="gmic.watershed", frozen=True):
    """Fill the basins between edges with flat colour.  Source: G'MIC, ``segment_watershed``."""

    command: ClassVar[str] = "blur {smoothness} segment_watershed {threshold}"

    threshold: Annotated[float, Number(1.0, 8.0), "how strong an edge must be to part two basins"]
    smoothness: Annotated[
        float,
        length(0.0, 0.03, prior="uniform"),
        "standard deviation of a blur before: more makes larger basins",
    ] = 0.0


class AutoIndex(GmicFilter, tag="gmic.auto_index", frozen=True):
    """Paint the picture in its own few colours, dithered.  Source: G'MIC, ``autoindex``."""

    command: ClassVar[str] = "autoindex {colors},{dither},1"

    colors: Annotated[int, Whole(4, 16), "how many colours"]
    dither: Annotated[float, Number(0.0, 1.0), "how much is dithered"]


class LightPatches(GmicFilter, tag="gmic.light_patches", frozen=True):
    """Let light fall on the picture in patches.  Source: G'MIC, ``light_patch``."""

    command: ClassVar[str] = "light_patch {density},{darkness},{light}"

    density: Annotated[int, Whole(3, 10), "how many patches there are across the picture"]
    darkness: Annotated[
        float, Number(0.3, 0.8), "tone of the darkest patches, against the picture's"
    ]
    light: Annotated[float, Number(1.2, 2.0), "tone of the lightest patches, against the picture's"]
    seed: Annotated[int, Seed(), "which random patches"]


class ShadowPatches(GmicFilter, tag="gmic.shadow_patches", frozen=True):
    """Let soft shadows fall on the picture.  Source: G'MIC, ``shadow_patch``."""

    command: ClassVar[str] = "shadow_patch {opacity}"

    opacity: Annotated[float, Number(0.4, 0.9), "how dark the shadows are"]
    seed: Annotated[int, Seed(), "which random shadows"]


class OldPhoto(GmicFilter, tag="gmic.old_photo", frozen=True):
    """Age the picture to an old photograph.  Source: G'MIC, ``old_photo``."""

    command: ClassVar[str] = "+old_photo resize. {w},{h},1,3,2 blend alpha,{age}"

    seed: Annotated[int, Seed(), "which random wear"]
    age: Annotated[float, Number(0.35, 1.0), "how far it is worn and has lost its colours"] = 1.0


class Solarise(GmicFilter, tag="gmic.solarise", frozen=True):
    """Solarise the picture in false colours.  Source: G'MIC, ``solarize``."""

    command: ClassVar[str] = "solarize adjust_colors 0,0,0,{turn},{color}"

    turn: Annotated[
        float, Number(-100.0, 100.0, cyclic=True), "turn of the false colours, 100 half a circle"
    ] = 0.0
    color: Annotated[float, Number(-70.0, 30.0), "how strong they are, below 0 paler"] = 0.0


class RadialBlur(GmicFilter, tag="gmic.radial_blur", frozen=True):
    """Blur the picture towards its middle.  Source: G'MIC, ``blur_radial``."""

    command: ClassVar[str] = "blur_radial {amplitude}%"

    amplitude: Annotated[
        float, Number(1.0, 6.0, unit="%"), "length of the blur, of the picture's size"
    ]
