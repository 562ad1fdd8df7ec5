"""How the Word files look: A4, Mincho text and Gothic headings as government documents have them.

Styles have Word's own ids where Word has such a style, so that its outline and its lists of styles
work; the fonts are named as in Windows, and other programs put their own Mincho in their place.
"""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

WORD_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

MINCHO: Final = "ＭＳ 明朝"
GOTHIC: Final = "ＭＳ ゴシック"

_HALF_POINTS: Final = 21  # 10.5 points, the size of Word's Japanese template
_HEADING_SIZES: Final = (26, 24, 22, 21, 21, 21, 21, 21, 21)

TITLE, SUBTITLE, DATE = "Title", "Subtitle", "Date"
BULLET, NOTE, MEASURE, ITEM = "KkBullet", "KkNote", "KkMeasure", "KkItem"
GUIDE, MEASURES_LABEL, CELL, CELL_HEADING = "KkGuide", "KkLabel", "KkCell", "KkCellHeading"
CENTERED: Final = "KkCentered"


def heading_style(level: int) -> str:
    """Returns the style of a heading; ``level`` is 1 for chapters, and Word has nine."""
    return f"Heading{min(level, 9)}"


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The page: A4, upright or lying, with its margins in twentieths of a point."""

    landscape: bool = False
    margin: int = 1418  # 25 mm

    @property
    def text_width(self) -> int:
        """The width between the margins, in twentieths of a point."""
        return (_LONG if self.landscape else _SHORT) - 2 * self.margin


_SHORT, _LONG = 11906, 16838

UPRIGHT: Final = PageSetup()


def section_xml(page: PageSetup, footer: str) -> str:
    """Returns the section's settings; ``footer`` is the id of the footer's relationship."""
    width, height = (_LONG, _SHORT) if page.landscape else (_SHORT, _LONG)
    orient = ' w:orient="landscape"' if page.landscape else ""
    margins = "".join(f' w:{side}="{page.margin}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar{margins} w:header="851" w:footer="680" w:gutter="0"/>'
        '<w:docGrid w:type="lines" w:linePitch="360"/></w:sectPr>'
    )


def settings_xml(*, tracks: bool) -> str:
    """Returns the settings of a document; ``tracks`` makes Word record changes."""
    tracking = "<w:trackRevisions/>" if tracks else ""
    return (
        f'<w:settings {WORD_NAMESPACES}><w:zoom w:percent="100"/>{tracking}'
        '<w:defaultTabStop w:val="840"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )


def footer_xml(text: str) -> str:
    """Returns the footer: the page's number, and ``text`` before it."""
    before = f'<w:r><w:t xml:space="preserve">{escape(text)}　</w:t></w:r>' if text else ""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'<w:ftr {WORD_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{before}{number}</w:p></w:ftr>"
    )


def styles_xml() -> str:
    """Returns the styles of every document."""
    fonts = f'<w:rFonts w:ascii="{MINCHO}" w:eastAsia="{MINCHO}" w:hAnsi="{MINCHO}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:kern w:val="2"/><w:sz w:val="{_HALF_POINTS}"/><w:szCs w:val="{_HALF_POINTS}"/>'
        '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    headings = "".join(
        _paragraph_style(
            f"Heading{level}",
            f"heading {level}",
            '<w:keepNext/><w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="{240 if level < 3 else 160}" w:after="80"/>'
            f'<w:ind w:left="{max(0, level - 3) * 210}"/><w:jc w:val="left"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            _gothic(size),
        )
        for level, size in enumerate(_HEADING_SIZES, start=1)
    )
    others = "".join(
        (
            _paragraph_style(TITLE, "Title", _centered(480, 120), _gothic(32)),
            _paragraph_style(SUBTITLE, "Subtitle", _centered(0, 120), '<w:sz w:val="24"/>'),
            _paragraph_style(DATE, "Date", '<w:spacing w:after="240"/><w:jc w:val="right"/>'),
            _paragraph_style(GUIDE, "記入の案内", _BOX, _gothic(19)),
            _paragraph_style(
                MEASURES_LABEL, "取組の見出し", '<w:keepNext/><w:spacing w:before="120"/>'
            ),
            _paragraph_style(BULLET, "箇条", _hanging(420, 210)),
            _paragraph_style(NOTE, "注記", _hanging(630, 420)),
            _paragraph_style(MEASURE, "取組", _hanging(420, 210)),
            _paragraph_style(ITEM, "取組の項目", _hanging(840, 210)),
            _paragraph_style(CELL, "表の中", '<w:jc w:val="left"/>', '<w:sz w:val="20"/>'),
            _paragraph_style(
                CELL_HEADING, "表の中の見出し", '<w:keepNext/><w:jc w:val="center"/>', _gothic(20)
            ),
            _paragraph_style(CENTERED, "中央", '<w:jc w:val="center"/>'),
            _paragraph_style(
                "FootnoteText", "footnote text", _hanging(210, 210), '<w:sz w:val="18"/>'
            ),
            _paragraph_style("Footer", "footer", '<w:jc w:val="center"/>'),
        )
    )
    return f"<w:styles {WORD_NAMESPACES}>{defaults}{_NORMAL}{headings}{others}{_TABLE}</w:styles>"


_NORMAL: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
)
_BOX: Final = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + '</w:pBdr><w:spacing w:after="0"/><w:ind w:left="105" w:right="105"/><w:jc w:val="left"/>'
)
_TABLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:left w:w="99" w:type="dxa"/><w:right w:w="99" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def _paragraph_style(id: str, name: str, paragraph: str, run: str = "") -> str:
    text = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>{text}</w:style>'
    )


def _gothic(half_points: int) -> str:
    fonts = f'<w:rFonts w:ascii="{GOTHIC}" w:eastAsia="{GOTHIC}" w:hAnsi="{GOTHIC}"/>'
    return f'{fonts}<w:sz w:val="{half_points}"/>'


def _hanging(left: int, hanging: int) -> str:
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _centered(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/><w:jc w:val="center"/>'
