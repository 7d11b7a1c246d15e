"""Reads all that a project holds, as the app and the commands do."""

from layerforge.explore.standing import novelty_of
from layerforge.explore.yardsticks import kept_yardstick
from layerforge.files.decoding import decode_image
from layerforge.model.errors import LayerForgeError
from layerforge.operations.fold import fold
from layerforge.project.decisions import redoable, statuses
from layerforge.project.project import Project

SOME = 3


def read_whole_project(path):
    """Raises the last LayerForgeError, after all else was read; anything else is a finding."""
    with Project.open(path, read_only=True) as project:
        problems = []
        readings = [
            lambda: [_source(project, one) for one in project.sources()],
            project.runs,
            lambda: kept_yardstick(project, voters="v"),
            project.rounds_done,
            project.branches,
            project.outline,
            project.operations_used,
            project.branch_ids,
            project.has_branches,
            project.dead,
            project.lacking_thumbnails,
            project.judges,
            project.fingerprints,
            lambda: novelty_of(project),
            lambda: statuses(project.decisions()),
            lambda: redoable(project.decisions()),
            lambda: [_branch(project, one) for one in project.branch_ids()[-SOME:]],
        ]
        for read in readings:
            try:
                read()
            except LayerForgeError as error:
                problems.append(error)
        if problems:
            raise problems[-1]


def _source(project, source):
    decode_image(project.source_bytes(source.id), name=source.name)


def _branch(project, branch_id):
    project.branch(branch_id)
    project.thumbnail(branch_id)
    fold(project.history(branch_id), project.canvas)
    project.recipe(branch_id, versions={})
