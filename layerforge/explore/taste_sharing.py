"""A taste out of one project and into another."""

from __future__ import annotations

from pathlib import Path

from layerforge.explore.mood import board_in
from layerforge.explore.tasted import palate_in
from layerforge.explore.yardsticks import last_panel
from layerforge.files.bounded import read_bounded
from layerforge.model.errors import LayerForgeError
from layerforge.model.values import digest, to_json
from layerforge.project.decisions import choices, statuses
from layerforge.project.project import Project
from layerforge.scoring.taste_file import MAX_TASTE_BYTES, TasteFile, decode_taste

_BOARD = "mood board "


class NothingLearned(LayerForgeError):
    """A project shows nothing of its user's taste yet."""


class CountedAlready(LayerForgeError):
    """What a taste was learned from is known in the project."""


def taste_of(project: Project) -> TasteFile:
    """What is known of the taste of a project's user, to take along.  Raises NothingLearned."""
    found = palate_in(project)
    if found is None or found[0].trust.accuracy is None:
        raise NothingLearned(
            f"{project.path} shows nothing of your taste yet: answer `layerforge ask` a few times, "
            "or pin and kill branches"
        )
    palate, _ = found
    brought = project.brought_taste()
    before = () if brought is None or not brought.suits(palate.features) else brought.learned_from
    return TasteFile.of(
        palate.taste,
        palate.features,
        palate.trust,
        learned_from=judged_in(project) | set(before),
    )


def judged_in(project: Project) -> frozenset[str]:
    """Digests of all judgements that a project's log and its mood board make.

    They hang on what the branches are made of, not on their ids: a copy of a project makes the
    same ones.
    """
    log = project.decisions()
    judged: list[tuple[str, ...]] = [
        ("choice", _made(project, winner), _made(project, loser)) for winner, loser in choices(log)
    ]
    judged += [
        (status, _made(project, one)) for one, status in statuses(log).items() if status != "open"
    ]
    panel = last_panel(project)
    board = None if panel is None else board_in(panel[1].reference)
    found = {digest(*(part.encode() for part in one)).hex() for one in judged}
    if board is not None and board.loved is not None:
        found.add(_BOARD + digest(board.digest.encode()).hex())
    return frozenset(found)


def _made(project: Project, branch_id: int) -> str:
    return digest(*(to_json(step) for step in project.history(branch_id))).hex()


def read_taste(path: Path) -> TasteFile:
    """The taste in a file.  Raises InvalidValue, NewerVersion."""
    return decode_taste(read_bounded(path, most_bytes=MAX_TASTE_BYTES), what=path.name)


def bring_taste(project: Project, taste: TasteFile) -> None:
    """Have ``taste`` stand for what is known of the user before the project's own judgements.

    Raises OtherEncoder where the project's pictures are seen in another way, CountedAlready where
    it was learned from judgements that the project has itself, or has been brought in already.
    """
    if project.brought_taste() == taste:
        raise CountedAlready(f"{project.path} has this taste already: it counts once")
    known = judged_in(project) & set(taste.learned_from)
    # a mood board may well be that of several projects, beside judgements of their own
    twice = {one for one in known if not one.startswith(_BOARD)}
    if twice or (known and known == set(taste.learned_from)):
        some = (
            f"{len(twice)} judgement{'' if len(twice) == 1 else 's'}" if twice else "a mood board"
        )
        raise CountedAlready(
            f"this taste was learned from {some} that {project.path} has itself, which would count "
            "twice: load it in another project"
        )
    judged = last_panel(project)
    if judged is not None:
        encoder = str(judged[1].reference["encoder"])
        vectors = project.embeddings(encoder=encoder)
        width = len(next(iter(vectors.values()))) if vectors else taste.width
        taste.check(encoder=encoder, width=width)
    project.bring_taste(taste)
