"""The desk: a report served on this machine alone, in which an editor decides, corrects rows and edits readings.

Needs the extra `review`. `Desk` holds the work and saves what is done; `app` serves it.

- `desk`: a work under an editor's hands
- `server`: its page and requests, on the loopback address
"""

from __future__ import annotations

from compare.review.desk import Conflict, Desk

__all__ = ["Conflict", "Desk"]
