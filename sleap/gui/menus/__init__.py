"""Menus made of the tables of actions."""
