"""リンクの行き先が、ウェブのアドレスではありません。

https:// か http:// から始まるアドレスだけを書けます。空白や全角文字は入れられません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: [詳しくは, {link: {text: 内閣府のページ, url: "javascript:alert(1)"}}, を参照]
    assignments: [{ministry: 経産省}]

正しい:

    # measures/alpha.yaml
    id: alpha
    text: [詳しくは, {link: {text: 内閣府のページ, url: "https://www.cao.go.jp/"}}, を参照]
    assignments: [{ministry: 経産省}]
"""

SEVERITY = "error"
