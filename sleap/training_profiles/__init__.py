"""Training profiles found by their bare name; `sleap.nn.config.shipped` reads them."""
