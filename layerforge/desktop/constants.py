"""Keeps Python's constants alive where a build of PySide6 miscounts them.

PySide6 6.12.0 is built for interpreters whose None, True and False live for ever, as they do from
Python 3.12 on.  Python 3.11 still counts references to them, and loses one with every call into
Qt that returns nothing: after some thousand calls it ends with ``none_dealloc``.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40
"""References given to each constant; a window that paints all day takes years to lose them."""


def keep_constants_alive() -> None:
    """Give Python's constants plenty of references; does nothing where they live for ever."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(constant))
        # a build that keeps something else there, as debug builds may, is left alone
        if abs(count.value - sys.getrefcount(constant)) <= 8 and count.value < PLENTY // 2:
            count.value += PLENTY
