"""What is wrong, or may be, with a translation. Pure: texts in, findings out."""
