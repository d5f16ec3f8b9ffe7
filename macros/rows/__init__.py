"""What kinds of rows there are: frozen typed models, and the markup of their texts. A module here is found by itself."""

import os

# pydantic looks for plugins in the metadata of every installed package; the guide uses none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
