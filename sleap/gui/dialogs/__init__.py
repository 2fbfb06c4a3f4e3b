"""Dialogs: each asks something, returns plain data, and does nothing itself.

A dialog is a class with a ``value()``, and a function ``ask_...`` that shows it and returns the
value, or None if the user gave up.
"""
