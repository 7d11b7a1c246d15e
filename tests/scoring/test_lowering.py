import copy

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

from layerforge.scoring.encoders import locate  # noqa: E402
from layerforge.scoring.lowering import in_precision  # noqa: E402
from layerforge.scoring.precision import unit_rows  # noqa: E402
from layerforge.scoring.tower import load_encoder  # noqa: E402
from tests.small_clip import SIDE, make_encoder  # noqa: E402

CPU = torch.device("cpu")
HALF = torch.bfloat16


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    """A tower in float32; not to be changed."""
    folder = make_encoder(tmp_path_factory.mktemp("clip") / "small", layers=6)
    return load_encoder(locate(folder)).tower


@pytest.fixture
def inputs():
    return torch.randn(16, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))


def run(tower, inputs):
    with torch.inference_mode():
        return unit_rows(tower(inputs))


def test_it_multiplies_in_half_precision_and_adds_up_in_single(single, inputs):
    tower = in_precision(copy.deepcopy(single), HALF, device=CPU)
    seen = {}

    def watch(name):
        return lambda _, given, made: seen.update({name: (given[0].dtype, made.dtype)})

    block = tower.transformer.resblocks[3]
    for name in ("ln_2", "mlp.c_fc", "mlp.c_proj"):
        block.get_submodule(name).register_forward_hook(watch(name))
    tower.conv1.register_forward_hook(watch("conv1"))
    tower.ln_post.register_forward_hook(watch("ln_post"))
    run(tower, inputs)
    assert seen == {
        "conv1": (HALF, torch.float32),
        "ln_2": (torch.float32, HALF),
        "mlp.c_fc": (HALF, HALF),
        "mlp.c_proj": (HALF, HALF),
        "ln_post": (torch.float32, torch.float32),
    }
    assert tower.conv1.weight.dtype == HALF


def test_it_errs_by_less_than_half_as_much_as_all_in_half_precision(single, inputs):
    exact = run(single, inputs)
    ours = run(in_precision(copy.deepcopy(single), HALF, device=CPU), inputs)
    plain = run(copy.deepcopy(single).to(HALF), inputs.to(HALF))
    assert (ours - exact).norm() < 0.5 * (plain - exact).norm()


def test_both_kinds_of_input_give_the_same(single, inputs):
    tower = in_precision(copy.deepcopy(single), HALF, device=CPU)
    assert torch.equal(run(tower, inputs), run(tower, inputs.to(HALF)))


def test_it_goes_back_to_single_precision(single, inputs):
    tower = in_precision(copy.deepcopy(single), HALF, device=CPU)
    tower = in_precision(tower, torch.float32, device=CPU)
    assert all(value.dtype == torch.float32 for value in tower.state_dict().values())
    rounded = copy.deepcopy(single)
    for part in rounded.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.MultiheadAttention):
            part.to(HALF).float()
    assert torch.equal(run(tower, inputs), run(rounded, inputs))


@pytest.mark.parametrize("dtype", [HALF, torch.float16])
def test_a_tower_that_is_not_known_is_all_in_half_precision(dtype):
    strange = nn.Sequential(nn.Conv2d(3, 4, 16), nn.Flatten(), nn.LayerNorm(4), nn.Linear(4, 2))
    tower = in_precision(strange, dtype, device=CPU)
    assert {value.dtype for value in tower.state_dict().values()} == {dtype}
    with torch.inference_mode():
        assert tower(torch.ones(1, 3, 16, 16, dtype=dtype)).dtype == dtype
