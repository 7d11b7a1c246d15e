"""How often a source is drawn, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

MORE = 2.0
NORMAL = 1.0
LESS = 0.5
OFF = 0.0


def in_words(weight: float) -> str:
    """What a weight means to a user; empty for the usual one."""
    known = {
        MORE: QCoreApplication.translate("Weights", "used more"),
        NORMAL: "",
        LESS: QCoreApplication.translate("Weights", "used less"),
        OFF: QCoreApplication.translate("Weights", "left out"),
    }
    if weight in known:
        return known[weight]
    return QCoreApplication.translate("Weights", "weight {weight:g}").format(weight=weight)
