import copy
import json
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")

from layerforge.scoring import precision  # noqa: E402
from layerforge.scoring.encoders import locate  # noqa: E402
from layerforge.scoring.precision import choose_precision, device_label  # noqa: E402
from layerforge.scoring.tower import load_encoder  # noqa: E402
from tests.small_clip import SIDE, make_encoder  # noqa: E402

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    return load_encoder(locate(make_encoder(tmp_path_factory.mktemp("clip") / "small"))).tower


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache folder of its own, and a process that remembers nothing."""
    monkeypatch.setattr(precision, "_chosen", {})
    monkeypatch.setattr(precision, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache" / "precision.json"


@pytest.fixture
def clock(monkeypatch):
    """What the clock shows at each look: float32 is timed twice, then bfloat16 twice."""

    def shows(*times):
        looks = iter(times)
        monkeypatch.setattr(precision, "time", SimpleNamespace(perf_counter=lambda: next(looks)))

    return shows


QUICKER = (0.0, 4.0, 4.0, 8.0, 8.0, 9.0, 9.0, 10.0)  # 4 s, then 1 s
NO_QUICKER = (0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0)


def choose(tower, **options):
    return choose_precision(tower, name="x/y", device=CPU, side_px=SIDE, **options)


def test_the_faster_is_taken_where_it_is_worth_it(loaded, clock):
    clock(*QUICKER)
    assert choose(loaded) == "bfloat16"


def test_what_is_no_faster_is_not(loaded, clock):
    clock(*NO_QUICKER)
    assert choose(loaded) == "float32"


def test_what_does_not_agree_is_not(loaded, clock, monkeypatch):
    monkeypatch.setattr(precision, "_AGREES", 1.1)
    clock(*QUICKER)
    assert choose(loaded) == "float32"


def test_it_is_measured_once_and_remembered_on_disk(loaded, clock, cache, monkeypatch):
    told = []
    clock(*QUICKER)
    assert choose(loaded, on_notice=told.append) == "bfloat16"
    assert choose(loaded, on_notice=told.append) == "bfloat16"  # no more time on the clock
    monkeypatch.setattr(precision, "_chosen", {})  # another process
    assert choose(loaded, on_notice=told.append) == "bfloat16"
    assert told == ["measuring which precision suits x/y on cpu"]
    (key,) = json.loads(cache.read_text())
    assert device_label(CPU) in key
    assert torch.__version__ in key
    clock(*NO_QUICKER)
    assert choose_precision(loaded, name="x/z", device=CPU, side_px=SIDE) == "float32"
    assert len(json.loads(cache.read_text())) == 2


class Cramped(torch.nn.Module):
    """A tower that runs out of memory above some number of pictures."""

    def __init__(self, tower, room):
        super().__init__()
        self.tower, self.room, self.seen = tower, room, []

    def __deepcopy__(self, memo):
        other = Cramped(copy.deepcopy(self.tower), self.room)
        other.seen = self.seen
        return other

    def forward(self, inputs):
        self.seen.append(len(inputs))
        if len(inputs) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate much")
        return self.tower(inputs)


def test_where_memory_is_short_fewer_pictures_are_measured_with(loaded, clock, cache):
    told = []
    clock(*QUICKER)
    cramped = Cramped(loaded, room=3)
    assert choose(cramped, on_notice=told.append) == "bfloat16"
    assert cramped.seen[:3] == [8, 4, 2]
    assert set(cramped.seen[3:]) == {2}
    assert told[1:] == ["cpu is out of memory: measuring with fewer pictures"] * 2
    assert len(json.loads(cache.read_text())) == 1


def test_where_not_even_one_fits_nothing_is_remembered(loaded, cache):
    with pytest.raises(torch.OutOfMemoryError):
        choose(Cramped(loaded, room=0))
    assert not cache.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"KEY": "int4"}'])
def test_a_damaged_memory_is_measured_anew(loaded, clock, cache, content):
    cache.parent.mkdir()
    key = f"{device_label(CPU)} | x/y | torch {torch.__version__}"
    cache.write_text(content.replace("KEY", key))
    clock(*QUICKER)
    assert choose(loaded) == "bfloat16"
    assert json.loads(cache.read_text())[key] == "bfloat16"


def test_a_memory_that_cannot_be_written_is_told(loaded, clock, cache):
    cache.parent.write_text("a file where the folder should be")
    told = []
    clock(*QUICKER)
    assert choose(loaded, on_notice=told.append) == "bfloat16"
    assert "cannot remember the precision" in told[-1]
