"""What a worker has at hand to render and judge candidates, and the work itself.

The functions here are handed to an executor with plain values only, so that the executor may run
them in threads, in other processes, or on other machines: each worker needs a workbench under the
same name first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.errors import SourceMissing, described
from layerforge.operations.pixels import flatten, to_uint8
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.renderer import Renderer
from layerforge.scoring.fingerprint import Fingerprints, fingerprint
from layerforge.scoring.fragility import varied
from layerforge.scoring.jury import screening, votes_in
from layerforge.scoring.measures import screen
from layerforge.scoring.scorer import Pictures, Scorer, Verdict
from layerforge.search.gate import Reason

Picture = npt.NDArray[np.uint8]
"""(H, W, 3) uint8 sRGB."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A candidate's picture, or why there is none worth judging."""

    picture: Picture | None
    reason: Reason | None = None
    problem: str = ""
    fingerprint: Fingerprints | None = None


@dataclass(frozen=True, slots=True)
class Workbench:
    """Sources by id as file bytes, a scorer, and a renderer made from them.

    cheap: the judge that promotes candidates where they are judged at a small size first.
    """

    sources: Mapping[str, bytes]
    scorer: Scorer
    cache_bytes: int
    cheap: Callable[[Pictures], Verdict]
    pyramid: SourcePyramid = field(init=False)
    renderer: Renderer = field(init=False)

    def __post_init__(self) -> None:
        pyramid = SourcePyramid(_reader(self.sources))
        object.__setattr__(self, "pyramid", pyramid)
        object.__setattr__(self, "renderer", Renderer(pyramid, cache=RenderCache(self.cache_bytes)))

    def cutouts(self) -> frozenset[str]:
        """The sources that are transparent by a tenth or more: objects without surroundings."""
        return frozenset(
            source for source in self.sources if self.pyramid.pixels(source, 1)[..., 3].mean() < 0.9
        )


def _reader(sources: Mapping[str, bytes]) -> Callable[[str], bytes]:
    """From a source's id to its file bytes.

    It must not hold the workbench: in a circle, its caches would stay until garbage is looked for.
    """

    def file_bytes_of(source_id: str) -> bytes:
        if source_id not in sources:
            raise SourceMissing(source_id)
        return sources[source_id]

    return file_bytes_of


_workbenches: dict[str, Workbench] = {}


def install(
    name: str,
    sources: Mapping[str, bytes],
    scorer: Scorer,
    cache_bytes: int,
    cheap: Scorer | None = None,
) -> Workbench:
    """Set up this process's workbench ``name``; also the initializer of worker processes."""
    cv2.setNumThreads(1)  # the executor's workers share the cores, not OpenCV's threads
    workbench = Workbench(
        sources=sources,
        scorer=scorer,
        cache_bytes=cache_bytes,
        cheap=screening(scorer) if cheap is None else cheap.judge,
    )
    _workbenches[name] = workbench
    return workbench


def remove(name: str) -> None:
    """Let the workbench ``name`` of this process go."""
    _workbenches.pop(name, None)


def render_candidate(name: str, canvas: Canvas, width: int, height: int) -> Rendered:
    """Render ``canvas`` on the workbench ``name`` and look whether it is worth judging.

    Never raises: an operation that fails is reported in the result and costs one candidate only.
    """
    try:
        picture = render_picture(name, canvas, width, height)
    except Exception as error:  # noqa: BLE001 - plug-ins run here: reported, never swallowed
        return Rendered(picture=None, reason="failed", problem=described(error))
    found = screen(picture)
    if found is not None:
        return Rendered(picture=None, reason=found)
    return Rendered(picture=picture, fingerprint=fingerprint(picture))


def render_picture(name: str, canvas: Canvas, width: int, height: int) -> Picture:
    """A draft of ``canvas`` on the workbench ``name``, over white where it is transparent."""
    renderer = _workbenches[name].renderer
    pixels = renderer.render(canvas, width=width, height=height, draft=True)
    return to_uint8(flatten(pixels))


def judge_pictures(name: str, pictures: Pictures) -> Verdict:
    """Judge a batch (N, H, W, 3) on the workbench ``name``."""
    return _workbenches[name].scorer.judge(pictures)


def judge_varied(name: str, pictures: Pictures) -> dict[str, npt.NDArray[np.float64]]:
    """Raw votes on each of (N, H, W, 3) under the four variations, (N, 4) by voter."""
    scorer = _workbenches[name].scorer
    verdict = scorer.judge(np.concatenate([varied(picture) for picture in pictures]))
    votes = votes_in(verdict, name=scorer.name)
    return {voter: said.reshape(len(pictures), -1) for voter, said in votes.items()}


def judge_cheaply(name: str, pictures: Pictures) -> Verdict:
    """What the cheap judge says of a batch (N, H, W, 3)."""
    return _workbenches[name].cheap(pictures)
