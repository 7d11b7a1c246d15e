"""The loop: pick, propose, render, judge, admit, look closely, keep, tell.

Picking runs one round behind judging on purpose: round r + 1 is drawn from the tree as of round
r − 1, and rendered while r is judged.  So the tree depends on the seed, the sources and the
settings, never on the number of threads.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Literal

import msgspec

from layerforge.explore import workbench
from layerforge.explore.admitting import admit
from layerforge.explore.advice import IN_VAIN, advice
from layerforge.explore.equipment import Equipped, equipment_for
from layerforge.explore.events import Finished, Listener, Note, RoundDone, Started
from layerforge.explore.ground import look_at_ground
from layerforge.explore.jobs import Control, Executor, Stopped, make_executor
from layerforge.explore.judging import Judge, trials_of
from layerforge.explore.keeping import Keeping
from layerforge.explore.mood import Mood, last_mood, look_at_mood, with_mood
from layerforge.explore.preparing import prepare
from layerforge.explore.selection import Chosen, Selection
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.stages import Batch, Stages
from layerforge.explore.taking_over import take_over
from layerforge.explore.tally import Tally
from layerforge.explore.tasting import Tasting, other_weights
from layerforge.explore.versions import versions
from layerforge.explore.yardsticks import (
    SAMPLE,
    judge_name,
    kept_yardstick,
    panel_for,
    reference_of,
    yardstick_from,
)
from layerforge.model.branch import ROOT
from layerforge.model.errors import LayerForgeError
from layerforge.project.decisions import statuses
from layerforge.project.errors import NotKept
from layerforge.project.project import Project
from layerforge.project.records import Round
from layerforge.rendering.cache import DEFAULT_CACHE_BYTES
from layerforge.rendering.renderer import size_for
from layerforge.scoring.fingerprint import Known
from layerforge.scoring.jury import encoder_of, fingerprint_of, seated, voters_of
from layerforge.scoring.panel import Yardstick, checked_weights
from layerforge.scoring.scorer import Scorer
from layerforge.search.gate import Gate
from layerforge.search.proposer import Proposer
from layerforge.search.strategies import check_available
from layerforge.search.tree import Tree


class NoSources(LayerForgeError):
    """There is nothing to make collages from."""

    def __init__(self) -> None:
        super().__init__("no source images: name at least one image or a folder of images")


class AllSourcesOff(LayerForgeError):
    """Every source is left out."""

    def __init__(self) -> None:
        super().__init__("all sources are left out: use at least one of them")


class Explorer:
    """One exploration of one project.

    executor: where rendering and judging run; one of its own threads per core where None.
    scorer: CLIP judges with the measures beside it, unless the settings say otherwise.
    cheap: the scorer that promotes candidates where halving is on; where None, that of the scorer
    itself, or measures.  mood: loved pictures; those of the last run where None.
    learn_only: learn what is usual here, so that pictures can be judged, and try nothing.
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
        cheap: Scorer | None = None,
        mood: Mood | Literal["none"] | None = None,
        learn_only: bool = False,
    ) -> None:
        self._project = project
        self._learn_only = learn_only
        self._mood = None if mood == "none" else mood or last_mood(project)
        weights = settings.source_weights
        self._settings = settings = msgspec.structs.replace(
            settings,
            mood_board=None if self._mood is None else self._mood.digest,
            source_weights=project.source_weights() if weights is None else weights,
        )
        scorer = with_mood(seated(scorer, alone=settings.clip_alone), self._mood)
        self._scorer = scorer
        self._cheap = cheap
        self._device = device
        self._tell = listener
        self._control = Control() if control is None else control
        self._keeping = Keeping(self._control, listener)
        self._own_executor = executor is None
        self._executor = make_executor(settings.threads) if executor is None else executor
        self._bench = workbench_name or uuid.uuid4().hex
        self._encoder = encoder_of(scorer)
        self._judge = Judge(
            executor=self._executor,
            control=self._control,
            bench=self._bench,
            size=size_for(project.canvas, long_edge=settings.search_edge_px),
            batch_size=max(1, scorer.batch_size),
            name=scorer.name,
        )
        self._tally = Tally(self._control, self._keeping)
        self._decided = -1
        self._next_id = 1
        self._failures_told: set[str] = set()
        self._tree = Tree()

    def run(self) -> Finished:
        """Explore until the budget is spent or the control says stop.

        Raises NoSources where the project has none, AllSourcesOff, UnknownVoter for a weight of
        somebody else, MissingExtra where the strategy needs a package that is not installed.
        What finished rounds found is in the project whatever happens; where it can't be written
        for now, exploring waits.  Raises NotKept only where not even the start can be recorded.
        """
        sources = self._project.sources()
        if not sources:
            raise NoSources
        drawn = self._settings.source_weights or {}
        off = {one for one, weight in drawn.items() if not weight}
        if all(source.id in off for source in sources):
            raise AllSourcesOff
        weights = other_weights(self._settings.weights)
        checked_weights(weights, voters=voters_of(self._scorer))
        check_available(self._settings.strategy)
        held = {source.id: self._project.source_bytes(source.id) for source in sources}
        bench = workbench.install(self._bench, held, self._scorer, DEFAULT_CACHE_BYTES, self._cheap)
        if isinstance(self._executor, Equipped):
            self._executor.equip(
                equipment_for(self._bench, self._settings, self._scorer, self._mood), held
            )
        self._proposer = Proposer(
            sources=tuple(one for one in held if one not in off),
            cutouts=bench.cutouts() - off,
            aspects={source.id: source.width / source.height for source in sources},
            weights=drawn,
            families_off=frozenset(self._settings.families_off),
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
        self._tally.begin()
        try:
            self._explore(run)
            self._keeping(partial(self._project.end_run, run))
        except Stopped:
            stopped = True
            with suppress(NotKept):  # it waited to be kept, and so would this
                self._project.end_run(run)
        finished = Finished(
            run=run,
            seed=self._settings.seed,
            strategy=self._settings.strategy,
            scorer=self._scorer.name,
            device=self._device,
            evaluated=self._tally.evaluated,
            admitted=self._tally.admitted,
            seconds=self._tally.seconds(),
            stopped=stopped,
            best=self._tally.best,
            rejected=dict(self._tally.rejected),
        )
        self._tell(finished)
        return finished

    def _explore(self, run: int) -> None:
        self._ground = look_at_ground(
            self._project, self._judge, encoder=self._encoder, keep=self._keeping
        )
        typical = self._ground.typical_distance
        prepared = prepare(
            self._project,
            self._settings,
            proposer=self._proposer,
            typical_distance=typical,
            tell=lambda text: self._tell(Note(text)),
        )
        self._drawing, self._learning = prepared.drawing, prepared.learning
        self._dials = prepared.dials
        known = {"typical_distance": typical, "encoder": self._encoder}
        self._keeping(partial(self._project.set_reference, run, known))
        self._stages = Stages(
            self._judge,
            executor=self._executor,
            control=self._control,
            kept=Known(self._project.fingerprints()),
            halving=self._settings.halving,
            batch_size=max(1, (self._cheap or self._scorer).batch_size),
        )
        yardstick = kept_yardstick(self._project, voters=fingerprint_of(self._scorer))
        first: list[Batch] = []
        # a new tree begins with random compositions anyway: these show what is usual.  It begins
        # so as well where an earlier run ended, or was ended, before its first round was kept
        new = not self._project.has_branches() and not self._learn_only
        if new and not self._settings.halving:
            self._tree = self._new_tree()
            first = self._first_rounds()
        if yardstick is None:
            yardstick = self._new_yardstick(first)
        self._panel = panel_for(
            self._scorer,
            yardstick,
            weights=other_weights(self._settings.weights),
            kappa=self._settings.kappa,
        )
        reference = reference_of(self._panel, typical_distance=typical, encoder=self._encoder)
        loved = None
        if self._mood is not None:
            board, loved, told = look_at_mood(
                self._mood, self._judge, encoder=self._encoder, voters=self._panel.voters
            )
            reference.update(board)
            if told:
                self._tell(Note(told))
        self._keeping(partial(self._project.set_reference, run, reference))
        if self._learn_only:
            return
        gate = Gate(
            typical_distance=typical,
            sources=self._ground.vectors,
            open_to_all=self._settings.strategy == "random" or not self._settings.gate,
        )
        self._tasting = Tasting(
            self._panel,
            encoder=self._encoder,
            weights=self._settings.weights,
            gate=gate,
            loved=loved,
            loaded=self._project.brought_taste,
        )
        self._selection = Selection(
            gate=gate,
            panel=self._panel,
            judge=self._judge,
            drawing=self._drawing,
            closely=self._settings.fragility,
            on_failure=self._tell_failure,
        )
        if not first:
            self._load_tree()
        self._rounds(run, first)

    # What is usual ------------------------------------------------------------------------------

    def _first_rounds(self) -> list[Batch]:
        """The rounds of a new tree that show what is usual, on their way to be judged."""
        batches: list[Batch] = []
        done = self._project.rounds_done()  # rounds that kept nothing
        drawn = 0
        while drawn < min(SAMPLE, self._settings.budget):
            count = min(self._settings.round_size, self._settings.budget - drawn)
            drawn += count
            batch = self._draw(done + len(batches) + 1, count)
            if batches:
                self._stages.judge(batches[-1])
            batches.append(batch)
        self._stages.judge(batches[-1])
        return batches

    def _new_yardstick(self, first: Sequence[Batch]) -> Yardstick:
        """A yardstick from the first rounds, the sources, and as many others as are lacking."""
        sampled = list(first)
        lacking = SAMPLE - sum(len(batch.proposals) for batch in first)
        if lacking > 0:
            self._tell(Note(f"looking at {lacking} random compositions to learn what is usual"))
            others = self._stages.begin(0, self._drawing.usual(lacking), all_of_them=True)
            sampled.append(self._stages.judge(others))
        found = [one for batch in sampled for one in self._stages.opinions(batch) if one]
        sources = self._ground.plain[:SAMPLE]
        return yardstick_from(fingerprint_of(self._scorer), [*found, *sources])

    # One round ----------------------------------------------------------------------------------

    def _rounds(self, run: int, first: Sequence[Batch]) -> None:
        number = self._project.rounds_done()
        left = self._settings.budget
        for batch in first[:-1]:
            self._tally.wait_while_paused()
            self._take_decisions()
            self._keep(run, self._choose(batch))
        scoring = first[-1] if first else None
        number += len(first)
        left -= sum(len(batch.proposals) for batch in first)
        while left > 0 or scoring is not None:
            self._tally.wait_while_paused()
            self._take_decisions()
            rendering: Batch | None = None
            if left > 0:
                number += 1
                count = min(self._settings.round_size, left)
                left -= count
                rendering = self._draw(number, count)
            chosen = None if scoring is None else self._choose(scoring)
            if rendering is not None:
                self._stages.judge(rendering)
            if chosen is not None:
                self._keep(run, chosen)
            if left > 0 and self._tally.admitted == 0 and self._tally.evaluated >= IN_VAIN:
                self._tell(Note(f"{advice(self._tally.rejected)}.  It ends here"))
                left = 0
            scoring = rendering

    def _draw(self, number: int, count: int) -> Batch:
        """Draw a round's proposals and begin to render them."""
        proposals = self._drawing.round(
            self._tree, number=number, count=count, temperature=self._temperature()
        )
        return self._stages.begin(number, proposals)

    def _choose(self, batch: Batch) -> Chosen:
        """Let a round through the gate, and begin to look at its winners closely."""
        opinions = self._tasting.heard(batch, self._stages.opinions(batch))
        return self._selection.choose(batch, opinions, self._tree, temperature=self._temperature())

    def _temperature(self) -> float:
        return self._dials.temperature_at(self._tally.evaluated / self._settings.budget)

    def _keep(self, run: int, chosen: Chosen) -> None:
        """Keep a round's winners, and tell."""
        trials = trials_of(self._control.gather(chosen.trying)) or [{} for _ in chosen.winners]
        kept = [
            admit(
                winner,
                self._tree,
                branch_id=branch_id,
                number=chosen.number,
                run=run,
                trials=tried,
                panel=self._panel,
                tasting=self._tasting,
                hull=self._ground.hull,
            )
            for branch_id, (winner, tried) in enumerate(
                zip(chosen.winners, trials, strict=True), start=self._next_id
            )
        ]
        self._next_id += len(kept)
        for winner, new in zip(chosen.winners, kept, strict=True):
            self._drawing.hold(new.branch.id, winner.proposal.canvas)
            self._stages.kept.extend(new.fingerprint[None])
        outcomes = self._learning.outcomes(chosen, [new.branch.id for new in kept])
        learned = self._learning.credit(outcomes)
        done = Round(
            number=chosen.number,
            run=run,
            judge=judge_name(self._panel, closely=self._settings.fragility),
            encoder=self._encoder,
            evaluated=chosen.evaluated,
            rejected=dict(chosen.rejected),
            seconds=self._tally.round_seconds(),
            branches=kept,
            policy=learned,
        )
        self._keeping(partial(self._project.commit_round, done))
        best = self._tree.best()
        self._tally.count(done, best=best)
        said = self._learning.tell(self._tree, outcomes, best=None if best is None else best.value)
        if said is not None:
            self._tell(Note(said))
        self._tell(
            RoundDone(
                round=chosen.number,
                branches=tuple(new.branch for new in kept),
                evaluated=self._tally.evaluated,
                admitted=self._tally.admitted,
                rejected=dict(self._tally.rejected),
                budget=self._settings.budget,
                seconds=self._tally.seconds(),
                best=self._tally.best,
            )
        )

    # State --------------------------------------------------------------------------------------

    def _new_tree(self) -> Tree:
        tree = Tree(sources=self._ground.vectors, neighbours=self._settings.neighbours)
        tree.add(ROOT, parent=None, value=0.0, embedding=None)
        return tree

    def _load_tree(self) -> None:
        """Take over the branches that the project holds, judged by this run's panel."""
        self._tree = self._new_tree()
        self._next_id = take_over(
            self._project,
            self._tree,
            self._settings,
            scorer=self._scorer,
            panel=self._panel,
            judge=self._judge,
            ground=self._ground,
            drawing=self._drawing,
            tell=lambda text: self._tell(Note(text)),
            keep=self._keeping,
        )
        self._take_decisions()
        self._tally.set_best(self._tree.best())

    def _take_decisions(self) -> None:
        log = self._project.decisions()
        if len(log) != self._decided:
            decided = statuses(log)
            self._tree.set_statuses(decided)
            self._learning.decide(decided, self._tree, self._drawing)
            self._decided = len(log)
        if news := self._tasting.learn(log, self._tree):
            self._tell(Note(news))
        self._selection = dataclasses.replace(self._selection, panel=self._tasting.panel)

    def _tell_failure(self, problem: str) -> None:
        if problem not in self._failures_told and len(self._failures_told) < 5:
            self._failures_told.add(problem)
            self._tell(Note(f"a candidate could not be rendered: {problem}"))
