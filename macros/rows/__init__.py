"""What the guide knows: typed rows, the pages that show them, and the catalog that joins both."""

import os

# pydantic looks for plugins in the metadata of every installed package; the guide uses none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
