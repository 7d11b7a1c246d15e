from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from layerforge.desktop.inspector.controls.making import Names, control_for
from layerforge.desktop.inspector.controls.number import NumberControl
from layerforge.desktop.inspector.controls.others import ColorControl, SeedControl
from layerforge.desktop.inspector.controls.scale import TICKS, Scale
from layerforge.operations.identifiers import NewLayerId, SourceRef
from layerforge.operations.parameters import ColorValue, Number, Scope, Seed, Whole
from layerforge.operations.registry import toolbox

NUMBERS = [
    (f"{operation.tag()}.{name}", parameter)
    for operation in toolbox().operations.values()
    for name, parameter in operation.parameters().items()
    if isinstance(parameter, Number | Whole) and not isinstance(parameter, Seed)
]


@pytest.mark.parametrize("parameter", [one for _, one in NUMBERS], ids=[one for one, _ in NUMBERS])
def test_every_place_of_every_slider_is_a_value_and_finds_back(parameter: Number | Whole) -> None:
    scale = Scale(parameter)
    values = [scale.value_at(place) for place in range(0, TICKS + 1, 50)]
    assert values == sorted(values)
    low, high = parameter.bounds
    assert (values[0], values[-1]) == pytest.approx((low, high))
    for place, value in zip(range(0, TICKS + 1, 50), values, strict=True):
        if isinstance(parameter, Number):
            parameter.check("it", value)
            assert abs(scale.place_of(value) - place) <= 2


def test_a_log_prior_has_a_log_scale() -> None:
    scale = Scale(Number(0.01, 1.0, prior="log"))
    assert scale.value_at(TICKS // 2) == pytest.approx(0.1, rel=1e-3)
    assert Scale(Number(0.0, 1.0)).value_at(TICKS // 2) == pytest.approx(0.5)


def test_a_neutral_value_beside_the_range_has_a_place_of_its_own() -> None:
    parameter = Number(0.01, 1.0, prior="log", neutral=0.0)
    scale = Scale(parameter)
    assert scale.value_at(0) == 0.0
    assert scale.value_at(1) == pytest.approx(0.01)
    assert scale.place_of(0.0) == 0


@given(value=st.floats(-1.0, 1.0))
def test_a_peaked_prior_is_fine_in_the_middle(value: float) -> None:
    scale = Scale(Number(-1.0, 1.0, prior="peak", neutral=0.0))
    assert scale.value_at(scale.place_of(value)) == pytest.approx(value, abs=0.004)
    assert scale.value_at(TICKS // 2 + 100) < 0.01


def test_every_parameter_of_every_operation_shows_what_it_is_given(qtbot: QtBot) -> None:
    rng = np.random.default_rng(4)
    sources = {"a" * 64: "one.jpg", "b" * 64: "two.jpg"}
    layers = {"l1": "one", "l2": "two"}
    scope = Scope(sources=tuple(sources), layers=tuple(layers), target="l1")
    for operation in toolbox().operations.values():
        if not all(one.available(scope) for one in operation.parameters().values()):
            continue
        sampled = operation.sampled(rng=rng, scope=scope)
        for name, parameter in operation.parameters().items():
            control = control_for(name, parameter, Names(sources, layers))
            if isinstance(parameter, NewLayerId):
                assert control is None
                continue
            assert control is not None, (operation.tag(), name)
            qtbot.addWidget(control)
            told: list[object] = []
            control.changed.connect(told.append)
            control.show_value(getattr(sampled, name))
            assert told == []
            focusable = [
                one
                for one in control.findChildren(QWidget)
                if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(one, QLabel)
            ]
            assert focusable
            assert any(one.accessibleName() for one in focusable)
            assert control.toolTip() or any(one.toolTip() for one in focusable)


def test_keys_move_a_slider_and_the_field_follows(qtbot: QtBot) -> None:
    control = NumberControl("Size", Number(0.01, 1.0, prior="log"), "how large")
    qtbot.addWidget(control)
    control.show_value(0.1)
    told: list[float] = []
    control.changed.connect(told.append)
    qtbot.keyClick(control.slider, Qt.Key.Key_Right)
    assert told
    assert told[-1] > 0.1
    assert control.field.value() == pytest.approx(told[-1], abs=1e-3)
    control.field.setValue(0.5)
    assert told[-1] == pytest.approx(0.5)


def test_whole_numbers_stay_whole_and_angles_turn_round(qtbot: QtBot) -> None:
    whole = NumberControl("Count", Whole(2, 9), "how many")
    turn = NumberControl("Angle", Number(-180, 180, unit="deg", cyclic=True), "how far")
    for one in (whole, turn):
        qtbot.addWidget(one)
    told: list[object] = []
    whole.changed.connect(told.append)
    whole.slider.setValue(700)
    assert isinstance(told[-1], int)
    turn.show_value(179.0)
    turn.changed.connect(told.append)
    turn.slider.setValue(-180)
    assert told[-1] == -180.0
    assert turn.slider.property("wrapping")


def test_a_colour_is_taken_as_it_is_pointed_at(qtbot: QtBot) -> None:
    control = control_for("ink", ColorValue(), Names())
    assert isinstance(control, ColorControl)
    qtbot.addWidget(control)
    control.show_value((1.0, 0.0, 0.0))
    told: list[object] = []
    control.changed.connect(told.append)
    control.choose()
    dialog = control.findChild(QWidget)
    assert dialog is not None
    assert control._palette is not None
    assert not control._palette.isModal()
    control._palette.setCurrentColor(QColor(0, 0, 255))
    assert told == [(0.0, 0.0, 1.0)]


def test_seeds_are_rolled_and_sources_have_names(qtbot: QtBot) -> None:
    seed = control_for("seed", Seed(), Names())
    source = control_for("source", SourceRef(), Names({"a" * 64: "sea.jpg"}))
    assert isinstance(seed, SeedControl)
    assert source is not None
    qtbot.addWidget(seed)
    qtbot.addWidget(source)
    told: list[int] = []
    seed.changed.connect(told.append)
    for _ in range(3):
        qtbot.mouseClick(seed.button, Qt.MouseButton.LeftButton)
    assert len(set(told)) == 3
    for one in told:
        Seed().check("seed", one)
    source.show_value("a" * 64)
    assert source.box.currentText() == "sea.jpg"  # type: ignore[attr-defined]
