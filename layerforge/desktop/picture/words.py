"""Steps in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from layerforge.desktop.engine_words import choice_title, operation_title
from layerforge.model.source import Source
from layerforge.model.step import Step


def title_of(step: Step) -> str:
    """The operation's name for people; its tag where it is not installed."""
    return operation_title(step.operation.name)


def steps_html(
    history: Sequence[Step], *, own: int, sources: Iterable[Source], dim: str, text: str
) -> str:
    """The steps from the blank canvas on, numbered; the last ``own`` stand out as the branch's.

    dim, text: colours.
    """
    names = {source.id: source.name for source in sources}
    first_own = len(history) - own
    words = []
    for place, step in enumerate(history):
        about = _about(step, names)
        title = escape(title_of(step)) + (f" <i>{escape(about)}</i>" if about else "")
        if place >= first_own:
            title = f'<span style="color:{text}"><b>{title}</b></span>'
        words.append(f"{place + 1}&nbsp;{title}")
    return f'<span style="color:{dim}">{" &nbsp; →&nbsp;".join(words)}</span>'


def _about(step: Step, names: Mapping[str, str]) -> str:
    """The source or choice that tells most about a step."""
    for value in step.operation.parameters.values():
        if isinstance(value, str) and value in names:
            return names[value]
    mode = step.operation.parameters.get("mode")
    return choice_title(mode) if isinstance(mode, str) else ""
