"""Writes templates/web/minisearch.js: the library that the search page runs, minified.

Run by `make minisearch`, after changing the version in tests/browser/package.json. A test makes the
same once more and compares, so that the file is known to hold the library and nothing else. Its
licence goes along as a file of its own.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NODE_MODULES = ROOT / "tests" / "browser" / "node_modules"
LIBRARY = NODE_MODULES / "minisearch"
LICENCE = LIBRARY / "LICENSE.txt"
WEB = ROOT / "templates" / "web"
# Names that begin with a low line are the library's own affair, so they may be short.
SHORTENING = ("--compress", "passes=3,ecma=2020", "--mangle", "--mangle-props", "regex=/^_/")


def minified() -> str:
    """Returns the library as a classic script, under a line that says what it is."""
    terser = NODE_MODULES / "terser" / "bin" / "terser"
    script = LIBRARY / "dist" / "umd" / "index.js"
    done = subprocess.run(
        ["node", terser, script, *SHORTENING], capture_output=True, encoding="utf-8", check=True
    )
    version = json.loads((LIBRARY / "package.json").read_text("utf-8"))["version"]
    holder = LICENCE.read_text("utf-8").splitlines()[0]
    return f"/*! MiniSearch {version}, MIT, {holder}. */\n{done.stdout.strip()}\n"


def main() -> int:
    """Writes the script and its licence."""
    (WEB / "minisearch.js").write_text(minified(), "utf-8")
    shutil.copyfile(LICENCE, WEB / "minisearch.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
