"""Heads: what turns features into outputs."""
