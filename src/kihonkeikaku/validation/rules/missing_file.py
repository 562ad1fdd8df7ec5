"""なくてはならないファイルがありません。

plan.yaml と ministries.yaml は、どの計画にも要ります。
"""

SEVERITY = "error"
