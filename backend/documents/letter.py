"""A letter about access: subject, text and HTML, in the six languages that documents have."""

from html import unescape
from typing import Final

from backend.documents.mail import MAX_SUBJECT, WrittenMail, one_line
from backend.documents.templates import FALLBACK, LETTER, STANDARD, Chosen, languages, rendered

# Who writes: the product, on behalf of the federation that the text names.
FROM_NAME: Final = "Carreau"


def letter_mail(kind: str, *, name: str, federation: str, link: str, language: str) -> WrittenMail:
    """The mail of one letter, in English where there is no translation."""
    there = language in languages(STANDARD, LETTER)
    chosen = Chosen(template=STANDARD, language=language if there else FALLBACK, fallback=not there, room=LETTER)
    values = {"kind": kind, "name": name, "federation": federation, "link": link, "language": chosen.language}
    return WrittenMail(
        from_name=FROM_NAME,
        reply_to="",
        # The templates escape every value exactly once, so unescaping once gives the text back.
        subject=one_line(unescape(rendered(chosen, "_subject.txt", values)))[:MAX_SUBJECT],
        text=unescape(rendered(chosen, "_mail.txt", values)).strip() + "\n",
        html=rendered(chosen, "_mail.html", values),
        language=chosen.language,
        file_name="",
    )
