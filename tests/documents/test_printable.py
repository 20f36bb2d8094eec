"""Foreign text on our pages: nothing reorders, hides, overflows or turns into a black box."""

import pytest

from backend.documents.glyphs import REPLACEMENT, missing_glyphs
from backend.documents.printable import BREAK_EVERY, LONG_WORD, Printer, breakable, direction

# One name and place per script that our fonts promise (C18).
MATRIX = {
    "Swedish": "Åsa Öström, Malmö",
    "French": "Maxime Lefèvre-Dœuvre, Nîmes",
    "Polish": "Łukasz Żółć, Łódź",
    "Czech": "Jiří Dvořák, Plzeň",
    "Hungarian": "Győző Fűrész, Pécs",
    "Turkish": "İbrahim Işık, Ağrı",
    "Vietnamese": "Nguyễn Thị Hường, Huế",
    "Greek": "Γιώργος Παπαδόπουλος, Θεσσαλονίκη",
    "Polytonic": "Ἀθῆναι",
    "Russian": "Алёна Щёкина, Ярославль",
    "Ukrainian": "Їжакевич Ґалаґан",
    "Serbian": "Ђорђе Љубичић",
    "Kazakh": "Қанат Әлиев",
    "Armenian": "Արամ Խաչատրյան",
    "Georgian": "გიორგი მარგველაშვილი",
    "Hebrew": "דוד כהן, ירושלים",
    "Arabic": "محمد عبد الرحمن الطرابلسي",
    "Persian": "علی‌رضا گلپایگانی",
    "Urdu": "محمد ٹھٹھوی",
    "Thai": "สมชาย ใจดีมาก กรุงเทพมหานคร",
    "Lao": "ສົມພອນ ວຽງຈັນ",
    "Khmer": "សុខ ភ្នំពេញ",
    "Burmese": "အောင်ဆန်း ရန်ကုန်",
    "Hindi": "राजेश कुमार, दिल्ली",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Tamil": "முருகன் சென்னை",
    "Telugu": "వెంకట రావు",
    "Kannada": "ಬೆಂಗಳೂರು",
    "Malayalam": "കൊച്ചി",
    "Gujarati": "અમદાવાદ",
    "Punjabi": "ਅੰਮ੍ਰਿਤਸਰ",
    "Sinhala": "කොළඹ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Amharic": "አዲስ አበባ",
    "Tifinagh": "ⴰⵎⴰⵣⵉⵖ",
    "Japanese": "山田太郎、東京都 カタカナ",
    "Chinese": "王伟，北京市",
    "Traditional": "陳美玲，臺北市",
    "Korean": "김철수, 서울특별시",
    "Malagasy": "Andrianampoinimerina",
    "Currency": "€ £ ₽ zł ₺ ₹ ¥ ₩ ฿",
    "Typography": "“quotes” ‘x’ – — … • № § ° ½ ™ −\u202f\u00a0",
}


@pytest.mark.parametrize("text", MATRIX.values(), ids=MATRIX.keys())
def test_every_promised_script_has_its_glyphs(text: str) -> None:
    """C18: no black boxes."""
    assert missing_glyphs(text) == set()


def test_a_character_no_font_has_becomes_a_neutral_mark_and_is_reported() -> None:
    """C18: never an empty page or a black box, and somebody learns of it."""
    printed = Printer()
    assert printed("FC 🏆 \ue000") == f"FC {REPLACEMENT} {REPLACEMENT}"
    assert printed.missing == {"🏆", "\ue000"}
    assert missing_glyphs(REPLACEMENT) == set()


def test_fancy_letters_become_plain_ones() -> None:
    printed = Printer()
    assert printed("𝐀𝓷𝓷𝓪") == "Anna"
    assert printed.missing == set()


def test_invisible_characters_cannot_reorder_or_hide_text() -> None:
    printed = Printer()
    assert printed("Anna\u202egnirts\u2066x\u200f\x00\x1b\ufeff") == "Annagnirtsx"
    assert printed("rad ett\r\nrad två\u2028tre") == "rad ett\nrad tvåtre"


def test_joiners_that_spell_words_stay() -> None:
    assert Printer()("علی\u200cرضا") == "علی\u200cرضا"


def test_only_words_wider_than_a_column_are_broken() -> None:
    name = "Andrianampoinimerinatompokoindrindra"
    assert len(name) == LONG_WORD
    assert breakable(f"Kung {name}") == f"Kung {name}"
    broken = breakable("W" * 200)
    assert broken.replace("\u200b", "") == "W" * 200
    assert max(map(len, broken.split("\u200b"))) == BREAK_EVERY


def test_a_break_never_parts_a_letter_from_its_accent() -> None:
    word = ("q" * (BREAK_EVERY - 1) + "g\u0303") * 4
    assert all(not piece.startswith("\u0303") for piece in breakable(word).split("\u200b"))


@pytest.mark.parametrize(("text", "runs"), [("Anna", "ltr"), ("12 شارع", "rtl"), ("דוד", "rtl"), ("123", "ltr")])
def test_the_first_letter_decides_the_direction(text: str, runs: str) -> None:
    assert direction(text) == runs
