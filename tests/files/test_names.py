import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerforge.files.names import filled_template, printable, safe_name
from layerforge.model.errors import InvalidValue

VALUES = {"project": "sunset", "branch": 7, "rank": 2, "value": 0.12345, "width": 640, "height": 48}


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{project}-{branch:05d}", "sunset-00007"),
        ("{rank:02d} {value:.2f}", "02 0.12"),
        ("{width}x{height}", "640x48"),
        ("plain {{braces}}", "plain {braces}"),
        ("a:b*c?", "a-b-c-"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("", "_"),
        ("...", "_"),
    ],
)
def test_templates(template, name):
    assert filled_template(template, VALUES) == name


@pytest.mark.parametrize(
    "template",
    ["{nothing}", "{project.__class__}", "{branch!r}", "{0}", "{", "{branch:>99999999d}",
     "{project:.2f}", "{value:d}", "{project[0]}", "../{project}", "a\\{rank}", "/tmp/{rank}"],
)  # fmt: skip
def test_what_a_template_may_not_hold(template):
    with pytest.raises(InvalidValue, match="can't be filled in"):
        filled_template(template, VALUES)


def test_a_projects_name_never_leads_to_another_folder():
    assert filled_template("{project}", {**VALUES, "project": "../x"}) == "-x"


@given(st.text())
def test_any_text_is_a_safe_name(text):
    name = safe_name(text)
    assert 1 <= len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in (".", "..")
    assert name == name.strip()


def test_undecodable_bytes_become_question_marks():
    assert printable("a\udce9b\nc") == "a?b?c"
