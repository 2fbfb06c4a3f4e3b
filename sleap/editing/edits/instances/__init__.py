"""Instances added, copied, converted and deleted, and where their nodes are placed."""
