"""The states of a translation, who may do what to it, and what it needs most. Plain values in and out."""
