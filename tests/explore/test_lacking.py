"""Branches that can't be rendered here."""

from dataclasses import replace

from layerforge.explore.lacking import lacking_branches, lacking_in, lacking_text
from layerforge.model.branch import Branch
from layerforge.model.step import Call, Step
from layerforge.project.project import Project
from layerforge.project.reading import Used
from tests.project.made import make_project


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


def test_names_of_operations_are_enough_to_tell(tmp_path):
    path = tmp_path / "p.layerforge"
    make_project(path, branches=9, side=8)
    with Project.open(path, read_only=True) as project:
        used = project.operations_used()
        assert used == [
            Used(one.id, one.parent, tuple(step.operation.name for step in one.steps))
            for one in project.branches()
        ]
    assert len(used) == 10
    assert all(one.operations for one in used[1:])
    others = [replace(one, operations=(*one.operations, f"mine.{one.id}")) for one in used]
    found = lacking_in(others)
    assert found.keys() == {one.id for one in used}
    assert all(found[one.id] == (*found.get(one.parent, ()), f"mine.{one.id}") for one in used)


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
