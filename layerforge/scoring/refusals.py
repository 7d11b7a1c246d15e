"""What torch and open_clip say of a checkpoint that they refuse, in one line for people."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = re.compile(r'"([\w.]+)"|size mismatch for ([\w.]+):')


def why_refused(error: Exception) -> str:
    """The reason in ``error``, which names of weights it is about counted, not listed."""
    text = str(error) or repr(error)
    names = list(dict.fromkeys(one or other for one, other in _NAMES.findall(text)))
    if "loading state_dict" in text and names:
        differ = "name differs" if len(names) == 1 else "names differ"
        return f"weights of another architecture ({len(names)} {differ}, such as {names[0]})"
    return text.split("\n")[0].strip()[:300]


@contextmanager
def without_talk_of_pickles() -> Iterator[None]:
    """Inside, torch does not warn of a pickle's protocol: what can't be read is refused anyway."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="Detected pickle protocol", category=UserWarning, module="torch"
        )
        yield
