"""Pure knowledge of names: which mentions are one company, which are one person."""
