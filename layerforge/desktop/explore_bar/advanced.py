"""Settings that few need, in a fold."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QSpinBox, QToolButton, QVBoxLayout, QWidget

from layerforge.desktop.explore_bar.families import FamiliesField
from layerforge.desktop.explore_bar.fields import choices, choose, number
from layerforge.desktop.explore_bar.judges import JudgeFields
from layerforge.desktop.symbols import icon, triangle_down, triangle_right
from layerforge.desktop.theme import colors_now
from layerforge.explore.settings import ExploreSettings


class Advanced(QWidget):
    """How it is searched, who judges, what is drawn and where it runs; closed at first.

    changed: one of them was.
    """

    opened = Signal(bool)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        form = QFormLayout(self._inside)
        form.setContentsMargins(0, 2, 0, 4)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.strategy = choices(
            {
                "beam": self.tr("Best first"),
                "swarm": self.tr("Swarm (several groups)"),
                "tree": self.tr("Tree search"),
                "elites": self.tr("Best of each kind"),
                "novelty": self.tr("Most unlike the rest"),
                "auto": self.tr("Mixed"),
                "random": self.tr("Random (no search)"),
            },
            name=self.tr("Strategy"),
            hint=self.tr("How the next branches to grow are picked"),
        )
        self.novelty = number(
            name=self.tr("Novelty"),
            high=5.0,
            hint=self.tr("How much being unlike the others counts"),
        )
        form.addRow(self.tr("Strategy"), self.strategy)
        form.addRow(self.tr("Novelty"), self.novelty)
        self.families = FamiliesField()
        form.addRow(self.tr("Operations"), self.families)
        self.judges = JudgeFields(form, self)
        self.scorer = self.judges.scorer
        self.device = choices(
            {
                "auto": self.tr("Automatic"),
                "cpu": self.tr("Processor"),
                "cuda": "CUDA",
                "mps": "MPS",
            },
            name=self.tr("Device"),
            hint=self.tr("Where CLIP runs; measures run on the processor"),
        )
        self.threads = QSpinBox()
        self.threads.setRange(0, 256)
        self.threads.setSpecialValueText(self.tr("One a core"))
        self.threads.setAccessibleName(self.tr("Threads"))
        self.threads.setToolTip(self.tr("How many threads render; they never change what is found"))
        self.threads.setStatusTip(self.threads.toolTip())
        form.addRow(self.tr("Device"), self.device)
        form.addRow(self.tr("Threads"), self.threads)
        self.fold = QToolButton()
        self.fold.setProperty("role", "link")
        self.fold.setText(self.tr("Advanced"))
        self.fold.setToolTip(self.tr("Strategy, scorer, operations and device"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._open)
        self._inside.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self._inside)
        self.show_settings(ExploreSettings())
        for signal in (
            self.strategy.currentIndexChanged,
            self.device.currentIndexChanged,
            self.novelty.valueChanged,
            self.threads.valueChanged,
            self.families.changed,
            self.judges.changed,
        ):
            signal.connect(lambda *_: self.changed.emit())
        self._draw()

    def applied(self, settings: ExploreSettings) -> ExploreSettings:
        """``settings`` with what is chosen here."""
        return self.judges.applied(
            replace(
                settings,
                strategy=self.strategy.currentData(),
                novelty=self.novelty.value(),
                families_off=self.families.off(),
                device=self.device.currentData(),
                threads=self.threads.value(),
            )
        )

    def show_settings(self, settings: ExploreSettings) -> None:
        """Show what ``settings`` say."""
        choose(self.strategy, settings.strategy)
        choose(self.device, settings.device)
        self.novelty.setValue(settings.novelty)
        self.threads.setValue(settings.threads)
        self.families.show_off(settings.families_off)
        self.judges.show_settings(settings)

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self._inside.setVisible(is_open)
        self._draw()
        self.opened.emit(is_open)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        symbol = triangle_down if self.fold.isChecked() else triangle_right
        self.fold.setIcon(icon(symbol, colors_now().text))
