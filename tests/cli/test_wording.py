import re
from pathlib import Path

import pytest

import layerforge.cli
from layerforge.cli.wording import count


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "step", "0 steps"),
        (1, "step", "1 step"),
        (2, "step", "2 steps"),
        (1, "branch", "1 branch"),
        (3, "branch", "3 branches"),
    ],
)
def test_a_noun_is_in_the_plural_where_there_is_not_one(number, noun, words):
    assert count(number, noun) == words


def test_no_command_puts_a_number_of_its_own_before_a_plural():
    """A number that may be 1 is told by `count`."""
    nouns = "branches|candidates|choices|kills|pins|steps|pictures|sources"
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(Path(layerforge.cli.__file__).parent.glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(rf"\}} ({nouns})\b", line)
    ]
    assert found == []
