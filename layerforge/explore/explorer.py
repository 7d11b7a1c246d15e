"""The loop: pick, propose, render, judge, admit, keep, tell.

Picking runs one round behind judging on purpose: round r + 1 is drawn from the tree as of round
r − 1, and rendered while r is judged.  So the tree depends on the seed, the sources and the
settings, never on the number of threads.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from layerforge.explore import workbench
from layerforge.explore.events import Finished, Listener, Note, RoundDone, Started
from layerforge.explore.jobs import Control, Executor, Future, Stopped, make_executor
from layerforge.explore.judging import Judge, Opinion, opinions_of, unit
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.versions import versions
from layerforge.explore.workbench import Rendered
from layerforge.files.thumbnails import encode_thumbnail
from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError, StepDoesNotApply
from layerforge.model.score import Score
from layerforge.operations.fold import fold
from layerforge.project.decisions import statuses
from layerforge.project.project import NewBranch, Project, Round
from layerforge.rendering.cache import DEFAULT_CACHE_BYTES
from layerforge.rendering.renderer import size_for
from layerforge.scoring.novelty import typical_distance
from layerforge.scoring.scorer import Scorer, Verdict
from layerforge.search.frontier import make_frontier
from layerforge.search.gate import Gate
from layerforge.search.proposer import Proposal, Proposer
from layerforge.search.tree import Tree

MUTATION_SHARE = 0.25
_CANVASES_HELD = 512


class NoSources(LayerForgeError):
    """There is nothing to make collages from."""

    def __init__(self) -> None:
        super().__init__("no source images: name at least one image or a folder of images")


@dataclass(slots=True)
class _Batch:
    """A round on its way: proposals, then pictures, then verdicts."""

    number: int
    proposals: list[Proposal]
    rendering: list[Future[Rendered]]
    judging: list[Future[Verdict]] = field(default_factory=list)
    rendered: list[Rendered] = field(default_factory=list)


class Explorer:
    """One exploration of one project.

    executor: where rendering and judging run; one of its own threads per core where None.
    """

    def __init__(
        self,
        project: Project,
        settings: ExploreSettings,
        scorer: Scorer,
        *,
        device: str = "cpu",
        listener: Listener,
        control: Control | None = None,
        executor: Executor | None = None,
        workbench_name: str | None = None,
    ) -> None:
        self._project = project
        self._settings = settings
        self._scorer = scorer
        self._device = device
        self._tell = listener
        self._control = Control() if control is None else control
        self._own_executor = executor is None
        self._executor = make_executor(settings.threads) if executor is None else executor
        self._bench = workbench_name or uuid.uuid4().hex
        self._size = size_for(project.canvas, long_edge=settings.search_edge_px)
        self._judge = Judge(
            executor=self._executor,
            control=self._control,
            bench=self._bench,
            size=self._size,
            batch_size=max(1, scorer.batch_size),
        )
        self._frontier = make_frontier(
            settings.strategy, temperature=settings.temperature, novelty_weight=settings.novelty
        )
        self._tree = Tree()
        self._canvases: OrderedDict[int, Canvas] = OrderedDict()
        self._decided = -1
        self._next_id = 1
        self._evaluated = 0
        self._admitted = 0
        self._rejected: Counter[str] = Counter()
        self._began = 0.0
        self._round_began = 0.0
        self._paused_for = 0.0
        self._failures_told = 0

    def run(self) -> Finished:
        """Explore until the budget is spent or the control says stop.

        Raises NoSources where the project has none.  What finished rounds found is in the project
        whatever happens.
        """
        sources = self._project.sources()
        if not sources:
            raise NoSources
        held = {source.id: self._project.source_bytes(source.id) for source in sources}
        bench = workbench.install(self._bench, held, self._scorer, DEFAULT_CACHE_BYTES)
        self._proposer = Proposer(
            sources=tuple(held), cutouts=bench.cutouts(), noise=self._settings.noise
        )
        try:
            return self._run()
        finally:
            workbench.remove(self._bench)
            if self._own_executor:
                self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> Finished:
        run = self._project.begin_run(
            settings=msgspec.to_builtins(self._settings),
            seed=self._settings.seed,
            scorer=self._scorer.name,
            scorer_description=self._scorer.description,
            versions=versions(),
        )
        self._tell(
            Started(
                run=run,
                seed=self._settings.seed,
                budget=self._settings.budget,
                strategy=self._settings.strategy,
                scorer=self._scorer.name,
                scorer_description=self._scorer.description,
            )
        )
        stopped = False
        self._began = self._round_began = time.monotonic()
        try:
            sources = self._judge.look_at_sources(self._project.sources(), self._project.canvas)
            typical = typical_distance(sources[::2], scorer=self._scorer.name)
            self._project.set_reference(run, {"typical_distance": typical})
            self._gate = Gate(
                temperature=self._settings.temperature,
                typical_distance=typical,
                sources=sources,
                open_to_all=self._settings.strategy == "random",
            )
            self._load_tree()
            self._rounds(run)
        except Stopped:
            stopped = True
        self._project.end_run(run)
        finished = Finished(
            run=run,
            seed=self._settings.seed,
            strategy=self._settings.strategy,
            scorer=self._scorer.name,
            device=self._device,
            evaluated=self._evaluated,
            admitted=self._admitted,
            seconds=self._seconds(),
            stopped=stopped,
            best=self._best(),
            rejected=dict(self._rejected),
        )
        self._tell(finished)
        return finished

    def _rounds(self, run: int) -> None:
        number = self._project.rounds_done()
        left = self._settings.budget
        scoring: _Batch | None = None
        while left > 0 or scoring is not None:
            self._wait_while_paused()
            self._take_decisions()
            rendering: _Batch | None = None
            if left > 0:
                number += 1
                count = min(self._settings.round_size, left)
                left -= count
                rendering = self._begin(number, count)
            if scoring is not None:
                self._finish(run, scoring)
            if rendering is not None:
                self._submit_judging(rendering)
            scoring = rendering

    # One round ----------------------------------------------------------------------------------

    def _begin(self, number: int, count: int) -> _Batch:
        """Draw a round's proposals and begin to render them."""
        proposals = [self._propose(self._rng(number, index)) for index in range(count)]
        width, height = self._size
        rendering = [
            self._executor.submit(
                workbench.render_candidate, self._bench, proposal.canvas, width, height
            )
            for proposal in proposals
        ]
        return _Batch(number=number, proposals=proposals, rendering=rendering)

    def _propose(self, rng: np.random.Generator) -> Proposal:
        parent = self._frontier.pick(self._tree, rng=rng)
        self._tree.tries[parent] += 1
        node = self._tree.nodes[parent]
        mutate = self._settings.strategy != "random" and self._settings.noise > 0.0
        # only below a lineage's head, so that a variation stays in its lineage
        if mutate and node.depth >= 2 and node.parent is not None and rng.random() < MUTATION_SHARE:
            grandparent = node.parent
            try:
                steps, canvas = self._proposer.mutate(
                    self._project.branch(parent).steps, self._canvas(grandparent), rng=rng
                )
                return Proposal(parent=grandparent, steps=steps, canvas=canvas)
            except StepDoesNotApply:
                pass  # nothing of it can be varied: compose on it instead
        steps, canvas = self._proposer.compose(self._canvas(parent), rng=rng)
        return Proposal(parent=parent, steps=steps, canvas=canvas)

    def _submit_judging(self, batch: _Batch) -> None:
        """Wait for a round's pictures and begin to judge those worth it."""
        batch.rendered = self._control.gather(batch.rendering)
        pictures = [one.picture for one in batch.rendered if one.picture is not None]
        size = self._judge.batch_size
        batch.judging = [
            self._executor.submit(
                workbench.judge_pictures, self._bench, np.stack(pictures[start : start + size])
            )
            for start in range(0, len(pictures), size)
        ]

    def _finish(self, run: int, batch: _Batch) -> None:
        """Admit what passes the gate, keep the round, and tell."""
        verdicts = iter(opinions_of(self._control.gather(batch.judging)))
        judged = [None if one.picture is None else next(verdicts) for one in batch.rendered]
        self._gate.remember(one.score.value for one in judged if one is not None)
        rejected: Counter[str] = Counter()
        kept: list[NewBranch] = []
        for index, proposal in enumerate(batch.proposals):
            rendered, opinion = batch.rendered[index], judged[index]
            if rendered.picture is None or opinion is None:
                rejected[rendered.reason or "failed"] += 1
                self._tell_failure(rendered)
                continue
            parent = self._tree.nodes[proposal.parent]
            reason = self._gate.judge(
                value=opinion.score.value,
                parent_value=None if parent.id == ROOT else parent.value,
                embedding=opinion.embedding,
                kept=self._tree.embeddings(),
                rng=self._rng(batch.number, index, 1),
            )
            if self._tree.is_dead(parent.id):
                reason = "killed_meanwhile"
            if reason is not None:
                rejected[reason] += 1
                continue
            kept.append(self._admit(run, batch.number, proposal, rendered.picture, opinion))
        now = time.monotonic()
        self._project.commit_round(
            Round(
                number=batch.number,
                run=run,
                evaluated=len(batch.proposals),
                rejected=dict(rejected),
                seconds=now - self._round_began,
                branches=kept,
            )
        )
        self._round_began = now
        self._evaluated += len(batch.proposals)
        self._admitted += len(kept)
        self._rejected.update(rejected)
        self._tell(
            RoundDone(
                round=batch.number,
                branches=tuple(new.branch for new in kept),
                evaluated=self._evaluated,
                admitted=self._admitted,
                rejected=dict(self._rejected),
                budget=self._settings.budget,
                seconds=self._seconds(),
                best=self._best(),
            )
        )

    def _admit(
        self,
        run: int,
        number: int,
        proposal: Proposal,
        picture: workbench.Picture,
        opinion: Opinion,
    ) -> NewBranch:
        node = self._tree.add(
            self._next_id,
            parent=proposal.parent,
            value=opinion.score.value,
            embedding=opinion.embedding,
        )
        self._next_id += 1
        self._hold(node.id, proposal.canvas)
        branch = Branch(
            id=node.id,
            parent=proposal.parent,
            steps=proposal.steps,
            depth=node.depth,
            round=number,
            run=run,
            score=opinion.score,
        )
        return NewBranch(
            branch=branch,
            embedding=opinion.embedding.astype(np.float16),
            thumbnail=encode_thumbnail(picture),
        )

    # State --------------------------------------------------------------------------------------

    def _load_tree(self) -> None:
        """Take over the branches that the project holds, judged by this run's scorer."""
        branches = self._project.branches()
        vectors = self._project.embeddings(scorer=self._scorer.name)
        strange = [branch for branch in branches if branch.id != ROOT and branch.id not in vectors]
        scores: dict[int, Score] = {}
        if strange:
            self._tell(Note(f"judging {len(strange)} kept branches again with this scorer"))
            scores = self._judge_again(strange)
            vectors = self._project.embeddings(scorer=self._scorer.name)
        for branch in branches:
            vector = vectors.get(branch.id)
            score = scores.get(branch.id, branch.score)
            self._tree.add(
                branch.id,
                parent=branch.parent,
                value=0.0 if score is None else score.value,
                embedding=None if vector is None else unit(vector),
            )
        self._next_id = branches[-1].id + 1
        self._take_decisions()

    def _judge_again(self, branches: Sequence[Branch]) -> dict[int, Score]:
        """Judge kept branches with this run's scorer, so that values in the tree compare."""
        opinions = self._judge.look_at([self._canvas(branch.id) for branch in branches])
        self._project.rescore(
            {
                branch.id: (opinion.score, opinion.embedding.astype(np.float16))
                for branch, opinion in zip(branches, opinions, strict=True)
            },
            scorer=self._scorer.name,
        )
        return {
            branch.id: opinion.score for branch, opinion in zip(branches, opinions, strict=True)
        }

    def _take_decisions(self) -> None:
        log = self._project.decisions()
        if len(log) != self._decided:
            self._tree.set_statuses(statuses(log))
            self._decided = len(log)

    def _canvas(self, branch_id: int) -> Canvas:
        """The canvas of a kept branch."""
        held = self._canvases.get(branch_id)
        if held is None:
            held = fold(self._project.history(branch_id), self._project.canvas)
        self._hold(branch_id, held)
        return held

    def _hold(self, branch_id: int, canvas: Canvas) -> None:
        self._canvases[branch_id] = canvas
        self._canvases.move_to_end(branch_id)
        while len(self._canvases) > _CANVASES_HELD:
            self._canvases.popitem(last=False)

    def _rng(self, *key: int) -> np.random.Generator:
        sequence = np.random.SeedSequence(self._settings.seed, spawn_key=key)
        return np.random.Generator(np.random.PCG64(sequence))

    def _best(self) -> tuple[int, float] | None:
        living = self._tree.living()
        if not living:
            return None
        best = max(living, key=lambda node: (node.value, -node.id))
        return best.id, best.value

    def _wait_while_paused(self) -> None:
        before = time.monotonic()
        was_paused = self._control.paused
        self._control.check()
        if was_paused:
            self._paused_for += time.monotonic() - before

    def _seconds(self) -> float:
        return time.monotonic() - self._began - self._paused_for

    def _tell_failure(self, rendered: Rendered) -> None:
        if rendered.problem and self._failures_told < 5:
            self._failures_told += 1
            self._tell(Note(f"a candidate could not be rendered: {rendered.problem}"))
