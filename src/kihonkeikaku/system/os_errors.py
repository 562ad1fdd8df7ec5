"""Errors of the operating system, explained in Japanese."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import MachineError

_WORDS: Final = {
    errno.EACCES: "権限がありません",
    errno.EPERM: "許されていない操作です",
    errno.EROFS: "読み取り専用の場所です",
    errno.ENOSPC: "空き容量がありません",
    errno.EDQUOT: "割り当てられた容量を使い切りました",
    errno.EFBIG: "ファイルの大きさの上限を超えました",
    errno.EBADF: "出力先が閉じられています",
    errno.EIO: "装置の入出力エラーです",
    errno.EMFILE: "開けるファイルの数の上限に達しました",
    errno.ENFILE: "機械全体で開けるファイルの数の上限に達しました",
    errno.ENOMEM: "メモリーが足りません",
    errno.EAGAIN: "機械の資源が足りません",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ENOTDIR: "途中にフォルダーではないものがあります",
    errno.EISDIR: "同じ名前のフォルダーがあります",
    errno.EEXIST: "同じ名前のものがあります",
    errno.ENOTEMPTY: "同じ名前の、空でないフォルダーがあります",
    errno.ENOENT: "ファイルかフォルダーがありません",
    errno.ELOOP: "リンクが循環しています",
    errno.EBUSY: "ほかで使われています",
    errno.EXDEV: "ファイルシステムをまたぐため、置き換えられません",
    errno.ENOLCK: "ファイルシステムにロックの機能がありません",
    errno.EMLINK: "リンクの数の上限に達しました",
    errno.ETXTBSY: "ほかで実行中です",
}


def explain_os_error(error: OSError) -> str:
    """Returns the reason of an error, as half a sentence."""
    code = error.errno or 0
    return _WORDS.get(code) or error.strerror or os.strerror(code)


@contextmanager
def translate_os_errors(path: Path) -> Iterator[None]:
    """Turns an ``OSError`` raised within into a ``MachineError`` about writing ``path``."""
    try:
        yield
    except OSError as error:
        raise MachineError(f"{path} に書けません（{explain_os_error(error)}）。") from error
