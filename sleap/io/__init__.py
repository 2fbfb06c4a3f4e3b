"""Labels and skeletons to and from files."""
