"""Versions out: rendered large, written with their history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from layerforge.explore.judging import unit
from layerforge.explore.lacking import lacking_branches
from layerforge.explore.tasted import tasted_branches
from layerforge.explore.versions import versions
from layerforge.files.flat import Depth
from layerforge.files.formats import (
    LAYERED,
    SUFFIXES,
    Format,
    check_size,
    depth_for,
    encode_flat,
    encode_layered,
)
from layerforge.files.known_exports import export_state
from layerforge.files.layer_names import NameOf, no_names
from layerforge.files.layered import document_bytes, layered_document
from layerforge.files.names import filled_template
from layerforge.files.recipes import taken_names, write_file, write_new, write_recipe
from layerforge.files.sources import SourcePyramid
from layerforge.files.storyboard import FRAME_PX, Frame, animated_webp, strip_png
from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import MAX_WRITTEN_PX, Canvas
from layerforge.model.errors import InvalidValue, errors_of
from layerforge.model.recipe import Recipe
from layerforge.operations.fold import apply_step, fold
from layerforge.operations.registry import build
from layerforge.project.project import Project
from layerforge.project.records import typical_distance_in
from layerforge.rendering.limits import check_memory
from layerforge.rendering.renderer import Renderer, size_for
from layerforge.search.archive import DISTINCT_SHARE, distinct_top
from layerforge.search.tree import Tree

MAX_LONG_EDGE_PX = MAX_WRITTEN_PX
DEFAULT_NAME = "{project}-{branch:05d}"

Storyboard = Literal["strip", "animation", "both"]
STORYBOARDS: tuple[Storyboard, ...] = get_args(Storyboard)


@dataclass(frozen=True, slots=True)
class Exported:
    """One version written: the picture, its sidecar, and its storyboards.

    known: whether it was there already, from an export that is being resumed.
    """

    branch: int
    picture: Path
    recipe: Path
    storyboards: tuple[Path, ...] = ()
    known: bool = False


def rendered_size(canvas: Canvas, *, long_edge_px: int | None) -> tuple[int, int]:
    """Width and height in pixels: the nominal size, or with that long edge.  InvalidValue."""
    longest = max(canvas.width, canvas.height)
    if long_edge_px is None and longest > MAX_LONG_EDGE_PX:
        raise InvalidValue(
            f"the canvas is {canvas.width}x{canvas.height}, but a picture is at most "
            f"{MAX_LONG_EDGE_PX} px long: choose a long edge up to that"
        )
    long_edge = longest if long_edge_px is None else long_edge_px
    if not 1 <= long_edge <= MAX_LONG_EDGE_PX:
        raise InvalidValue(f"the long edge must be 1 to {MAX_LONG_EDGE_PX} px, got {long_edge}")
    return size_for(canvas, long_edge=long_edge)


def check_export(
    recipe: Recipe, *, kind: Format, depth: Depth, long_edge_px: int | None, max_bytes: int
) -> None:
    """Raise, before any work, where the format or the memory can't hold what would be made.

    max_bytes: what it may take.  Raises InvalidValue, TooLarge, and what a step raises that
    does not apply.
    """
    canvas = fold(recipe.steps, recipe.canvas)
    width, height = rendered_size(canvas, long_edge_px=long_edge_px)
    check_size(kind, width=width, height=height)
    more = document_bytes(canvas, width=width, height=height, depth=depth)
    check_memory(
        canvas,
        width=width,
        height=height,
        max_bytes=max_bytes,
        more_bytes=more if kind in LAYERED else 0,
    )


def encoded_recipe(
    recipe: Recipe,
    renderer: Renderer,
    *,
    kind: Format,
    depth: Depth,
    long_edge_px: int | None = None,
    name_of: NameOf = no_names,
) -> bytes:
    """``recipe`` rendered and written as a file of that format, with the recipe inside.

    name_of: what the files of sources are called, for the names of layers.

    What it would take too much memory for is for `check_export` to say.
    """
    canvas = fold(recipe.steps, recipe.canvas)
    width, height = rendered_size(canvas, long_edge_px=long_edge_px)
    if kind in LAYERED:
        document = layered_document(
            canvas, renderer, width=width, height=height, depth=depth, name_of=name_of
        )
        return encode_layered(document, kind, recipe=recipe)
    pixels = renderer.render(canvas, width=width, height=height)
    return encode_flat(pixels, kind, recipe=recipe, depth=depth)


def export_branches(
    project: Project,
    branch_ids: Sequence[int],
    *,
    folder: Path,
    long_edge_px: int | None = None,
    kind: Format = "png",
    depth: int | None = None,
    name: str = DEFAULT_NAME,
    storyboard: Storyboard | None = None,
    resume: bool = False,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Exported]:
    """Write branches with the recipe inside and beside, one at a time.

    depth: bits a channel; None for what is usual for the format.  name: a template such as
    ``{project}-{rank}``, see `files.names`; rank is the place in ``branch_ids``, from 1.  An
    existing file is never overwritten, the new one gets a number; with ``resume``, a version that
    is there already under its name, numbered or not, with the same recipe and size, is left as it
    is where it is whole, and written anew in its place where it is not.  check: called
    now and then, also while a version is rendered; what it raises ends the export, and no file is
    half written.

    Raises, before anything is rendered, InvalidValue for the root and for what the format can't
    hold, and TooLarge; CannotWrite.
    """
    bits = depth_for(kind, depth)
    names = {source.id: source.name for source in project.sources()}
    renderer = Renderer(SourcePyramid(project.source_bytes), check=check)
    recipes = {}
    for branch_id in branch_ids:
        if branch_id == ROOT:
            raise InvalidValue("branch 0 is the blank canvas: there is nothing to export")
        recipes[branch_id] = project.recipe(branch_id, versions=versions())
        with errors_of(f"branch {branch_id}"):
            check_export(
                recipes[branch_id],
                kind=kind,
                depth=bits,
                long_edge_px=long_edge_px,
                max_bytes=renderer.max_bytes,
            )
    for rank, branch_id in enumerate(branch_ids, start=1):
        recipe = recipes[branch_id]
        canvas = fold(recipe.steps, recipe.canvas)
        width, height = rendered_size(canvas, long_edge_px=long_edge_px)
        fields: dict[str, str | int | float] = {
            "project": project.path.stem,
            "branch": branch_id,
            "rank": rank,
            "value": project.branch(branch_id).value or 0.0,
            "width": width,
            "height": height,
        }
        picture = folder / f"{filled_template(name, fields)}{SUFFIXES[kind]}"
        damaged = None
        if resume:
            whole, damaged = _there_already(picture, recipe, width=width, height=height)
            if whole is not None:
                sidecar = whole.with_suffix(".json")
                if not sidecar.exists():
                    write_recipe(sidecar, recipe)
                yield Exported(branch=branch_id, picture=whole, recipe=sidecar, known=True)
                continue
        content = encoded_recipe(
            recipe,
            renderer,
            kind=kind,
            depth=bits,
            long_edge_px=long_edge_px,
            name_of=names.get,
        )
        if damaged is None:
            picture = write_new(picture, content)
        else:
            picture = damaged
            write_file(picture, content)
        sidecar = picture.with_suffix(".json")
        write_recipe(sidecar, recipe)
        boards = _write_storyboards(picture, recipe, renderer, storyboard)
        yield Exported(branch=branch_id, picture=picture, recipe=sidecar, storyboards=boards)


def _there_already(
    picture: Path, recipe: Recipe, *, width: int, height: int
) -> tuple[Path | None, Path | None]:
    """The finished export under that name, numbered or not; and the first one that is damaged."""
    damaged = None
    for path in taken_names(picture):
        state = export_state(path, recipe, width=width, height=height)
        if state == "whole":
            return path, None
        if state == "damaged" and damaged is None:
            damaged = path
    return None, damaged


def storyboard_frames(recipe: Recipe, renderer: Renderer) -> list[Frame]:
    """The picture after each step of ``recipe``, with the step's name."""
    frames = []
    canvas = recipe.canvas
    for step in recipe.steps:
        canvas = apply_step(canvas, step)
        width, height = size_for(canvas, long_edge=FRAME_PX)
        pixels = renderer.render(canvas, width=width, height=height)
        frames.append(Frame(name=build(step.operation).title(), pixels=pixels))
    return frames


