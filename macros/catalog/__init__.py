"""How rows and pages are read, checked and joined. `macros.catalog.catalog` is what the rest of the guide calls."""
