"""Training: the loop, what listens to it, and what changes its course."""
