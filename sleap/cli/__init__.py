"""The command line: options out of attrs classes, one module per command."""
