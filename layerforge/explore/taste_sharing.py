"""A taste out of one project and into another."""

from __future__ import annotations

from pathlib import Path

from layerforge.explore.tasted import palate_in
from layerforge.explore.yardsticks import last_panel
from layerforge.files.bounded import read_bounded
from layerforge.model.errors import LayerForgeError
from layerforge.project.project import Project
from layerforge.scoring.taste_file import MAX_TASTE_BYTES, TasteFile, decode_taste


class NothingLearned(LayerForgeError):
    """A project shows nothing of its user's taste yet."""


def taste_of(project: Project) -> TasteFile:
    """What is known of the taste of a project's user, to take along.  Raises NothingLearned."""
    found = palate_in(project)
    if found is None or found[0].trust.accuracy is None:
        raise NothingLearned(
            f"{project.path} shows nothing of your taste yet: answer `layerforge ask` a few times, "
            "or pin and kill branches"
        )
    palate, _ = found
    return TasteFile.of(palate.taste, palate.features, palate.trust)


def read_taste(path: Path) -> TasteFile:
    """The taste in a file.  Raises InvalidValue, NewerVersion."""
    return decode_taste(read_bounded(path, most_bytes=MAX_TASTE_BYTES), what=path.name)


def bring_taste(project: Project, taste: TasteFile) -> None:
    """Have ``taste`` stand for what is known of the user before the project's own judgements.

    Raises OtherEncoder where the project's pictures are seen in another way.
    """
    judged = last_panel(project)
    if judged is not None:
        encoder = str(judged[1].reference["encoder"])
        vectors = project.embeddings(encoder=encoder)
        width = len(next(iter(vectors.values()))) if vectors else taste.width
        taste.check(encoder=encoder, width=width)
    project.bring_taste(taste)
