"""The planner: which tasks, in which week, on which day. Pure functions from rows to a schedule; no clock, no files."""

from macros.planner.schedule import HOURS, LENGTHS, LeftOut, Schedule, is_for, plan

__all__ = ["HOURS", "LENGTHS", "LeftOut", "Schedule", "is_for", "plan"]
