"""A mood board: a folder of loved pictures, which says what a person likes beforehand.

Its statistics take the place of those of the pictures that come with LayerForge, which the voter
``kinship`` compares with, and its pictures count as liked.  The project keeps figures only: no
picture, no name and no path.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
from PIL import Image

from layerforge.explore.judging import Judge, Opinion, opinions_of
from layerforge.explore.palate import Field
from layerforge.explore.workbench import Picture
from layerforge.explore.yardsticks import last_panel
from layerforge.files.images import ImageRefused, decode, find_images, read_bytes
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import source_id_of
from layerforge.model.values import Value, digest
from layerforge.project.project import Project
from layerforge.scoring.jury import Jury
from layerforge.scoring.measures import NAMES
from layerforge.scoring.reference import Reference, installed_reference, reference_of
from layerforge.scoring.scorer import Scorer
from layerforge.scoring.voters import MeasuresScorer

MOST_MEASURED = 256
"""So many pictures say what there is to say; of more, some are taken from all over the folder."""

MOST_SEEN = 64
"""So many are seen by the scorer, to be liked."""

ENOUGH = len(NAMES)
"""With as many pictures as there are measures, they say as much of how measures go together as
the installed ones do; with fewer, these say more."""

_KEY = "mood_board"
_EDGE_PX = 384


class NoMood(LayerForgeError):
    """A folder without a picture that could be used."""


class Loved(Value, frozen=True, kw_only=True):
    """How an encoder and voters see loved pictures: (L, D) float16 in base64, and raw votes."""

    encoder: str
    width: Annotated[int, msgspec.Meta(ge=1, le=65_536)]
    vectors: str
    votes: tuple[dict[str, float], ...]


class MoodBoard(Value, frozen=True, kw_only=True):
    """What a project keeps of a mood board.

    digest: fingerprint of its pictures' files.  reference: statistics, as ``Reference.to_json``
    writes them.
    """

    digest: str
    pictures: int
    reference: str
    loved: Loved | None = None


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood board, with its pictures where they are at hand: (H, W, 3) uint8 each.

    notes: what the user should know of it.
    """

    digest: str
    reference: Reference
    pictures: Sequence[Picture] = ()
    loved: Loved | None = None
    notes: tuple[str, ...] = ()


def read_mood(folder: Path) -> Mood:
    """The mood board that the pictures in a folder make.  Raises NoMood."""
    files: dict[str, Picture] = {}
    notes: list[str] = []
    try:
        found = list(find_images([folder]))
    except ImageRefused as error:
        raise NoMood(f"the mood board can't be read: {error}") from error
    taken = np.unique(np.linspace(0, len(found) - 1, MOST_MEASURED).round().astype(int))
    for place in taken if found else ():
        try:
            content = read_bytes(found[place])
            files[source_id_of(content)] = _small(content, name=found[place].name)
        except ImageRefused as error:
            notes.append(f"mood board: left out {error}")
    pictures = list(files.values())
    try:
        reference = reference_of(pictures, provenance="a mood board", prior=installed_reference())
    except ValueError:
        raise NoMood(
            f"{folder} holds no picture for a mood board: put some that you love into it"
        ) from None
    if len(found) > len(taken):
        notes.append(f"mood board: {len(taken)} of {len(found)} pictures are looked at")
    if reference.pictures < ENOUGH:
        notes.append(
            f"mood board: {reference.pictures} different pictures say little of how far they "
            f"range, so that the pictures that come with LayerForge help out; {ENOUGH} are enough"
        )
    return Mood(
        digest=digest(*(one.encode() for one in sorted(files))).hex(),
        # as the project keeps it, so that going on equals never having stopped
        reference=Reference.from_json(reference.to_json()),
        pictures=pictures,
        notes=tuple(notes),
    )


def last_mood(project: Project) -> Mood | None:
    """The mood board of the project's last exploration, without its pictures."""
    judged = last_panel(project)
    kept = None if judged is None else board_in(judged[1].reference)
    if kept is None:
        return None
    return Mood(digest=kept.digest, reference=Reference.from_json(kept.reference), loved=kept.loved)


def board_in(reference: Mapping[str, Any]) -> MoodBoard | None:
    """The mood board among a run's statistics."""
    return msgspec.convert(reference[_KEY], MoodBoard) if _KEY in reference else None


def with_mood(scorer: Scorer, mood: Mood | None) -> Scorer:
    """``scorer``, but with measures that compare with the mood board."""
    if mood is None:
        return scorer
    if isinstance(scorer, Jury):
        return Jury([with_mood(member, mood) for member in scorer.members])
    if isinstance(scorer, MeasuresScorer):
        return scorer.compared_with(mood.reference)
    return scorer


def look_at_mood(
    mood: Mood, judge: Judge, *, encoder: str, voters: Sequence[str]
) -> tuple[dict[str, Any], Field | None, str | None]:
    """What is kept of it among the run's statistics, its pictures as liked, and what is told.

    Pictures that are not at hand are as the last run saw them, where it saw them by the same
    encoder and voters; else none are liked, which is told.
    """
    loved, told = mood.loved, None
    if mood.pictures:
        places = np.unique(np.linspace(0, len(mood.pictures) - 1, MOST_SEEN).round().astype(int))
        looking = [judge.begin([mood.pictures[place]])[0] for place in places]
        loved = _loved(opinions_of(judge.control.gather(looking), name=judge.name), encoder)
    if loved is not None and (loved.encoder != encoder or not _heard(loved, voters)):
        loved = None
        told = (
            "another scorer saw the pictures of the mood board: name its folder again with "
            "--mood-board to have this one look at them"
        )
    board = MoodBoard(
        digest=mood.digest,
        pictures=mood.reference.pictures,
        reference=mood.reference.to_json(),
        loved=loved,
    )
    return {_KEY: msgspec.to_builtins(board)}, loved_field(board), told


def loved_field(board: MoodBoard | None) -> Field | None:
    """The loved pictures as taste sees them."""
    if board is None or board.loved is None:
        return None
    loved = board.loved
    vectors = np.frombuffer(base64.b64decode(loved.vectors), dtype="<f2")
    return Field(
        ids=range(len(loved.votes)),
        embeddings=vectors.reshape(len(loved.votes), loved.width).astype(np.float32),
        votes=loved.votes,
    )


def _loved(opinions: Sequence[Opinion], encoder: str) -> Loved:
    rows = np.stack([opinion.embedding for opinion in opinions])
    return Loved(
        encoder=encoder,
        width=rows.shape[1],
        vectors=base64.b64encode(rows.astype("<f2").tobytes()).decode("ascii"),
        votes=tuple(dict(opinion.votes) for opinion in opinions),
    )


def _heard(loved: Loved, voters: Sequence[str]) -> bool:
    return all(set(voters) <= votes.keys() for votes in loved.votes)


def _small(content: bytes, *, name: str) -> Picture:
    """A file's picture over white, at most 384 px long.  Raises ImageRefused."""
    image = Image.fromarray(decode(content, name=name))
    image = image.convert("RGBa")  # premultiplied, so that what is transparent has no colour
    image.thumbnail((_EDGE_PX, _EDGE_PX), Image.Resampling.BOX)
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(white, image).convert("RGB"), dtype=np.uint8)
