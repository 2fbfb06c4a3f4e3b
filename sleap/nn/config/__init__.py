"""Training profiles: what they hold, how they are read, checked and written."""
