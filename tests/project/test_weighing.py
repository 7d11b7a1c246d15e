import pytest

from layerforge.model.errors import InvalidValue, SourceMissing
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.repairing import repair
from tests.project.damage import damaged, no_first_page
from tests.project.made import make_project


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.layerforge"
    make_project(path, branches=6, rounds=2)
    return path


def test_weights_are_kept_with_the_sources(path):
    with Project.open(path) as project:
        first, second = project.sources()
        assert project.source_weights() == {}
        project.set_source_weights({first.id: 2.0, second.id: 0.0})
    with Project.open(path, read_only=True) as project:
        assert project.source_weights() == {first.id: 2.0, second.id: 0.0}
        with pytest.raises(ProjectError):
            project.set_source_weights({first.id: 1.0})
    with Project.open(path) as project:
        project.set_source_weights({first.id: 1.0})
        assert project.source_weights() == {second.id: 0.0}


@pytest.mark.parametrize("weight", [-0.5, 101.0, float("nan"), float("inf")])
def test_no_other_weights_are_kept(path, weight):
    with Project.open(path) as project:
        first, second = project.sources()
        with pytest.raises(InvalidValue, match="must be 0 to 100"):
            project.set_source_weights({first.id: 3.0, second.id: weight})
        with pytest.raises(SourceMissing):
            project.set_source_weights({first.id: 3.0, "f" * 64: 1.0})
        assert project.source_weights() == {}


def test_a_damaged_weight_is_named(path):
    with Project.open(path) as project:
        with project._database.transaction() as connection:
            connection.execute("UPDATE sources SET weight = -3.0")
        with pytest.raises(ProjectError, match="the weights of the sources"):
            project.source_weights()


@pytest.mark.parametrize("weight", [0.0, 0.5, 2.0])
def test_a_repair_brings_weights_back(path, weight):
    with Project.open(path) as project:
        first = project.sources()[0]
        project.set_source_weights({first.id: weight})
    path.write_bytes(damaged(path.read_bytes(), no_first_page, 0))
    repair(path, tell=lambda what, share: None)
    with Project.open(path) as project:
        assert len(project.sources()) == 2
        assert project.source_weights() == {first.id: weight}
