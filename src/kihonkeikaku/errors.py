"""What stops a command: one line for the user, and the exit code.

What is wrong with a plan is a ``Finding``, returned and never raised. What is wrong with the
request or with the machine is raised, and turned into one line and an exit code by the command
line.
"""


class Trouble(Exception):  # noqa: N818 - it is no error of the program
    """A request that can't be carried out: ``str()`` is one Japanese line for the user."""

    exit_code = 2


class MachineTrouble(Trouble):
    """The machine lacks something or failed: a library, a font, disk space."""

    exit_code = 3
