"""What is in a file, as facts and as text: labels, models, skeletons, videos."""
