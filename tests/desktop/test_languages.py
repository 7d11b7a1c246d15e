from __future__ import annotations

import importlib.util
import re
import shutil
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from layerforge.desktop.bridge import ScorerChosen
from layerforge.desktop.engine_words import operation_title, parameter_title, sentence
from layerforge.desktop.languages import FOLDER, OWN_NAMES, speak, wished
from layerforge.desktop.preferences import LANGUAGE, Preferences
from layerforge.desktop.window import MainWindow
from tests.desktop.driving import banner_texts, click_branch

PACKAGING = Path(__file__).parents[2] / "packaging"
COUNTS = (0, 1, 2, 5, 21)


class Entry(NamedTuple):
    context: str
    source: str
    forms: tuple[str, ...]
    numerus: bool
    finished: bool


def entries(path: Path) -> list[Entry]:
    found = []
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [one.text or "" for one in translation.iter("numerusform")]
            found.append(
                Entry(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    tuple(forms or [translation.text or ""]),
                    message.get("numerus") == "yes",
                    translation.get("type") is None,
                )
            )
    return found


def written(language: str) -> Path:
    return FOLDER / f"layerforge_{language}.ts"


@pytest.fixture(params=sorted(OWN_NAMES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert speak(qapp, "de") == "de"
    yield
    speak(qapp, "en")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", PACKAGING / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_word_of_the_source_is_translated(
    language: str, script: ModuleType, tmp_path: Path
) -> None:
    """What the script would take from the sources now is what there is, all of it finished."""
    shutil.copy(written(language), tmp_path)
    anew = entries(script.update(language, tmp_path))
    there = entries(written(language))
    assert [one[:2] for one in anew if not one.finished] == []
    assert {one[:2] for one in anew} == {one[:2] for one in there}
    assert all(all(one.forms) for one in there)


def test_what_is_compiled_is_what_is_written(language: str, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(f"layerforge_{language}", str(FOLDER))
    for one in entries(written(language)):
        if one.numerus:
            singular, plural = one.forms
            for count in COUNTS:
                said = translator.translate(one.context, one.source, "", count)
                assert said == (singular if count == 1 else plural), one
        else:
            assert translator.translate(one.context, one.source) == one.forms[0], one


def _fields(text: str) -> set[str]:
    return {
        f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None
    }


def test_translations_keep_fields_keys_and_markup(language: str) -> None:
    for one in entries(written(language)):
        for number, form in enumerate(one.forms):
            may_lack = {"n:"} if one.numerus and number == 0 else set()
            assert _fields(form) <= _fields(one.source), one
            assert _fields(one.source) - _fields(form) <= may_lack, one
            assert len(re.findall("&nbsp;", form)) == len(re.findall("&nbsp;", one.source))
            plain = [text.replace("&nbsp;", "") for text in (one.source, form)]
            assert plain[0].count("&") == plain[1].count("&"), one
            assert ("…" in one.source) == ("…" in form), one
            assert one.source.count("\n") == form.count("\n"), one


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["de-AT", "de", "en-US"], "de"),
        (["fr", "de_DE"], "de"),
        (["en-GB", "de"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_of_the_system_that_there_is(
    preferred: list[str], language: str
) -> None:
    assert wished(preferred) == language


@pytest.mark.usefixtures("german")
def test_the_engine_speaks_german_too() -> None:
    assert operation_title("blur.gaussian") == "Gaußscher Weichzeichner"
    assert operation_title("not.installed") == "not.installed"
    assert parameter_title("red_from_green") == "Rot aus Grün"
    assert parameter_title("of_a_plug_in") == "Of a plug in"
    assert sentence("how many copies") == "Wie viele Kopien"


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(opened: MainWindow, qtbot: QtBot) -> None:
    menus = [one.text().replace("&", "") for one in opened.menuBar().actions()]
    assert menus == [
        "Datei",
        "Bearbeiten",
        "Quellen",
        "Erkunden",
        "Ansicht",
        "Vergleichen",
        "Hilfe",
    ]
    assert opened.panels.explore_bar.main_button.text() == "Erkunden"
    click_branch(opened, qtbot, 0)
    assert "Lebendigkeit" in opened.panels.picture.caption.votes.toolTip()
    english = {one.source for one in entries(written("de")) if one.source != one.forms[0]}
    for action in opened.findChildren(type(opened.commands.pin)):
        assert action.text() not in english, action.text()
        assert action.statusTip() not in english, action.statusTip()
    for button in opened.findChildren(QPushButton):
        assert button.text() not in english, button.text()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    found = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_de.qm")
    if found.is_file():
        assert box.buttons()[0].text() == "Abbrechen"


@pytest.mark.usefixtures("german")
def test_who_judges_is_named_in_german_wherever_it_is_said(opened: MainWindow) -> None:
    chosen = ScorerChosen(name="measures", device="cpu", reason="nothing else is here")
    opened.session.exploration.bridge.scorer_chosen.emit(chosen)
    assert opened.studio.progress.numbers["scorer"].text() == "Bildmaße auf CPU"
    assert opened.status.scorer.text() == "Bildmaße auf CPU"


@pytest.mark.usefixtures("german")
def test_no_word_makes_the_window_too_wide_for_a_small_screen(
    opened: MainWindow, qtbot: QtBot
) -> None:
    click_branch(opened, qtbot, 0)
    opened.studio.inspector_dock.show()
    opened.studio.progress_dock.show()
    qtbot.wait(50)
    assert opened.minimumSizeHint().width() <= 1366
    assert opened.width() == 1366


def test_a_language_is_chosen_for_the_next_start(
    make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    actions = window.studio.languages.group.actions()
    assert [one.isChecked() for one in actions] == [True, False, False]
    (german,) = (one for one in actions if one.text() == "Deutsch")
    german.trigger()
    assert "next start" in banner_texts(window)
    window.close()
    assert Preferences().text(LANGUAGE) == "de"
    again = make_window()
    assert [one.data() for one in again.studio.languages.group.actions() if one.isChecked()] == [
        "de"
    ]
    assert QCoreApplication.translate("Actions", "&File") == "&File"  # not before a start
