"""How Django's own date filters write, where that differs from what Django brings along (FORMAT_MODULE_PATH)."""
