"""``kihonkeikaku verify``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import (
    EXIT_FINDINGS,
    EXIT_PARTIAL,
    EXIT_SUCCESS,
    Quiet,
    print_for_programs,
)


class VerificationFormat(StrEnum):
    """How the outcome of a verification is printed."""

    TEXT = "text"
    JSON = "json"


def verify(
    build: Annotated[Path, typer.Argument(metavar="[BUILD]", help="版のフォルダー")] = Path(
        "build/edition"
    ),
    format: Annotated[
        VerificationFormat, typer.Option(help="出力の形式")
    ] = VerificationFormat.TEXT,
    quiet: Quiet = False,
) -> int:
    """公表された版を、その plan.json から作り直し、同じものかを確かめます。"""
    from kihonkeikaku.verification.problems import (
        render_verification_json,
        render_verification_text,
    )
    from kihonkeikaku.verification.verifier import verify_edition

    verification = verify_edition(build)
    if format is VerificationFormat.JSON:
        print_for_programs(render_verification_json(verification))
    elif verification.count or verification.limitations or not quiet:
        print(render_verification_text(build, verification))
    if verification.count:
        return EXIT_FINDINGS
    return EXIT_PARTIAL if verification.limitations else EXIT_SUCCESS
