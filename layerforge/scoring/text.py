"""The text tower of an open_clip model, used once: texts to embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.precision import unit_rows

_BATCH = 16


class TextUnreadable(LayerForgeError):
    """A text, or any text, is not for this encoder."""


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedTexts:
    """Texts as the encoder sees them.

    rows: by text, (D,) float32 of unit length.  scale: what cosines are multiplied by before a
    softmax, as the model learnt it (100 in OpenAI's).
    """

    rows: dict[str, npt.NDArray[np.float32]]
    scale: float


def embed_texts(whole: Any, texts: Sequence[str], *, model: str) -> EmbeddedTexts:
    """Embed ``texts`` with the open_clip model ``whole``, which open_clip calls ``model``.

    ``whole`` is for nothing but pictures afterwards.  Raises TextUnreadable where a text is too
    long, or the model's words are not at hand.
    """
    tokenize = _tokenizer(whole, model=model)
    tokens = _shortened(whole, torch.cat([tokenize(text) for text in texts]))
    with torch.inference_mode():
        parts = [
            unit_rows(whole.encode_text(tokens[start : start + _BATCH]))
            for start in range(0, len(tokens), _BATCH)
        ]
        scale = float(whole.logit_scale.exp().mean())
    rows = torch.cat(parts).numpy()
    return EmbeddedTexts(rows=dict(zip(texts, rows, strict=True)), scale=scale)


def _shortened(whole: Any, tokens: torch.Tensor) -> torch.Tensor:
    """``tokens`` up to the longest text's end, and ``whole`` made to read so many.

    CLIP looks at nothing behind the end mark, but would work through the padding there: a short
    text costs a fifth so.  Other text towers stay as they are.
    """
    import open_clip

    if (
        type(whole) is not open_clip.CLIP
        or whole.text_pool_type != "argmax"
        or whole.attn_mask is None
    ):
        return tokens
    length = int(tokens.argmax(dim=1).max()) + 1
    whole.positional_embedding = torch.nn.Parameter(whole.positional_embedding.detach()[:length])
    whole.attn_mask = whole.attn_mask[:length, :length]
    return tokens[:, :length]


def _tokenizer(whole: Any, *, model: str) -> Callable[[str], torch.Tensor]:
    """Text to (1, context) tokens, with open_clip's own vocabulary."""
    import open_clip
    from open_clip.tokenizer import SimpleTokenizer

    text_config = open_clip.get_model_config(model)["text_cfg"]
    if "hf_tokenizer_name" in text_config:
        raise TextUnreadable(f"{model} needs a tokenizer from the network: no prompts with it")
    options = text_config.get("tokenizer_kwargs", {})
    tokenizer = SimpleTokenizer(context_length=whole.context_length, **options)
    if whole.vocab_size < tokenizer.vocab_size:
        raise TextUnreadable(
            f"{model} knows {whole.vocab_size} pieces of words, {tokenizer.vocab_size} are needed: "
            "no prompts with it"
        )

    def tokenize(text: str) -> torch.Tensor:
        pieces = len(tokenizer.encode(tokenizer.clean_fn(text)))
        room = whole.context_length - 2  # a start and an end mark
        if not 0 < pieces <= room:
            raise TextUnreadable(
                f"the text has {pieces} word pieces, must have 1 to {room}: {text}"
            )
        tokens: torch.Tensor = tokenizer(text)
        return tokens

    return tokenize
