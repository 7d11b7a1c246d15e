import json
import os
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")
import huggingface_hub.constants  # noqa: E402
import open_clip  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

from layerforge.scoring import hub  # noqa: E402
from layerforge.scoring.catalogue import ENCODERS  # noqa: E402
from layerforge.scoring.checkpoints import WeightsBroken, WeightsMissing  # noqa: E402
from layerforge.scoring.encoders import LocatedEncoder, locate  # noqa: E402
from layerforge.scoring.hub import UnknownEncoder, demand_activation, known_encoder  # noqa: E402
from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from layerforge.scoring.tower import load_encoder  # noqa: E402
from tests.small_clip import DIM, make_encoder, make_head  # noqa: E402

TINY = "LF-tiny"
COMMIT = "a" * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_encoder(tmp_path_factory.mktemp("clip") / "small")


@pytest.fixture
def tiny(folder, tmp_path, monkeypatch):
    """The small model as one that open_clip knows by name."""
    config = json.loads((folder / "open_clip_config.json").read_text())["model_cfg"]
    (tmp_path / f"{TINY}.json").write_text(json.dumps(config))
    factory = open_clip.factory
    monkeypatch.setattr(factory, "_MODEL_CONFIGS", dict(factory._MODEL_CONFIGS))
    monkeypatch.setattr(factory, "_MODEL_CONFIG_PATHS", list(factory._MODEL_CONFIG_PATHS))
    open_clip.add_model_config(tmp_path / f"{TINY}.json")
    return folder / "m.safetensors"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache of the hub, and no network at all."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("socket.socket", None)

    def put(repository, file, source):
        home = tmp_path / "hub" / f"models--{repository.replace('/', '--')}"
        (home / "refs").mkdir(parents=True, exist_ok=True)
        (home / "refs" / "main").write_text(COMMIT)
        target = home / "snapshots" / COMMIT / file
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
        return target

    return put


def test_a_checkpoint_file_with_its_model(tiny, tmp_path):
    found = locate(f"{TINY}@{tiny}")
    assert (found.name, found.path) == (f"{TINY}/local-file:m", tiny)
    scorer = load_clip_scorer(
        encoder=f"{TINY}@{tiny}", heads=[make_head(found.name)], device="cpu", precision="float32"
    )
    assert scorer.description.startswith(f"CLIP {TINY}/local-file:m (the file does not say")


def test_a_checkpoint_whose_name_tells_another_activation_is_refused(tiny, tmp_path):
    with pytest.raises(UnknownEncoder, match=r"wrong activation: use ViT-B-32-quickgelu@"):
        demand_activation("ViT-B-32", tmp_path / "vit_b_32-quickgelu-mine.safetensors")
    plain = tmp_path / "vit_b_16-laion400m_e32-55e67d44.pt"  # as open_clip's table names it
    with pytest.raises(UnknownEncoder, match=r"has no QuickGELU.*use ViT-B-16@"):
        demand_activation("ViT-B-16-quickgelu", plain)
    assert demand_activation("ViT-B-16", plain)
    assert not demand_activation("ViT-B-16", tmp_path / "open_clip_model.safetensors")
    told = tmp_path / "b-quickgelu.safetensors"
    os.link(tiny, told)
    assert locate(f"{TINY}@{told}").remark == ""
    assert "QuickGELU" in locate(f"{TINY}@{tiny}").remark


def test_a_folder_that_is_not_there_is_called_that(tmp_path):
    for named in (tmp_path / "nosuch", f"{tmp_path}/nosuch", "./nosuch"):
        with pytest.raises(WeightsMissing, match=r"there is no encoder folder .*nosuch"):
            locate(named)


def test_a_checkpoint_as_torch_wrote_it_gives_the_same(tiny, folder, tmp_path):
    state = open_clip.factory.load_state_dict(str(tiny))
    torch.save(state, tmp_path / "m.pt")
    one = load_encoder(locate(f"{TINY}@{tiny}")).tower.state_dict()
    other = load_encoder(locate(f"{TINY}@{tmp_path / 'm.pt'}")).tower.state_dict()
    assert all(torch.equal(one[key], other[key]) for key in one)


def test_an_encoder_of_open_clips_table_is_found_in_the_hubs_cache(tiny, cache, monkeypatch):
    stated = {"hf_hub": "who/what/", "mean": (0.1, 0.2, 0.3), "std": (0.5, 0.6, 0.7)}
    monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: {**stated, "quick_gelu": True})
    with pytest.raises(WeightsMissing, match=f"layerforge models fetch {TINY}/mine"):
        locate(f"{TINY}/mine")
    target = cache("who/what", "open_clip_model.safetensors", tiny)
    found = locate(f"{TINY}/mine")
    assert (found.name, found.path) == (f"{TINY}/mine", target)
    loaded = load_encoder(found)
    assert loaded.preprocess.mean == (0.1, 0.2, 0.3)
    assert loaded.preprocess.std == (0.5, 0.6, 0.7)


