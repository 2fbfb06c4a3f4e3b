"""Labels and pixels into pictures and clips."""
