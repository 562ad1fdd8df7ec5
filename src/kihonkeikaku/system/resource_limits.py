"""Limits of time and memory for a child process."""

import sys


def limit(seconds: int, memory: int) -> None:
    """Sets this process bounds; one that crashes leaves no image of its memory behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 # not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, bound in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, most = resource.getrlimit(kind)
        if most == resource.RLIM_INFINITY or bound < most:
            resource.setrlimit(kind, (bound, most))
