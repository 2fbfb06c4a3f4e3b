"""What a training will be, and what to choose, told from the labels before anything is computed."""
