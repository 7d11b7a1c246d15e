"""The engine's own words in the language of the window: operations, parameters, voters.

The engine speaks English to files and the command line.  What stands here is looked up when it is
shown, in contexts that `packaging/translations.py` fills from the toolbox; words of plug-ins that
nobody translated stay as they are.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from layerforge.operations.registry import toolbox

OPERATION = "Operation"
FAMILY = "Family"
PARAMETER = "Parameter"
CHOICE = "Choice"
VOTER = "Voter"
LAYER = "Layer"
SENTENCE = "Sentence"


def operation_title(name: str) -> str:
    """The title of the operation with this name, such as ``blur.gaussian``; else the name."""
    operation = toolbox().operations.get(name)
    return name if operation is None else _said(OPERATION, operation.title())


def family_title(family: str) -> str:
    """A family of operations."""
    return _said(FAMILY, plain(family))


def parameter_title(name: str) -> str:
    """A parameter, or any other name of the kind."""
    return _said(PARAMETER, plain(name))


def choice_title(choice: str) -> str:
    """One of the words that a parameter may be."""
    return _said(CHOICE, choice)


def voter_title(voter: str) -> str:
    """A voter of the panel; prompts and the like, which people write themselves, stay."""
    return _said(VOTER, voter)


def device_title(device: str) -> str:
    """What a scorer runs on."""
    return device.upper() if device == "cpu" else device


def layer_title(name: str) -> str:
    """A layer that is named after its kind; the names of files stay."""
    return _said(LAYER, name)


def sentence(text: str) -> str:
    """What an operation does, or what a parameter means; with a capital."""
    return with_capital(_said(SENTENCE, text))


def with_capital(text: str) -> str:
    """``text`` as it begins a sentence."""
    return text[:1].upper() + text[1:]


def plain(name: str) -> str:
    """A name of the code's as a word, such as ``Red from green``."""
    return name.replace("_", " ").capitalize()


def _said(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)
