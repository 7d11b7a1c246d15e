import numpy as np
import pytest
from PIL import Image

from layerforge.explore.events import Note
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.judging import unit
from layerforge.explore.mood import (
    ENOUGH,
    MOST_MEASURED,
    NoMood,
    board_in,
    last_mood,
    loved_field,
    read_mood,
    with_mood,
)
from layerforge.explore.palate import Field
from layerforge.explore.tasted import palate_in
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.jury import Jury, fingerprint_of
from layerforge.scoring.measures import measure
from layerforge.scoring.reference import installed_reference, tamed
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.conftest import Exploration
from tests.explore.test_explorer import Brightness


@pytest.fixture(scope="module")
def board(tmp_path_factory, photographs):
    """A folder of twelve dark, cool crops of photographs."""
    folder = tmp_path_factory.mktemp("beloved-mood")
    for number in range(12):
        pixels = list(photographs.values())[number % 2]
        top, left = 12 * number, 20 * number
        crop = pixels[top : top + 240, left : left + 320].astype(np.float32)
        dark = (crop * [0.25, 0.35, 0.6]).astype(np.uint8)
        Image.fromarray(dark).save(folder / f"{number}.png")
    return folder


def test_its_statistics_are_those_of_its_pictures_helped_out_by_the_installed_ones(board):
    mood = read_mood(board)
    seen = [
        measure(np.asarray(Image.open(path).convert("RGB"))).vector()
        for path in sorted(board.iterdir())
    ]
    points = tamed(np.stack(seen))
    assert mood.reference.pictures == 12
    np.testing.assert_allclose(mood.reference.mean, points.mean(axis=0), atol=0.05)
    own = np.cov(points.T, bias=True)
    blend = (12 * own + ENOUGH * installed_reference().covariance) / (12 + ENOUGH)
    np.testing.assert_allclose(
        np.diag(mood.reference.covariance), np.diag(blend), rtol=0.05, atol=1e-4
    )
    (note,) = mood.notes
    assert "12 different pictures say little" in note
    assert "19 are enough" in note


def test_what_is_like_it_is_kin(board):
    mood = read_mood(board)
    judge = with_mood(MeasuresScorer(), mood)
    loved = np.stack(list(mood.pictures))
    bright = np.minimum(loved.astype(np.int32) * 3, 255).astype(np.uint8)
    by_mood = [judge.judge(batch).parts["kinship"].mean() for batch in (loved, bright)]
    usual = [MeasuresScorer().judge(batch).parts["kinship"].mean() for batch in (loved, bright)]
    assert by_mood[0] > by_mood[1] + 0.15
    assert abs(usual[0] - usual[1]) < 0.05
    assert fingerprint_of(judge) != fingerprint_of(MeasuresScorer())
    jury = with_mood(Jury([Brightness(), MeasuresScorer()]), mood)
    assert jury.judge(loved).parts["kinship"].mean() == pytest.approx(by_mood[0])
    alone = Brightness()
    assert with_mood(alone, mood) is alone
    assert with_mood(alone, None) is alone


def test_a_folder_is_read_with_whatever_is_in_it(board, tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "empty.png").write_bytes(b"")
    with pytest.raises(NoMood, match="holds no picture for a mood board"):
        read_mood(tmp_path)
    with pytest.raises(NoMood, match="no such file or folder"):
        read_mood(tmp_path / "none")
    Image.new("RGB", (40, 40), "grey").save(tmp_path / "flat.png")
    with pytest.raises(NoMood):
        read_mood(tmp_path)
    one = next(board.iterdir())
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(one.read_bytes())
    mood = read_mood(tmp_path)
    assert mood.reference.pictures == 1
    assert sum("left out" in note for note in mood.notes) == 2
    # its names and order make no difference
    (tmp_path / "b.png").rename(tmp_path / "z.png")
    assert read_mood(tmp_path).digest == mood.digest != read_mood(board).digest


def test_of_very_many_pictures_some_are_taken(board, tmp_path):
    content = next(board.iterdir()).read_bytes()
    for number in range(MOST_MEASURED + 10):
        (tmp_path / f"{number:04}.png").write_bytes(content)
    mood = read_mood(tmp_path)
    assert any(f"{MOST_MEASURED} of {MOST_MEASURED + 10} pictures" in note for note in mood.notes)


