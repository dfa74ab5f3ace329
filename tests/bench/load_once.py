"""Loads a folder once with the real loader, in a process of its own, and tells its time and memory as JSON."""

import json
import resource
import sys
from pathlib import Path

from bot.ingest.load import load


def peak_kilobytes() -> int:
    """The most memory this process, or one that it started, has held; Linux counts it for a program, not its parent."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    else:
        own = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
    return max(own, children)


def main() -> None:
    """Load the folder of the first argument into the data folder of the second."""
    outcome = load([Path(sys.argv[1])], Path(sys.argv[2]))
    told = {
        "seconds": outcome.seconds,
        "peak_kilobytes": peak_kilobytes(),
        "read": outcome.read_documents,
        "documents": outcome.counts["documents"],
        "facts": outcome.counts["facts"],
        "problems": len(outcome.problems),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
