"""Which frames are worth labeling next: methods that propose some, each with its options."""
