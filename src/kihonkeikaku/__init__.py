"""人工知能基本計画を YAML で書き、検査し、版を組み、新旧を比べる。"""

from typing import Final

__version__: Final = "0.1.0"
