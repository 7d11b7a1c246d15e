from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from tests.desktop.driving import explore, wait_until_idle
from tests.small_clip import make_encoder, make_head


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A small encoder that reads, with a head of its own."""
    folder = Path(make_encoder(tmp_path / "small", reads=True))
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return folder


def test_clip_judges_by_the_words_in_the_bar(
    opened: MainWindow, encoder: Path, qtbot: QtBot
) -> None:
    judges = opened.panels.explore_bar.advanced.judges
    opened.panels.explore_bar.advanced.fold.setChecked(True)
    assert not judges.model.isVisibleTo(judges.model.parentWidget())
    judges.scorer.setCurrentIndex(judges.scorer.findData("model"))
    assert judges.model.isVisibleTo(judges.model.parentWidget())
    qtbot.keyClicks(judges.model, str(encoder))
    qtbot.keyClicks(judges.more, "fog; a quiet sea")
    qtbot.keyClicks(judges.less, "noise")
    judges.voters.boxes["order"].setValue(0.5)
    judges.voters.show_weights({"order": 0.5, "of another scorer": 3.0})
    said: list[str] = []
    opened.session.exploration.bridge.loading.connect(
        lambda _text: said.append(opened.status.activity.text())
    )
    explore(opened, qtbot, 16)
    wait_until_idle(opened, qtbot)
    assert "Loading CLIP" in said[0]
    run = opened.session.project.runs()[-1]
    assert run.scorer == "clip"
    assert run.settings["clip_model"] == str(encoder)
    assert run.settings["more_like"] == ["fog", "a quiet sea"]
    assert run.settings["less_like"] == ["noise"]
    assert run.settings["weights"] == {"order": 0.5}
    voters = {"more like: fog", "more like: a quiet sea", "less like: noise", "order", "taste"}
    assert voters <= judges.voters.boxes.keys()
    best = max(opened.session.project.branches(), key=lambda one: one.value or -99.0)
    assert best.score is not None
    assert "more like: fog" in best.score.parts
    with qtbot.waitSignal(opened.session.opened, timeout=10_000):
        opened.session.open_again()
    assert judges.more.text() == "fog; a quiet sea"
    assert judges.model.text() == str(encoder)
