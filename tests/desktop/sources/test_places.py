from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from layerforge.desktop.sources import places as places_module
from layerforge.desktop.sources import tools as tools_module
from layerforge.desktop.sources.places import Places
from layerforge.desktop.window import MainWindow
from layerforge.model.errors import LayerForgeError
from tests.desktop.driving import drop
from tests.desktop.sources.test_tools import click_source


def test_places_outlive_the_window(tmp_path: Path) -> None:
    file, there = tmp_path / "config" / "places.json", tmp_path / "ä.png"
    there.write_bytes(b"")
    Places(file).remember({"a" * 64: there, "b" * 64: tmp_path / "gone.png"})
    again = Places(file)
    assert again.of("a" * 64) == there
    assert again.of("b" * 64) is None  # no file is there any more
    assert again.of("c" * 64) is None


def test_those_met_last_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_module, "MOST", 2)
    there = tmp_path / "x.png"
    there.write_bytes(b"")
    places = Places(tmp_path / "places.json")
    for letter in "abac":
        places.remember({letter * 64: there})
    again = Places(tmp_path / "places.json")
    assert [letter for letter in "abc" if again.of(letter * 64)] == ["a", "c"]


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"x": "y"}', b"\xff", b'{"' + b"a" * 64])
def test_a_damaged_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "places.json"
    file.write_bytes(content)
    places = Places(file)
    assert places.of("a" * 64) is None
    places.remember({"a" * 64: file})
    assert Places(file).of("a" * 64) == file


def test_where_it_can_not_be_kept_it_is_said_and_known_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    places = Places(tmp_path / "file" / "places.json")
    with pytest.raises(LayerForgeError, match="until the window closes"):
        places.remember({"a" * 64: tmp_path / "file"})
    assert places.of("a" * 64) == tmp_path / "file"


def test_a_source_is_shown_in_its_folder(
    window: MainWindow, photos: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(tools_module, "open_folder", shown.append)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    reveal = window.studio.source_tools.reveal
    assert not reveal.isEnabled()
    click_source(window, qtbot, 0)
    assert reveal.isEnabled()
    reveal.trigger()
    assert shown == [photos[0].parent]
