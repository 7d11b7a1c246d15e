"""Branches that can't be rendered here."""

from layerforge.explore.lacking import lacking_branches, lacking_text
from layerforge.model.branch import Branch
from layerforge.model.step import Call, Step


def branch(number, *names, parent=0):
    steps = tuple(Step(operation=Call(name=name)) for name in names)
    return Branch(id=number, parent=parent, steps=steps, depth=1, round=1, run=1)


def test_what_lacks_is_handed_down():
    tree = [
        Branch(id=0, parent=None, steps=(), depth=0, round=0, run=None),
        branch(1, "tone.gamma", "mine.fade"),
        branch(2, "tone.gamma"),
        branch(3, "theirs.fade", "mine.fade", parent=1),
        branch(4, "tone.gamma", parent=3),
        branch(5, "tone.gamma", parent=2),
    ]
    assert lacking_branches(tree) == {
        1: ("mine.fade",),
        3: ("mine.fade", "theirs.fade"),
        4: ("mine.fade", "theirs.fade"),
    }


def test_it_is_said_in_a_line():
    assert lacking_text({}) == ""
    one = lacking_text({7: ("mine.fade",)})
    assert one.startswith("branch 7 needs what is not installed here: mine.fade comes with a plug")
    two = lacking_text({7: ("mine.fade", "mine.glow"), 9: ("mine.fade",)})
    assert two.startswith("branches 7 and 9 need")
    assert "mine.fade, mine.glow come with a plug-in" in two
    many = lacking_text(dict.fromkeys(range(1, 20), ("mine.fade",)))
    assert many.startswith("branches 1, 2, 3, 4 and 15 more need")
    assert many.count("mine.fade") == 1
