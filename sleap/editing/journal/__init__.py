"""What was edited, on disk: complete to the last edit whatever stops the program."""
