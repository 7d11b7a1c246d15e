"""How the sample pictures are drawn: noise, colour, and one module per picture or pair."""
