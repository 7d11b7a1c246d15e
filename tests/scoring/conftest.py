"""What tests of weights share."""

import huggingface_hub.constants
import pytest

from tests.weight_files import serving


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty models folder and an empty Hugging Face cache, with no proxy before the network."""
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "models"


@pytest.fixture
def server():
    with serving() as one:
        yield one
