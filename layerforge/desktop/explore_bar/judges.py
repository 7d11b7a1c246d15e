"""Who judges: measures or CLIP, which CLIP, by which words, and how votes are joined."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QWidget

from layerforge.desktop.explore_bar.fields import choices, choose, line, number
from layerforge.desktop.explore_bar.voters import VotersField
from layerforge.explore.settings import ExploreSettings

_OWN = "model"
"""The choice of an encoder of the user's own."""

_ASKS = {
    "auto": {"scorer": "auto"},
    "measures": {"scorer": "measures"},
    "fast": {"scorer": "clip", "preset": "fast"},
    "best": {"scorer": "clip", "preset": "best"},
    _OWN: {"scorer": "clip"},
}
"""What each choice asks for."""


class JudgeFields(QWidget):
    """The settings of judging; ``changed`` when one was."""

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.scorer: QComboBox = choices(
            {
                "auto": self.tr("Automatic"),
                "measures": self.tr("Image measures"),
                "fast": self.tr("CLIP, fast"),
                "best": self.tr("CLIP, best (slow)"),
                _OWN: self.tr("CLIP, another model…"),
            },
            name=self.tr("Scorer"),
            hint=self.tr("Who judges: CLIP where its weights are here, else image measures"),
        )
        self.model: QLineEdit = line(
            name=self.tr("Model"),
            example="ViT-B-16/openai",
            hint=self.tr("MODEL/TAG as open_clip calls it, MODEL@FILE, or a folder"),
        )
        self.more: QLineEdit = line(
            name=self.tr("More like"),
            example=self.tr("fog; a quiet sea"),
            hint=self.tr("What pictures should look like, in words; several with ; between (CLIP)"),
        )
        self.less: QLineEdit = line(
            name=self.tr("Less like"),
            example=self.tr("noise; text"),
            hint=self.tr("What pictures should not look like; several with ; between (CLIP)"),
        )
        self.voters = VotersField()
        self.kappa: QDoubleSpinBox = number(
            name=self.tr("Unanimity"),
            high=5.0,
            hint=self.tr(
                "What disagreement between voters costs: high keeps what all of them like"
            ),
        )
        self.precision: QComboBox = choices(
            {
                "auto": self.tr("Automatic"),
                "float32": "float32",
                "float16": "float16",
                "bfloat16": "bfloat16",
            },
            name=self.tr("Precision"),
            hint=self.tr(
                "Of CLIP's arithmetic; automatic measures once which is fastest and right"
            ),
        )
        for label, field in (
            (self.tr("Scorer"), self.scorer),
            (self.tr("Model"), self.model),
            (self.tr("More like"), self.more),
            (self.tr("Less like"), self.less),
            (self.tr("Voters"), self.voters),
            (self.tr("Unanimity"), self.kappa),
            (self.tr("Precision"), self.precision),
        ):
            form.addRow(label, field)
        self.scorer.currentIndexChanged.connect(self._on_changed)
        self.precision.currentIndexChanged.connect(self._on_changed)
        for edit in (self.model, self.more, self.less):
            edit.editingFinished.connect(self._on_changed)
        self.kappa.valueChanged.connect(self._on_changed)
        self.voters.changed.connect(self._on_changed)
        self._show_fitting()

    def applied(self, settings: ExploreSettings) -> ExploreSettings:
        """``settings`` with what these fields say."""
        asked = self.scorer.currentData()
        fields: dict[str, Any] = dict(_ASKS[asked])
        fields["kappa"] = self.kappa.value()
        fields["weights"] = self.voters.weights()
        fields["clip_model"] = (self.model.text().strip() or None) if asked == _OWN else None
        if asked == "measures":  # what only CLIP knows would be refused
            fields |= {"more_like": (), "less_like": (), "heads": (), "antonyms": None}
        else:
            fields |= {"more_like": _parts(self.more.text()), "less_like": _parts(self.less.text())}
            fields["precision"] = self.precision.currentData()
            if (asked, fields["clip_model"]) != _asked_in(settings):
                fields["heads"] = ()  # they were made for another encoder
        return replace(settings, **fields)

    def show_settings(self, settings: ExploreSettings) -> None:
        """Show what ``settings`` say."""
        asked, model = _asked_in(settings)
        choose(self.scorer, asked)
        choose(self.precision, settings.precision)
        self.model.setText(model or "")
        self.more.setText("; ".join(settings.more_like))
        self.less.setText("; ".join(settings.less_like))
        self.kappa.setValue(settings.kappa)
        self.voters.show_weights(settings.weights)
        self._show_fitting()

    def _on_changed(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        asked = self.scorer.currentData()
        self._form.setRowVisible(self.model, asked == _OWN)
        for field in (self.more, self.less, self.precision):
            field.setEnabled(asked != "measures")


def _asked_in(settings: ExploreSettings) -> tuple[str, str | None]:
    """Which choice the settings are, and the encoder where it is one of the user's own."""
    if settings.scorer == "measures":
        return "measures", None
    if settings.clip_model:
        return _OWN, settings.clip_model
    return ("auto" if settings.scorer == "auto" else settings.preset), None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