@pytest.fixture(scope="module")
def run(tmp_path_factory, samples, board):
    """A project explored with the mood board."""
    path = tmp_path_factory.mktemp("mooded") / "p.layerforge"
    with Project.create(path, canvas=Canvas(width=256, height=256)) as project:
        add_sources(project, read_sources([samples]))
        Exploration(project).run(budget=128, search_edge_px=96, mood=read_mood(board))
    return path


@pytest.fixture
def mooded(run, tmp_path):
    path = tmp_path / "p.layerforge"
    path.write_bytes(run.read_bytes())
    with Project.open(path) as project:
        yield Exploration(project)


def test_the_project_keeps_figures_of_it_and_no_names(mooded, board):
    project = mooded.project
    (one,) = project.runs()
    mood = read_mood(board)
    assert one.settings["mood_board"] == mood.digest
    kept = board_in(one.reference)
    assert (kept.digest, kept.pictures, len(kept.loved.votes)) == (mood.digest, 12, 12)
    content = project.path.read_bytes()
    for secret in (board.name, str(board), "11.png"):
        assert secret.encode() not in content
    # the loved pictures, as the scorer sees them
    seen = MeasuresScorer().compared_with(mood.reference).judge(mood.pictures[3][None])
    field = loved_field(kept)
    assert float(seen.embeddings[0] @ field.embeddings[3]) == pytest.approx(1.0, abs=1e-3)
    assert field.votes[3]["kinship"] == pytest.approx(float(seen.parts["kinship"][0]))


def test_its_pictures_are_liked(mooded, board, photographs):
    project = mooded.project
    palate, field = palate_in(project)
    loved = loved_field(board_in(project.runs()[0].reference))
    assert (palate.worth(loved) > np.quantile(palate.worth(field), 0.75)).all()
    assert palate.trust.judgements == pytest.approx(6.0)  # twelve, half a judgement each
    # others of their kind, which it never saw, are liked more than the same in daylight
    crops = [pixels[150:390, 250:570] for pixels in photographs.values()]
    dark = [(crop * np.array([0.25, 0.35, 0.6])).astype(np.uint8) for crop in crops]
    judge = with_mood(MeasuresScorer(), read_mood(board))
    night, day = (_field(judge.judge(np.stack(batch))) for batch in (dark, crops))
    assert (palate.worth(night) > palate.worth(day)).all()


def _field(verdict):
    count = len(verdict)
    return Field(
        ids=list(range(count)),
        embeddings=np.stack([unit(row) for row in verdict.embeddings]),
        votes=[
            {name: float(said[at]) for name, said in verdict.parts.items()} for at in range(count)
        ],
    )


def test_it_stays_until_it_is_dropped(mooded):
    project = mooded.project
    before = project.branches()
    digest = project.runs()[0].settings["mood_board"]
    mooded.run(budget=16, seed=3, search_edge_px=96)
    assert project.runs()[1].settings["mood_board"] == digest
    assert board_in(project.runs()[1].reference) == board_in(project.runs()[0].reference)
    assert project.branches()[: len(before)] == before  # nothing was judged anew
    mooded.run(budget=16, seed=4, search_edge_px=96, mood="none")
    assert project.runs()[2].settings["mood_board"] is None
    assert last_mood(project) is None
    after = project.branches()[1 : len(before)]
    kin = [
        (one.score.parts["kinship"], two.score.parts["kinship"])
        for one, two in zip(before[1:], after, strict=True)
    ]
    assert np.mean([abs(one - two) for one, two in kin]) > 0.05


def test_another_scorer_has_to_see_its_pictures_itself(mooded, board):
    project = mooded.project
    mooded.run(budget=16, seed=3, search_edge_px=96, scorer=Brightness())
    notes = [event.text for event in mooded.events if isinstance(event, Note)]
    assert any("name its folder again with --mood-board" in text for text in notes)
    assert board_in(project.runs()[1].reference).loved is None
    mooded.run(budget=16, seed=3, search_edge_px=96, scorer=Brightness(), mood=read_mood(board))
    assert len(board_in(project.runs()[2].reference).loved.votes) == 12
