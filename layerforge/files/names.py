"""File names as text: what can be printed and stored, whatever bytes the disk holds."""

from __future__ import annotations


def printable(name: str) -> str:
    """``name`` as valid Unicode on one line; what can't be shown becomes ``?``.

    On Linux a file name is any bytes; Python hands those that are no UTF-8 over as lone
    surrogates (PEP 383), which neither JSON nor a terminal takes.
    """
    valid = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "?" for letter in valid)
