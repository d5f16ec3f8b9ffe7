"""Zip files that are the same bytes each time they are made from the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def archive(files: Mapping[str, bytes], date: str) -> bytes:
    """Return a zip of `files` by their paths. Nothing else is in its bytes: names in order, `date` (YYYY-MM-DD) on each."""
    written = io.BytesIO()
    year, month, day = map(int, date.split("-"))
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, (year, month, day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every machine
            info.external_attr = 0o100644 << 16
            target.writestr(info, files[path])
    return written.getvalue()
