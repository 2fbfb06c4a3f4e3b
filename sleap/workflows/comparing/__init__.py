"""What trainings have in common and what not: read from run folders, told as a table and a page."""
