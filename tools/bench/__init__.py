"""make bench: times, memory and sizes of the guide, measured side by side."""
