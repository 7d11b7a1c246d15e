from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import ENCODERS
from layerforge.scoring.checkpoints import WeightsBroken
from layerforge.scoring.head_files import load_head
from layerforge.scoring.heads import HeadBroken, HeadMismatch
from layerforge.scoring.hub import UnknownEncoder
from layerforge.scoring.own_heads import own_heads
from layerforge.scoring.taking_in import import_file
from layerforge.scoring.verified import check_encoder, sha256_of, vouched_for
from layerforge.scoring.weights import find
from tests.weight_files import made_up_head, write_encoder

SMALL = ENCODERS[0]


def test_an_encoder_is_imported_by_its_shapes(folder, tmp_path):
    for encoder in ENCODERS:
        path = write_encoder(tmp_path / "downloads" / "model.safetensors", encoder)
        taken = import_file(path)
        assert (taken.kind, taken.name, taken.vouched) == ("encoder", encoder.name, None)
        assert taken.path == folder / encoder.file
        check_encoder(encoder, folder / encoder.file)
    assert len(list(folder.iterdir())) == len(ENCODERS)


def test_other_encoders_are_refused(folder, tmp_path):
    other = write_encoder(tmp_path / "b.safetensors", SMALL, layers=11)
    larger = write_encoder(tmp_path / "c.safetensors", replace(ENCODERS[2], image_px=336))
    for path in (other, larger):
        with pytest.raises(WeightsBroken, match="other shapes"):
            import_file(path)
    with pytest.raises(WeightsBroken, match="does not hold"):
        check_encoder(ENCODERS[1], write_encoder(tmp_path / "d.safetensors", ENCODERS[0]))
    assert not folder.exists()


@pytest.mark.parametrize("cut", [1, 64, 100, 100_000])
def test_a_truncated_encoder_is_refused(folder, tmp_path, cut):
    path = write_encoder(tmp_path / "model.safetensors", SMALL, cut=cut)
    with pytest.raises(WeightsBroken, match="damaged"):
        import_file(path)
    assert not folder.exists()


def test_an_encoder_of_another_name_but_the_same_shape_goes_by_the_name_it_is_given(
    folder, tmp_path
):
    path = write_encoder(tmp_path / "model.safetensors", SMALL)
    taken = import_file(path, encoder="ViT-B-32/laion2b_s34b_b79k")
    assert taken.name == "ViT-B-32/laion2b_s34b_b79k"
    assert [one.name for one in folder.iterdir()] == ["ViT-B-32--laion2b_s34b_b79k.safetensors"]
    with pytest.raises(WeightsBroken, match="but ViT-B-16-quickgelu/openai is an image tower"):
        import_file(path, encoder="ViT-B-16-quickgelu/openai")
    for unknown in ("ViT-B-32/none", "nothing", "no/thing"):
        with pytest.raises(UnknownEncoder):
            import_file(path, encoder=unknown)


def test_a_stated_hash_is_compared_and_remembered(folder, tmp_path):
    path = write_encoder(tmp_path / "model.safetensors", SMALL)
    with pytest.raises(WeightsBroken, match=r"must be 0{12}…"):
        import_file(path, sha256="0" * 64)
    assert not folder.exists()
    taken = import_file(path, sha256=sha256_of(path).upper())
    assert taken.vouched == "whoever imported it"
    assert vouched_for(taken.path) == taken.vouched
    import_file(path)  # nobody states a hash of this one
    assert vouched_for(taken.path) is None


def test_a_file_of_the_hubs_cache_bears_its_hash(folder, tmp_path):
    path = write_encoder(tmp_path / "model.safetensors", SMALL)
    blob = tmp_path / sha256_of(path)
    path.rename(blob)
    path.symlink_to(blob)
    assert import_file(path).vouched == "the hub"
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    with pytest.raises(WeightsBroken, match="another file, or damaged"):
        import_file(path)


def test_a_published_head_is_imported_by_its_hash(folder, tmp_path, monkeypatch):
    head = made_up_head()
    monkeypatch.setattr(catalogue, "HEADS", (head,))
    path = tmp_path / "any name.bin"
    path.write_bytes(b"weights")
    taken = import_file(path)
    assert (taken.kind, taken.name) == ("head", "head")
    assert find(head) == folder / "head.pth"
    path.write_bytes(b"weighty")
    with pytest.raises(WeightsBroken, match="no whole published head"):
        import_file(path)
    with pytest.raises(WeightsBroken, match="no file"):
        import_file(tmp_path / "none")


def test_a_published_head_is_not_taken_in_for_another_encoder(folder, tmp_path, monkeypatch):
    head = replace(catalogue.HEADS[0], sha256="", size_bytes=0)
    file = tmp_path / head.file
    file.write_bytes(b"a head")
    head = replace(head, sha256=sha256_of(file), size_bytes=6)
    monkeypatch.setattr(catalogue, "HEADS", (head,))
    with pytest.raises(HeadMismatch, match=f"made for {head.encoder}, not for x/y"):
        import_file(file, encoder="x/y")
    assert not folder.exists()
    assert import_file(file, encoder=head.encoder).name == head.name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"weigh", "it has 5 bytes, the published one 7"),
        (b"weighty", "the published one 9a129038d9a0"),
    ],
)
@pytest.mark.parametrize("name", ["head.pth", "head (1).pth"])
def test_a_damaged_published_head_is_named_as_that(
    folder, tmp_path, monkeypatch, content, words, name
):
    monkeypatch.setattr(catalogue, "HEADS", (made_up_head(),))
    path = tmp_path / name
    path.write_bytes(content)
    for read in (import_file, lambda path: load_head(path, encoder="x/y")):
        with pytest.raises(LayerForgeError) as caught:
            read(path)
        assert str(caught.value).startswith(f"{name} is damaged: ")
        assert words in str(caught.value)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n<!DOCTYPE html>\n<html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:", "a pointer of Git LFS"),
    ],
)
@pytest.mark.parametrize("name", ["head.pth", "mine.npz", "model.safetensors"])
def test_what_stands_for_a_file_is_named(folder, tmp_path, content, words, name):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WeightsBroken, match=words):
        import_file(tmp_path / name)
    assert not folder.exists()


