"""One module per command; each holds a ``COMMAND``."""
