import io

import numpy as np
from PIL import Image

from layerforge.explore.redrawing import redraw


def quiet(what, share):
    pass


def pixels(webp):
    return np.asarray(Image.open(io.BytesIO(webp)).convert("RGB")).astype(int)


def test_thumbnails_are_drawn_again_as_they_were(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32)
    project = exploration.project
    ids = project.branch_ids()[1:]
    before = {one: project.thumbnail(one) for one in ids}
    fingerprints = project.fingerprints()
    assert project.forget_thumbnails(ids[1:]) == len(ids) - 1
    shares = []
    done = redraw(project, tell=lambda what, share: shares.append(share))
    assert (done.drawn, done.failed) == (len(ids) - 1, {})
    assert shares == sorted(shares)
    for one in ids:
        assert np.abs(pixels(project.thumbnail(one)) - pixels(before[one])).mean() < 1.0
    assert redraw(project, tell=quiet).drawn == 0
    with project._database.transaction() as connection:
        connection.execute("DELETE FROM fingerprints WHERE branch > 1")
    assert redraw(project, tell=quiet).drawn == len(ids) - 1
    np.testing.assert_array_equal(project.fingerprints(), fingerprints)


def test_a_branch_whose_image_is_lost_is_named_and_the_others_are_drawn(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32)
    project = exploration.project
    lost = project.sources()[0].id
    users = {
        branch.id
        for branch in project.branches()
        if any(lost in step.operation.parameters.values() for step in project.history(branch.id))
    }
    ids = project.branch_ids()[1:]
    with project._database.transaction() as connection:
        connection.execute("DELETE FROM source_embeddings")
        connection.execute("DELETE FROM sources WHERE id = ?", (lost,))
    project.forget_thumbnails(ids)
    done = redraw(project, tell=quiet)
    assert done.failed.keys() == users
    assert done.drawn == len(ids) - len(users)
    assert all("is missing" in why for why in done.failed.values())
