"""The whole chain on photographs and samples, as a user runs it."""

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.events import RoundDone
from layerforge.explore.exporting import best_branches, export_branches
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.yardsticks import panel_of
from layerforge.files.images import decode
from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
from layerforge.scoring.fragility import varied
from layerforge.scoring.voters import MeasuresScorer


def judged(file_bytes, panel):
    """A whole source by the yardstick of the branches, as closely looked at as they are."""
    straight = decode(file_bytes, name="x")
    picture = to_uint8(flatten(premultiply(from_uint8(straight))))
    looks = np.concatenate([picture[None], varied(picture)])
    values = panel.join(MeasuresScorer().judge(looks).parts).values
    return float(np.sort(values)[1])  # of five, the lower quartile


@pytest.mark.parametrize("kind", ["photographs", "samples"])
def test_the_search_beats_its_sources_and_its_beginning(
    make_exploration, photo_folder, samples, tmp_path, kind
):
    folder = photo_folder if kind == "photographs" else samples
    exploration = make_exploration(folder=folder, size=(1024, 1024))
    finished = exploration.run(budget=300, seed=7, search_edge_px=ExploreSettings().search_edge_px)
    project = exploration.project
    panel = panel_of(project, MeasuresScorer())
    sources = [judged(project.source_bytes(source.id), panel) for source in project.sources()]
    assert finished.best[1] > max(sources)
    rounds = [event for event in exploration.events if isinstance(event, RoundDone)]
    beginning = next(event.best[1] for event in rounds if event.best is not None)
    assert finished.best[1] > beginning

    top = best_branches(project, 5)
    done = list(export_branches(project, top, folder=tmp_path / "out", long_edge_px=256))
    pictures = [np.asarray(Image.open(one.picture).convert("RGB")) for one in done]
    # five different collages: no two share most of their pixels, and none is mud or flat
    for place, picture in enumerate(pictures):
        assert picture.std() > 25
        for other in pictures[:place]:
            assert np.abs(picture.astype(int) - other).mean() > 20
