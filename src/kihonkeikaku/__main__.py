"""``python -m kihonkeikaku``."""

from kihonkeikaku.cli import main

main()
