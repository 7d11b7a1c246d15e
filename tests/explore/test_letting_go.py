import numpy as np
import pytest

from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.settings import ExploreSettings
from layerforge.files.assets import samples_folder
from layerforge.model.canvas import Canvas
from layerforge.model.errors import SourceMissing
from layerforge.project.errors import SourceInUse
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer


@pytest.fixture
def project(tmp_path):
    samples = samples_folder()
    with Project.create(tmp_path / "p.layerforge", canvas=Canvas(width=120, height=120)) as project:
        add_sources(project, read_sources([samples / "fern.jpg"]))
        settings = ExploreSettings(budget=16, seed=3, strategy="random", search_edge_px=96)
        Explorer(project, settings, MeasuresScorer(), listener=lambda event: None).run()
        add_sources(project, read_sources([samples / "dusk.jpg"]))
        yield project


def test_only_what_no_branch_needs_goes(project):
    fern, dusk = project.sources()
    branches = len(project.branches()) - 1
    with pytest.raises(SourceInUse, match=r"fern\.jpg can't be removed: .*branch.* it; leave"):
        project.remove_source(fern.id)
    assert str(branches) in str(_refusal(project, fern.id)) or branches == 1
    project.remove_source(dusk.id)
    assert project.sources() == (fern,)
    with pytest.raises(SourceMissing):
        project.remove_source(dusk.id)
    with Project.open(project.path, read_only=True) as again:
        assert again.sources() == (fern,)


def _refusal(project, source_id):
    with pytest.raises(SourceInUse) as refused:
        project.remove_source(source_id)
    return refused.value


def test_its_embeddings_go_with_it(project):
    fern, dusk = project.sources()
    encoder = project.encoder()
    vectors = {
        (one.id, mirrored): np.ones(4, np.float16)
        for one in (fern, dusk)
        for mirrored in (False, True)
    }
    project.set_source_embeddings(vectors, encoder=encoder)
    project.remove_source(dusk.id)
    assert len(project.source_embeddings(encoder=encoder)) == 2


def test_nothing_new_is_made_from_what_is_left_out(project):
    fern, dusk = project.sources()
    before = {one.id for one in project.branches()}
    settings = ExploreSettings(
        budget=24, seed=4, strategy="random", search_edge_px=96, source_weights={fern.id: 0.0}
    )
    Explorer(project, settings, MeasuresScorer(), listener=lambda event: None).run()
    new = [one for one in project.branches() if one.id not in before]
    named = {
        value for one in new for step in one.steps for value in step.operation.parameters.values()
    }
    assert dusk.id in named
    assert fern.id not in named
