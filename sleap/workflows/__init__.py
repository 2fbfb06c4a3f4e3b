"""Use cases: what a command or a window asks for, from options to files."""
