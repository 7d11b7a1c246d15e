"""A whole small project made without exploring, and ways to damage its file."""

import io

import numpy as np
from PIL import Image

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.score import Score
from layerforge.model.source import Source, source_id_of
from layerforge.model.step import Call, Step
from layerforge.project.project import Project
from layerforge.project.records import NewBranch, Round
from layerforge.scoring.taste_file import TasteFile

CANVAS = Canvas(width=96, height=64)
TASTE = TasteFile(encoder="measures", width=1, voters=(), mean=(0.5,), scale=(1.0,))


def picture_bytes(rng, kind, side):
    pixels = rng.integers(0, 256, (side, side, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()


def make_project(path, *, branches=40, rounds=4, seed=0, side=64):
    """A project of two sources and a bushy tree, with two runs and some decisions; closed."""
    rng = np.random.default_rng(seed)
    with Project.create(path, canvas=CANVAS) as project:
        sources = []
        for name in ("a.png", "b c.png"):
            content = picture_bytes(rng, "PNG", side)
            source = Source(id=source_id_of(content), name=name, width=side, height=side)
            project.add_source(source, content)
            sources.append(source)
        runs = [
            project.begin_run(
                settings={"budget": 10},
                seed=seed,
                scorer="measures",
                scorer_description="d",
                versions={"layerforge": "0"},
            )
            for _ in range(2)
        ]
        for number, ids in enumerate(np.array_split(np.arange(1, branches + 1), rounds), start=1):
            project.commit_round(
                Round(
                    number=number,
                    run=runs[number * 2 > rounds],
                    judge="j",
                    encoder="measures",
                    evaluated=16,
                    rejected={"blank": number},
                    seconds=0.5,
                    policy={"rounds": [number]},
                    branches=[
                        a_branch(rng, int(one), sources, runs[number * 2 > rounds], number)
                        for one in ids
                    ],
                )
            )
        vector = rng.normal(size=64).astype(np.float16)
        project.set_source_embeddings(
            {(one.id, turned): vector for one in sources for turned in (False, True)},
            encoder="measures",
        )
        project.decide("pin", [1, 2])
        project.decide("kill", [3])
        project.undo()
        project.bring_taste(TASTE)


def a_branch(rng, branch_id, sources, run, number):
    parent = int(rng.integers(branch_id)) // 2
    depth = 0
    at = branch_id
    depths = a_branch.depths = {ROOT: 0} if branch_id == 1 else a_branch.depths
    depths[at] = depth = depths[parent] + 1
    source = sources[int(rng.integers(len(sources)))]
    layer = f"layer{branch_id}"
    steps = (
        Step(
            operation=Call(
                name="layout.add_picture",
                parameters={
                    "layer": layer,
                    "source": source.id,
                    "fit": "cover",
                    "flip": False,
                    "angle": 0.0,
                    "scale": 1.0,
                    "x": 0.0,
                    "y": 0.0,
                },
            )
        ),
        Step(
            operation=Call(name="blur.gaussian", parameters={"radius": 0.01 + branch_id / 1e4}),
            target=layer,
        ),
    )
    return NewBranch(
        branch=Branch(
            id=branch_id,
            parent=parent,
            steps=steps,
            depth=depth,
            round=number,
            run=run,
            origin=branch_id - 1 if branch_id % 5 == 0 else None,
            score=Score(
                value=float(rng.normal()),
                parts={"order": float(rng.random())},
                spread=0.25,
                trials={"order": (1.0, 0.5, 0.25, 0.125)},
            ),
        ),
        embedding=rng.normal(size=64).astype(np.float16),
        thumbnail=picture_bytes(rng, "WEBP", 72),
        fingerprint=rng.integers(0, 256, 56, dtype=np.uint8),
    )
