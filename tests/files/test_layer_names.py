import getpass

import pytest

from layerforge.files.layer_names import LayerNames, source_title
from layerforge.model.layer import Fill, Layer, Picture

FERN, MOTH = "f" * 64, "0" * 64


def picture(source, name="Picture"):
    return Layer(id="x", name=name, content=Picture(source=source))


def test_pictures_are_called_by_their_source_and_every_name_is_given_once():
    names = LayerNames({FERN: "fern.tar.jpg", MOTH: "moth.png"}.get)
    fill = Layer(id="y", name="Colour", content=Fill(color=(0, 0, 0)))
    layers = [picture(FERN), picture(MOTH), fill, picture(FERN), picture(MOTH, "mine"), fill]
    assert [names.of(one) for one in layers] == [
        "fern.tar", "moth", "Colour", "fern.tar 2", "mine", "Colour 2",
    ]  # fmt: skip


def test_an_unknown_source_is_a_picture():
    names = LayerNames()
    assert [names.of(picture(FERN)), names.of(picture(MOTH))] == ["Picture", "Picture 2"]


def test_a_number_that_is_taken_is_not_given_again():
    names = LayerNames()
    assert [names.unique(one) for one in ("a 2", "a", "a")] == ["a 2", "a", "a 3"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a/b\\c.png", "c"),
        ("line\nbreak.png", "line?break"),
        ("x" * 60 + ".png", "x" * 39 + "…"),
        ("no extension", "no extension"),
        ("a.gif frame 3", "a"),
        (None, ""),
        ("", ""),
    ],
)
def test_titles_are_short_and_on_one_line(name, title):
    assert source_title(name) == title


def test_the_users_own_name_is_not_told(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert source_title("Ada in the garden.jpg") == ""
    assert source_title("garden.jpg") == "garden"
