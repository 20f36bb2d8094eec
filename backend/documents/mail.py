"""The e-mail that brings an invoice: subject, text and branded HTML, in the debtor's language, from the issuer."""

from dataclasses import dataclass
from html import unescape
from typing import Final

from backend.documents.printable import Printer
from backend.documents.screen_palette import ScreenPalette
from backend.documents.templates import choose, rendered
from backend.documents.view import document_view
from backend.events.invoices import InvoiceIssued

# RFC 5322 asks for lines below 998 bytes; mail programs show some 70 characters of a subject.
MAX_SUBJECT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMail:
    """What to send. `file_name` is the PDF's, if there is one; `from_name` and `subject` are one line each."""

    from_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    language: str
    file_name: str


def invoice_mail(event: InvoiceIssued, *, link: str = "", language: str | None = None) -> WrittenMail:
    """The mail of `event`, in `language` or in that of the invoice; in English where there is no translation. `link`
    is the address that opens the invoice in a browser."""
    chosen = choose(
        template=event.issuer.template.name,
        language=language or event.language,
        platform=event.issuer.issuer_type == "platform",
    )
    # A mail program brings its own fonts and breaks its own lines.
    view = document_view(event, logo=None, language=chosen.language, printed=Printer(on_paper=False))
    values = {"view": view, "link": link, "button": ScreenPalette.of(event.issuer.template.primary_colour).light}
    return WrittenMail(
        from_name=one_line(view.issuer.name),
        reply_to=event.issuer.identity.email,
        # The templates escape every value exactly once, so unescaping once gives the text back.
        subject=one_line(unescape(rendered(chosen, "_subject.txt", values)))[:MAX_SUBJECT],
        text=unescape(rendered(chosen, "_mail.txt", values)).strip() + "\n",
        html=rendered(chosen, "_mail.html", values),
        language=chosen.language,
        file_name=f"{_file_stem(event.number)}.pdf",
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def _file_stem(number: str) -> str:
    return "".join(character if character.isalnum() or character in "-_." else "-" for character in number)
