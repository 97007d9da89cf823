"""How long property tests search: the same examples at each run, so that a failure replays."""

from hypothesis import HealthCheck, settings

_CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
QUICK = settings(max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=_CALM)
FEW = settings(QUICK, max_examples=40)
