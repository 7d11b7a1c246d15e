import pytest

from layerforge.model.branch import Branch
from layerforge.model.errors import InvalidValue
from layerforge.model.values import from_json, from_plain


def test_what_is_wrong_is_told_with_its_place_and_value():
    for read in (
        lambda: from_json('{"id": 1, "parent": 0, "steps": [], "depth": -4}', Branch, what="b"),
        lambda: from_plain({"id": 1, "parent": 0, "steps": [], "depth": -4}, Branch, what="b"),
    ):
        with pytest.raises(InvalidValue, match=r"b can't be read: .*got -4 - at `\$\.depth`"):
            read()


@pytest.mark.parametrize(
    "document",
    [
        '{"id": 1, "parent": 0, "steps": [{"operation": 5}], "steps": []}',
        '{"id": 1, "parent": 0, "steps": [{"operation": 5}], "steps": 7}',
        '{"id": 1, "parent": 0, "steps": [{"operation": 5}], "steps": [{}]}',
    ],
)
def test_a_key_that_is_there_twice_is_refused_like_any_other_fault(document):
    with pytest.raises(InvalidValue, match="b can't be read"):
        from_json(document, Branch, what="b")
