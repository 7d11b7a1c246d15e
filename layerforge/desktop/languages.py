"""The languages that the window speaks, and which one it speaks now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent / "translations"

OWN_NAMES = {"en": "English", "de": "Deutsch"}
"""Each language by its own name, which is found by who can't read the others."""

NATIVE = "en"
"""What the source is written in; its own file holds the forms of words after numbers only."""


def wished(preferred: Iterable[str]) -> str:
    """The first of the system's languages that there is, such as ``de`` for ``de-AT``."""
    for name in preferred:
        language = name.replace("_", "-").partition("-")[0].lower()
        if language in OWN_NAMES:
            return language
    return NATIVE


def speak(app: QCoreApplication, language: str = "") -> str:
    """Let what is made from now on speak ``language``, or the system's where it is none of ours.

    Returns the language.  Widgets that are there already keep theirs.
    """
    spoken = language if language in OWN_NAMES else wished(QLocale.system().uiLanguages())
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.setParent(None)
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # those installed last are asked first
    for name, folder in ((f"qtbase_{spoken}", qt), (f"layerforge_{spoken}", str(FOLDER))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
    return spoken
