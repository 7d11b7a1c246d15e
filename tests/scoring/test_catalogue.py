import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import ENCODERS, HEADS, PRESETS, preset_named


def test_the_catalogue_fits_together():
    names = {encoder.name for encoder in ENCODERS}
    assert all(head.encoder in names for head in HEADS)
    assert all(
        head.encoder == pairing.encoder.name
        for preset in PRESETS.values()
        for pairing in preset.pairings
        for head in pairing.heads
    )
    assert all(len(head.sha256) == 64 for head in HEADS)
    assert len({item.file for item in (*ENCODERS, *HEADS)}) == len(ENCODERS) + len(HEADS)


def test_the_catalogue_says_what_open_clip_says():
    open_clip = pytest.importorskip("open_clip")
    for encoder in ENCODERS:
        pretrained = open_clip.get_pretrained_cfg(encoder.model, encoder.tag)
        assert pretrained["hf_hub"] == encoder.repository + "/"
        config = open_clip.get_model_config(encoder.model)
        vision = config["vision_cfg"]
        assert config["quick_gelu"]
        assert config["embed_dim"] == encoder.dim
        assert vision["image_size"] == encoder.image_px
        assert vision["patch_size"] == encoder.patch_px
        assert (vision["width"], vision["layers"]) == (encoder.width, encoder.layers)


def test_unknown_presets_are_told():
    with pytest.raises(LayerForgeError, match="fast"):
        preset_named("slow")
