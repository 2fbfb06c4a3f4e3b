"""Damaged files, opened in other processes: what a reader must survive."""
