"""Changing labels step by step: undo, redo, and a journal that survives a crash. No Qt."""
