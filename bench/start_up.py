"""How long the commands take that people wait for, beside what no Python program can avoid.

Each command runs in turn with its neighbours, so that a busy machine slows all alike; medians of
wall time, and ratios to the bare interpreter that imports pydantic. Run by ``make bench``.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROUNDS: Final = 15
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
YARDSTICK: Final = "python -c 'import pydantic' (+ model)"

RUNS: Final = {
    "python -c pass": [sys.executable, "-c", "pass"],
    YARDSTICK: [
        sys.executable,
        "-c",
        "import pydantic\nclass M(pydantic.BaseModel):\n x: int",
    ],
    "kihonkeikaku --help": [COMMAND, "--help"],
    "kihonkeikaku validate plan": [COMMAND, "validate", "plan"],
}


def seconds(command: list[str]) -> float:
    """Returns how long a command takes, wall time; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measures and prints the table."""
    times: dict[str, list[float]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS + 1):
        for name, command in RUNS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(of_name[1:]) for name, of_name in times.items()}
    print(f"{'command':42}{'median':>9}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:42}{median:8.3f}s{median / medians[YARDSTICK]:8.2f}")


if __name__ == "__main__":
    main()