@pytest.mark.parametrize("model", ["ViT-B-32", "ViT-B-16-SigLIP", "RN50-quickgelu"])
def test_what_open_clip_knows_has_a_place_to_look(model, cache):
    quick = bool(open_clip.get_model_config(model).get("quick_gelu"))
    tags = [
        tag
        for tag in open_clip.list_pretrained_tags_by_model(model)
        if bool(open_clip.get_pretrained_cfg(model, tag).get("quick_gelu")) == quick
    ]
    assert tags
    for tag in tags:
        encoder = known_encoder(model, tag)
        assert encoder.repository or encoder.address
        assert hub.in_caches(encoder) is None


def test_the_wrong_activation_is_noticed_before_loading():
    with pytest.raises(UnknownEncoder, match="use ViT-B-32-quickgelu/openai"):
        locate("ViT-B-32/openai")


@pytest.mark.parametrize(
    ("named", "error", "words"),
    [
        ("no-such-model/openai", UnknownEncoder, "no model 'no-such-model'"),
        ("ViT-B-32/no-such-tag", UnknownEncoder, "no weights 'no-such-tag', there are"),
        ("xlm-roberta-base-ViT-B-32/laion5b_s13b_b90k", UnknownEncoder, "from the network"),
        ("nonsense", WeightsMissing, "MODEL/TAG, MODEL@FILE, or a folder"),
        ("ViT-B-32@/no/such.safetensors", WeightsMissing, "no checkpoint"),
        ("/no/such/folder", WeightsMissing, "there is no encoder folder"),
        ("ViT-B-32-quickgelu/openai", WeightsMissing, "layerforge models fetch"),
    ],
)
def test_what_cannot_be_found_is_one_line(cache, named, error, words):
    with pytest.raises(error, match=words) as caught:
        locate(named)
    assert "\n" not in str(caught.value)


def test_a_file_without_its_model_is_told(tiny):
    with pytest.raises(WeightsMissing, match="MODEL@FILE"):
        locate(str(tiny))


def test_a_checkpoint_of_another_architecture_is_one_line(tiny, tmp_path):
    with pytest.raises(WeightsBroken, match=r"2 layers of width 64.* but ViT-B-32 is .*12 layers"):
        locate(f"ViT-B-32@{tiny}")
    save_file({"something": torch.zeros(2)}, tmp_path / "other.safetensors")
    with pytest.raises(WeightsBroken, match="no CLIP image tower"):
        locate(f"{TINY}@{tmp_path / 'other.safetensors'}")
    torch.save({"something": torch.zeros(2)}, tmp_path / "other.pt")
    with pytest.raises(WeightsBroken, match="weights of another architecture") as caught:
        load_encoder(locate(f"{TINY}@{tmp_path / 'other.pt'}"))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("ending", [".safetensors", ".pt"])
def test_a_truncated_checkpoint_is_one_line(tiny, tmp_path, ending):
    path = tmp_path / f"cut{ending}"
    if ending == ".pt":
        torch.save({"visual.proj": torch.zeros(64, DIM)}, path)
    else:
        path.write_bytes(tiny.read_bytes())
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsBroken) as caught:
        load_encoder(locate(f"{TINY}@{path}"))
    assert "\n" not in str(caught.value)


def test_a_checkpoint_with_code_in_it_never_runs_it(tiny, tmp_path):
    sprung = tmp_path / "sprung"

    class Trap:
        def __reduce__(self):
            return (type(sprung).touch, (sprung,))

    torch.save({"visual.proj": Trap()}, tmp_path / "trap.pt")
    with pytest.raises(WeightsBroken, match="cannot be loaded"):
        load_encoder(locate(f"{TINY}@{tmp_path / 'trap.pt'}"))
    assert not sprung.exists()


def test_the_catalogues_files_are_checked_by_their_shape(folder, tmp_path):
    wrong = LocatedEncoder(
        name=ENCODERS[0].name,
        model=ENCODERS[0].model,
        path=folder / "m.safetensors",
        published=ENCODERS[0],
    )
    with pytest.raises(WeightsBroken, match="but ViT-B-32-quickgelu/openai is"):
        load_encoder(wrong)


def test_shapes_of_plain_towers_come_from_open_clips_configs(monkeypatch):
    assert hub.demand_model("ViT-B-32") == (768, 32, 12, 50, 512)
    assert hub.demand_model("ViT-L-14") == (1024, 14, 24, 257, 768)
    assert hub.demand_model("RN50") is None
    monkeypatch.setattr(open_clip, "get_model_config", lambda _: None)
    with pytest.raises(UnknownEncoder):
        hub.demand_model(SimpleNamespace())
