"""The trained cutout: only with its package and its model, and never a download."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from layerforge.model.errors import InvalidValue, OperationFailed, UnknownOperation
from layerforge.model.step import Call
from layerforge.operations import rembg as ours
from layerforge.operations.foreign import matted
from layerforge.operations.registry import build
from tests.operations.pictures import cut_out, photo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("U2NET_HOME", "REMBG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("place", [".u2net/u2net.onnx", ".rembg/models/u2net/u2net.onnx"])
def test_the_model_is_found_where_rembg_keeps_it(home: Path, place: str) -> None:
    assert ours.model_path() is None
    assert not ours.LearnedCutout.ready()
    (home / place).parent.mkdir(parents=True)
    (home / place).write_bytes(b"model")
    assert ours.model_path() == home / place
    assert ours.LearnedCutout.ready()


@pytest.mark.parametrize("variable", ["U2NET_HOME", "REMBG_HOME"])
def test_the_home_can_be_moved(home: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    model = home / "elsewhere" / "models" / "u2net" / "u2net.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"model")
    monkeypatch.setenv(variable, str(home / "elsewhere"))
    assert ours.model_path() == model


def test_without_it_the_error_says_what_to_do(home: Path) -> None:
    with pytest.raises(UnknownOperation, match=r"layerforge\[cutout\].*rembg d u2net"):
        build(Call(name="rembg.gone"))
    with pytest.raises(InvalidValue, match="rembg d u2net"):
        ours.LearnedCutout(firmness=0.5).matte(photo(32, 24))


def test_the_models_mask_becomes_the_matte(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".u2net").mkdir()
    (home / ".u2net" / "u2net.onnx").write_bytes(b"model")
    asked: list[tuple[Any, ...]] = []

    class Session:
        def predict(self, image: Image.Image) -> list[Image.Image]:
            mask = np.zeros((image.height, image.width), dtype=np.uint8)
            mask[:, image.width // 2 :] = 255
            return [Image.fromarray(mask)]

    def new_session(name: str, **options: Any) -> Session:
        asked.append((name, options))
        return Session()

    stand_in = types.ModuleType("rembg")
    stand_in.new_session = new_session  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rembg", stand_in)
    ours._session.cache_clear()
    for firmness in (0.0, 0.8):
        matte = ours.LearnedCutout(firmness=firmness).matte(photo(32, 24))
        assert matte.shape == (24, 32)
        assert matte[:, :16].max() == 0.0
        assert matte[:, 16:].min() == 1.0
        # the picture's own alpha counts once, and is all where a picture was cut out before
        thin = photo(32, 24).copy()
        thin[:, 28:] *= 0.5
        assert np.array_equal(ours.LearnedCutout(firmness=firmness).matte(thin), matte)
        assert ours.LearnedCutout(firmness=firmness).matte(cut_out(32, 24)).min() == 1.0
    # with the file that was found, so that there is nothing to download
    path = str(home / ".u2net" / "u2net.onnx")
    assert asked == [("u2net_custom", {"model_path": path, "providers": ["CPUExecutionProvider"]})]
    ours._session.cache_clear()


class InvalidProtobuf(Exception):
    """As onnxruntime calls what it raises where a model's file is damaged."""


@pytest.mark.parametrize("when", ["loaded", "run"])
def test_a_damaged_model_is_named_with_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    model = home / ".u2net" / "u2net.onnx"
    model.parent.mkdir()
    model.write_bytes(b"junk")

    class Session:
        def predict(self, image: Image.Image) -> list[Image.Image]:
            raise InvalidProtobuf("[ONNXRuntimeError] : 7 :\nprotobuf parsing failed.")

    def new_session(name: str, **options: Any) -> Session:
        session = Session()
        if when == "loaded":
            session.predict(Image.new("RGB", (1, 1)))
        return session

    stand_in = types.ModuleType("rembg")
    stand_in.new_session = new_session  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rembg", stand_in)
    ours._session.cache_clear()
    with pytest.raises(OperationFailed) as told:
        matted(ours.LearnedCutout(firmness=0.5), photo(32, 24))
    said = str(told.value)
    assert str(model) in said
    assert "protobuf parsing failed" in said
    assert "remove that file" in said
    assert "rembg d u2net" in said
    assert "\n" not in said
    ours._session.cache_clear()


def test_a_package_that_gives_up_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".u2net").mkdir()
    (home / ".u2net" / "u2net.onnx").write_bytes(b"model")

    def new_session(name: str, **options: Any) -> None:
        sys.exit(1)  # as rembg does where onnxruntime can't be imported

    stand_in = types.ModuleType("rembg")
    stand_in.new_session = new_session  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rembg", stand_in)
    ours._session.cache_clear()
    with pytest.raises(OperationFailed, match=r"^rembg\.subject, of .*cutout.*force-reinstall"):
        matted(ours.LearnedCutout(firmness=0.5), photo(32, 24))
