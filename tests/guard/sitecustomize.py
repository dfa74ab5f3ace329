"""Read by every Python that a test starts: it is guarded like the tests themselves."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_NAME = "tests.guard.network_guard"  # as the tests know it; their folder need not be where a child looks for modules
_spec = spec_from_file_location(_NAME, Path(__file__).parent / "network_guard.py")
assert _spec is not None
assert _spec.loader is not None
_guard = sys.modules[_NAME] = module_from_spec(_spec)
_spec.loader.exec_module(_guard)
_guard.refuse_beyond_this_machine()
