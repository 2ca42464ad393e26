#!/usr/bin/env python3
"""Writes the files beside it that an editor would not keep as they are: other encodings, odd line
ends, invisible characters. The others are written by hand. Run it after changing a text here; what comes of
the files stands beside each of them.

    python3 tests/imports/make.py
"""

import pathlib
import unicodedata

HERE = pathlib.Path(__file__).parent / "counter-5"

# What officials make of a counter survey: texts as names of columns, labels as answers.
TEXT = """Dấu thời gian,Ông/Bà đánh giá như thế nào về sự phục vụ hôm nay?,Vì sao Ông/Bà chưa hài lòng?,Ông/Bà mong muốn chúng tôi cải thiện điều gì?,Đơn vị
25/10/2026 8:54:45,Rất hài lòng,,,Xã Mường Khương
25/10/2026 9:01:00,Không hài lòng,"Chờ lâu, Trễ hẹn",Giảm thời gian chờ đợi,Xã Mường Khương
25/10/2026 9:12:30,Bình thường,,,Xã Mường Khương
"""


def windows_1258(text):
    """Letters as Windows composes them: marks of tone on their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
            out += (base + "".join(c for c in apart if c in tones)).encode("cp1258")
    return out


TCVN3 = dict(zip(
    "ĂÂÊÔƠƯĐăâêôơưđ" "àảãáạ" "ằẳẵắ" "ặầẩẫấậè" "ẻẽéẹềểễếệìỉ" "ĩíịò" "ỏõóọồổỗốộờởỡớợù" "ủũúụừửữứựỳỷỹýỵ",
    list(range(0xA1, 0xAF)) + list(range(0xB5, 0xBA)) + list(range(0xBB, 0xBF)) + list(range(0xC6, 0xCD))
    + list(range(0xCE, 0xD9)) + list(range(0xDC, 0xE0)) + list(range(0xE1, 0xF0)) + list(range(0xF1, 0xFF)),
))

# Marks of the VNI fonts, by what they are in Unicode.
VNI = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0302": "â", "\u0302\u0301": "á",
       "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0302\u0323": "ä", "\u0306": "ê",
       "\u0306\u0301": "é", "\u0306\u0300": "è", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë"}
VNI_LETTERS = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì", "Đ": "Ñ"}


def tcvn3(text):
    # The fonts have capitals with tones in another file: their letters are the small ones.
    def byte(letter):
        if ord(letter) < 128:
            return ord(letter)
        return TCVN3[letter] if letter in TCVN3 else TCVN3[letter.lower()]
    return bytes(byte(letter) for letter in unicodedata.normalize("NFC", text))


def vni(text):
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) < 128 or letter in VNI_LETTERS:
            out += VNI_LETTERS.get(letter, letter)
            continue
        apart = unicodedata.normalize("NFD", letter)
        base, marks = apart[0], apart[1:]
        if "\u031b" in marks:
            base, marks = ("ô" if base.lower() == "o" else "ö"), marks.replace("\u031b", "")
        marks = "".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306"))
        mark = VNI.get(marks, "")
        out += base + (mark.upper() if base.isupper() else mark)
    return out.encode("latin-1")


FILES = {
    "utf-8-bom.csv": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16le-excel-unicode-text.txt": b"\xff\xfe" + TEXT.replace("Chờ lâu, Trễ hẹn", "Chờ lâu; Trễ hẹn").replace(",", "\t").encode("utf-16-le"),
    "utf-16be.csv": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16le-without-bom.csv": TEXT.encode("utf-16-le"),
    "utf-16be-without-bom.csv": TEXT.encode("utf-16-be"),
    "windows-1258.csv": windows_1258(TEXT),
    "tcvn3.csv": tcvn3(TEXT),
    "vni.csv": vni(TEXT),
    "tcvn3-saved-as-utf-8.csv": tcvn3(TEXT).decode("latin-1").encode(),
    "nfd.csv": unicodedata.normalize("NFD", TEXT).encode(),
    "mixed.csv": TEXT.encode() + tcvn3(TEXT.splitlines()[2].replace("9:01:00", "9:01:07") + "\n"),
    "unknown-encoding.csv": "Время,Оценка\n25/10/2026,хорошо\n".encode("koi8-r"),
    "line-ends-cr.csv": TEXT.replace("\n", "\r").encode(),
    "line-ends-crlf.csv": TEXT.replace("\n", "\r\n").encode(),
    "invisible-characters.csv": TEXT.replace("Rất hài", "\u200bRất\u00a0hài").replace("Đơn vị", "Đơn vị\u00a0").encode(),
    "nul-bytes.csv": TEXT.encode().replace(b"ng", b"n\0g", 1),
    "old-workbook.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "cut-off-workbook.xlsx": b"PK\x03\x04" + bytes(40),
    "empty.csv": b"",
    "only-a-header.csv": TEXT.splitlines()[0].encode(),
}

HERE.mkdir(exist_ok=True)
for name, content in FILES.items():
    (HERE / name).write_bytes(content)
