"""見えない文字や制御文字が入っています。

幅のない空白、書字方向の制御文字、行区切り文字（U+2028 など）は、画面で見える文と実際の文とを
違うものにします（Trojan Source, CVE-2021-42574）。異体字セレクターと結合文字は、人名や地名に
要るため使えます。ソフトハイフンや幅のない空白のように、除いても文の変わらないものは、
validate --fix で除けます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: "取\u200b組"
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
