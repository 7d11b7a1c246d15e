"""How often a source is drawn, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

MORE = 2.0
NORMAL = 1.0
LESS = 0.5
OFF = 0.0


def in_words(weight: float) -> str:
    """What a weight means to a user; empty for the usual one."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Weights", text)

    known = {MORE: tr("used more"), NORMAL: "", LESS: tr("used less"), OFF: tr("left out")}
    if weight in known:
        return known[weight]
    return tr("weight {weight:g}").format(weight=weight)
