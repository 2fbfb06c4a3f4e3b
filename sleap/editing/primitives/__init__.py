"""The ways in which an edit changes labels, by what they change."""
