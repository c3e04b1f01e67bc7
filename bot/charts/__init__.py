"""Pure: numbers -> a PNG picture."""
