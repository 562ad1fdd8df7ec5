"""What stops a command: one line for the user, and the exit code.

What is wrong with a plan is a ``Finding``, returned and never raised. What is wrong with the
request or with the machine is raised, and turned into one line and an exit code by the command
line.
"""


class CommandError(Exception):
    """A request that can't be carried out: ``str()`` is one Japanese line for the user."""

    exit_code = 2


class MachineError(CommandError):
    """The machine lacks something or failed: a library, a font, disk space."""

    exit_code = 3
