"""``make fuzz``: feeds the target with what atheris makes of the hostile corpus.

Arguments go to libFuzzer: ``-max_total_time=600``, or the name of a file that broke the target.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["kihonkeikaku", "yaml"]):
    from tests.fuzz.target import PLACES, check_file

ROOT: Final = Path(__file__).parent.parent.parent
CASES: Final = ROOT / "tests" / "hostile" / "cases"
CORPUS: Final = ROOT / "build" / "fuzzing" / "corpus"
FOUND: Final = ROOT / "build" / "fuzzing" / "found"
LIMITS: Final = ("-timeout=10", "-rss_limit_mb=1024", "-max_len=8192")
_PLACE_OF: Final = dict(
    zip(("head", "register", "chapter", "measure", "revision", "edition"), PLACES, strict=True)
)


def seeds() -> Iterator[bytes]:
    """The known killers, each behind the byte that says which file it is."""
    for case in sorted(CASES.glob("*/*/*")):
        place = PLACES.index(_PLACE_OF[case.parent.name])
        yield bytes([place]) + case.read_bytes()


def main() -> None:
    """Plants the seeds and hands over to libFuzzer."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (CORPUS / f"seed-{number:04}").write_bytes(seed)
    given = sys.argv[1:]
    corpus = [] if any(not argument.startswith("-") for argument in given) else [str(CORPUS)]
    atheris.Setup([sys.argv[0], f"-artifact_prefix={FOUND}/", *LIMITS, *given, *corpus], check_file)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
