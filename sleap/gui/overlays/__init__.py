"""What is painted over a frame: poses, trails, names, marks. Painters over arrays, no widgets."""
