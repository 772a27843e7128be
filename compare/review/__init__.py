"""The desk: a report served on this machine alone, in which an editor decides, corrects rows and edits readings.

Needs the extra `review`. `Desk` holds the work and saves what is done; `app` serves it.
"""

from __future__ import annotations

from compare.review.desk import Conflict, Desk

__all__ = ["Conflict", "Desk"]
