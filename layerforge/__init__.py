"""LayerForge makes collages by searching for them."""