class TestHeadsOfOnesOwn:
    ENCODER = "ViT-B-32-quickgelu/openai"

    @pytest.fixture(params=["npz", "safetensors"])
    def write(self, request, tmp_path):
        def write(name="mine", *, encoder=self.ENCODER, **arrays):
            path = tmp_path / f"{name}.{request.param}"
            if request.param == "npz":
                declared = {} if encoder is None else {"encoder": encoder}
                np.savez(path, **arrays, **declared)
            else:
                declared = None if encoder is None else {"encoder": encoder}
                save_file(arrays, path, metadata=declared)
            return path

        return write

    def test_one_is_taken_in_and_read_again(self, folder, write):
        vector = np.linspace(-1.0, 1.0, 512)
        taken = import_file(write(vector=vector, bias=np.array([0.25])))
        assert (taken.kind, taken.name) == ("own head", "mine")
        assert own_heads() == {"mine": taken.path}
        head = load_head(taken.path)
        assert np.array_equal(head.vector, vector)
        assert (head.bias, head.encoder, head.name) == (0.25, self.ENCODER, "mine")

    def test_as_torch_saves_a_layer_and_without_a_bias(self, folder, write):
        weight = np.ones((1, 512), np.float16)
        assert load_head(import_file(write(weight=weight)).path).bias == 0.0

    def test_a_later_one_takes_its_place(self, folder, write):
        for bias in (1.0, 2.0):
            taken = import_file(write(vector=np.ones(512), bias=np.array(bias)))
        assert load_head(taken.path).bias == 2.0
        assert len(list(folder.rglob("*"))) == 2  # the folder of heads, and the one

    @pytest.mark.parametrize(
        ("encoder", "error", "words"),
        [
            (None, HeadBroken, "declares no encoder"),
            ("ViT-L-14-quickgelu/openai", HeadMismatch, "length 512.*ViT-L-14.* gives 768"),
            ("ViT-B-32/laion2b", UnknownEncoder, "no weights 'laion2b'"),
            ("ViT-B-99/openai", UnknownEncoder, "no model 'ViT-B-99'"),
            ("clip", UnknownEncoder, "no encoder is called 'clip'"),
            ("ViT-B-99/local-file:mine", UnknownEncoder, "no model"),
        ],
    )
    def test_its_encoder_must_be_known_and_fit(self, folder, write, encoder, error, words):
        with pytest.raises(error, match=words) as caught:
            import_file(write(vector=np.ones(512), encoder=encoder))
        assert "\n" not in str(caught.value)
        assert not folder.exists()

    def test_the_encoder_can_be_said(self, folder, write):
        path = write(vector=np.ones(768), encoder=None)
        taken = import_file(path, encoder="ViT-L-14-quickgelu/openai")
        assert load_head(taken.path).encoder == "ViT-L-14-quickgelu/openai"
        with pytest.raises(HeadMismatch, match=f"{self.ENCODER}, not for x/y"):
            import_file(write(vector=np.ones(512)), encoder="x/y")

    def test_an_encoder_in_a_folder_is_looked_at_when_it_is_used(self, folder, write):
        import_file(write(vector=np.ones(3), encoder="local-dir:small"))
        import_file(write(vector=np.ones(512), encoder="ViT-B-32/local-file:mine"))

    def test_the_name_of_a_published_one_is_taken(self, folder, write):
        path = write("sa_0_4_vit_b_32_linear", vector=np.ones(512))
        with pytest.raises(HeadBroken, match="bears the name of a published head"):
            import_file(path)

    def test_it_may_not_be_something_else(self, folder, write):
        for arrays in (
            {"vectors": np.ones(512)},
            {"vector": np.ones((2, 512))},
            {"vector": np.ones(512), "weight": np.ones(512)},
            {"vector": np.ones(512), "bias": np.zeros(2)},
            {"vector": np.ones(512), "scale": np.zeros(1)},
            {"vector": np.full(512, np.nan)},
            {"vector": np.ones(512) > 0},
        ):
            with pytest.raises(HeadBroken) as caught:
                import_file(write(**arrays))
            assert "\n" not in str(caught.value)
        assert not folder.exists()


def test_a_torch_layer_needs_its_encoder_said(folder, tmp_path):
    torch = pytest.importorskip("torch")
    for bias in (True, False):
        path = tmp_path / "mine.pth"
        torch.save(torch.nn.Linear(512, 1, bias=bias).state_dict(), path)
        with pytest.raises(WeightsBroken, match="--encoder"):
            import_file(path)
        assert import_file(path, encoder=SMALL.name).name == "mine"
