"""What is known of the chosen branch: its value, its opinions, its steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.picture.votes import Votes
from layerforge.desktop.picture.words import steps_html
from layerforge.desktop.theme import colors_now
from layerforge.model.branch import Branch
from layerforge.model.source import Source
from layerforge.model.step import Step

STEPS = 40
"""Room for two lines of steps."""


class Caption(QWidget):
    """Number, value and origin of a branch, each voter's opinion, and the list of its steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps_of: tuple[tuple[Step, ...], int, tuple[Source, ...]] | None = None
        self.title = QLabel()
        self.title.setProperty("role", "value")
        self.origin = QLabel()
        self.origin.setProperty("role", "dim")
        self.origin.setWordWrap(True)
        self.origin.setToolTip(
            self.tr(
                "beats: how many of the usual random compositions are worth less. fragility: by "
                "how much the value fell when the picture was mirrored, trimmed, compressed and "
                "blurred; it is fragile from 0.20 on. outside: how far it lies from all mixes of "
                "the sources, as the scorer sees it"
            )
        )
        self.votes = Votes()
        self.steps = QLabel()
        self.steps.setWordWrap(True)
        self.steps.setTextFormat(Qt.TextFormat.RichText)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.steps)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(STEPS)
        # the branch's own steps are the last: they come into view by themselves
        bar = scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 8, 14, 8)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self.origin)
        whole.addWidget(self.votes)
        whole.addWidget(scroll)

    def add_button(self, action: QAction) -> None:
        """Add a button for an action on the chosen branch."""
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.addWidget(button)

    def show_branch(
        self, branch: Branch, *, history: tuple[Step, ...], sources: tuple[Source, ...]
    ) -> None:
        """Show a branch with its whole history."""
        value = "" if branch.value is None else f"{branch.value:.3f}"
        status = {"open": "", "pinned": self.tr("pinned"), "killed": self.tr("killed")}
        self.title.setText(f"#{branch.id}   {value}".strip())
        words = [status[branch.status], self.tr("depth {n}").format(n=branch.depth)]
        if branch.parent:
            words.append(self.tr("from #{n}").format(n=branch.parent))
        words.append(self.tr("round {n}").format(n=branch.round))
        words += self._standing(branch)
        self.origin.setText(
            " · ".join(word.replace(" ", "\N{NO-BREAK SPACE}") for word in words if word)
        )
        self.votes.set_parts({} if branch.score is None else branch.score.parts)
        self._steps_of = history, len(branch.steps), sources
        self._write_steps()

    def _standing(self, branch: Branch) -> list[str]:
        """How far the value holds, and how far the picture has left the sources behind."""
        score, words = branch.score, []
        if score is None:
            return []
        if score.percentile is not None:
            words.append(self.tr("beats {n:.0f} %").format(n=score.percentile))
        if score.trials:
            words.append(self.tr("fragility {n:.2f}").format(n=score.fragility))
        if score.hull_distance is not None:
            words.append(self.tr("{n:.2f} outside").format(n=score.hull_distance))
        return words

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write_steps()

    def _write_steps(self) -> None:
        if self._steps_of is None:
            return
        history, own, sources = self._steps_of
        colors = colors_now()
        self.steps.setText(
            steps_html(history, own=own, sources=sources, dim=colors.dim, text=colors.text)
        )
