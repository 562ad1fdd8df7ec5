"""Changes → JSON."""

import json

from kihonkeikaku.diff.result import Compared
from kihonkeikaku.diff.significance import judged_json


def changes_json(compared: Compared) -> str:
    """Returns the comparison as JSON by the contract in the design, each change with its weight.

    With a view, ``filter`` tells which ministry it is of, and how many changes it leaves out.
    """
    report = judged_json(compared.shown, compared.judge)
    if compared.view:
        ministry = compared.view.ministry
        report["filter"] = {
            "ministry": {"id": ministry.id, "name": ministry.name},
            "shown": len(compared.view.changes),
            "left_out": compared.view.left_out,
            "statement": compared.view.statement,
        }
    return json.dumps(report, ensure_ascii=False, indent=1)
