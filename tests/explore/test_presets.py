import json

import pytest

from layerforge.explore.presets import Presets, last_settings
from layerforge.explore.settings import ExploreSettings
from layerforge.model.errors import InvalidValue, LayerForgeError
from tests.project.made import make_project

WILD = ExploreSettings(
    budget=500,
    seed=7,
    noise=0.8,
    scorer="clip",
    preset="best",
    more_like=("fog; and sea", "ä"),
    weights={"order": 0.5},
    families_off=("glitch",),
    source_weights={"a" * 64: 0.0},
    grow_from=(3,),
)


@pytest.fixture
def presets(tmp_path):
    return Presets(tmp_path / "config" / "presets")


def test_a_preset_is_what_was_saved_without_what_belongs_to_one_run(presets):
    assert presets.names() == []
    presets.save("Wild & foggy / 2", WILD)
    found = Presets(presets.folder).load("Wild & foggy / 2")
    assert found.source_weights is None
    assert (found.seed, found.grow_from) == (0, ())
    for name in ("budget", "noise", "scorer", "preset", "more_like", "weights", "families_off"):
        assert getattr(found, name) == getattr(WILD, name)
    assert presets.names() == ["Wild & foggy / 2"]
    (file,) = presets.folder.iterdir()
    assert json.loads(file.read_text("utf-8"))["noise"] == 0.8
    assert "temperature" not in file.read_text("utf-8")  # as usual: what is usual may change


def test_presets_are_renamed_replaced_and_removed(presets):
    presets.save("one", WILD)
    presets.save("two", ExploreSettings(noise=0.1))
    with pytest.raises(InvalidValue, match="called TWO already"):
        presets.rename("one", "TWO")
    presets.rename("one", "One")
    assert presets.names() == ["One", "two"]
    presets.save("two", ExploreSettings(noise=0.2))
    assert presets.load("two").noise == 0.2
    presets.remove("two")
    assert presets.names() == ["One"]
    with pytest.raises(InvalidValue, match="can't be read"):
        presets.load("two")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 61, "CON", "lpt1.calm"])
def test_no_other_names_are_taken(presets, name):
    with pytest.raises(InvalidValue):
        presets.save(name, WILD)
    assert presets.names() == []


def test_names_never_leave_the_folder(presets, tmp_path):
    for name in ("../../out", "/etc/x", "..", "C:\\x"):
        presets.save(name, WILD)
    assert {one.parent for one in tmp_path.rglob("*.json")} == {presets.folder}
    assert len(presets.names()) == 4


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"noise": 7}', b'{"nose": 0.1}', b"\xff\xfe", b"{" + b" " * 70_000 + b"}"],
)
def test_a_damaged_preset_is_named(presets, content):
    presets.save("bad", WILD)
    (file,) = presets.folder.iterdir()
    file.write_bytes(content)
    with pytest.raises(InvalidValue) as refused:
        presets.load("bad")
    assert str(file) in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    presets = Presets(tmp_path / "file" / "presets")
    assert presets.names() == []
    with pytest.raises(LayerForgeError, match="can't be written"):
        presets.save("one", WILD)


def test_the_last_exploration_tells_its_settings(tmp_path):
    from layerforge.project.project import Project

    make_project(tmp_path / "p.layerforge", branches=6, rounds=2)
    with Project.open(tmp_path / "p.layerforge") as project:
        run = {"seed": 1, "scorer": "m", "scorer_description": "", "versions": {}}
        project.begin_run(settings={"budget": 9, "noise": 0.5, "kappa": "?", "later": 1}, **run)
        project.begin_run(settings={"work": "edit", "noise": 0.9}, **run)
        found = last_settings(project)
    usual = ExploreSettings()
    assert (found.budget, found.noise, found.kappa) == (9, 0.5, usual.kappa)
