"""Tables: models over arrays and lists that stay instant at 100,000 rows, and their view."""