def _write_storyboards(
    picture: Path, recipe: Recipe, renderer: Renderer, wanted: Storyboard | None
) -> tuple[Path, ...]:
    if wanted is None or not recipe.steps:
        return ()
    frames = storyboard_frames(recipe, renderer)
    written = []
    if wanted in ("strip", "both"):
        path = picture.with_name(f"{picture.stem}-storyboard.png")
        written.append(write_new(path, strip_png(frames, recipe=recipe)))
    if wanted in ("animation", "both"):
        path = picture.with_name(f"{picture.stem}-storyboard.webp")
        written.append(write_new(path, animated_webp(frames, recipe=recipe)))
    return tuple(written)


def best_branches(project: Project, count: int) -> list[int]:
    """The best ``count`` branches that differ from each other, best first, to the user's taste.

    Those that can't be rendered here are left out.
    """
    encoder = project.encoder()
    if encoder is None:
        return []
    tree = Tree()
    branches = tasted_branches(project)
    vectors = project.embeddings(encoder=encoder)
    lost = lacking_branches(branches)
    for branch in branches:
        if branch.id in lost:
            continue
        vector = vectors.get(branch.id)
        tree.add(
            branch.id,
            parent=branch.parent,
            origin=branch.origin,
            value=branch.value or 0.0,
            embedding=None if vector is None else unit(vector),
        )
    tree.set_statuses({branch.id: branch.status for branch in branches})
    typical = typical_distance_in(project.runs(), encoder=encoder)
    return distinct_top(
        tree, count, min_distance=DISTINCT_SHARE * typical, sources=_made_of(project, branches)
    )


def _made_of(project: Project, branches: Sequence[Branch]) -> dict[int, frozenset[str]]:
    """The sources that the steps of each branch name, those of its ancestors with them."""
    known = {source.id for source in project.sources()}
    made_of: dict[int, frozenset[str]] = {}
    for branch in branches:  # parents come before their children
        own = {
            value
            for step in branch.steps
            for value in step.operation.parameters.values()
            if value in known
        }
        above = frozenset() if branch.parent is None else made_of[branch.parent]
        made_of[branch.id] = above | {str(one) for one in own}
    return made_of
