from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from layerforge.desktop.constants import keep_constants_alive


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants live for ever from 3.12 on")
def test_none_outlives_calls_into_qt() -> None:
    keep_constants_alive()
    keep_constants_alive()
    thing = QObject()
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > 1 << 39
