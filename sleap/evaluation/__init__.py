"""How good predictions are: their places, their completeness, their identities."""
