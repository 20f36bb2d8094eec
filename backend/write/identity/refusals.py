"""Why the door stays closed."""

from backend.write.refusal import Refusal, RefusalCode


class LinkRefused(Refusal):
    """The link is unknown, was used, or has expired: nobody learns which."""

    code = RefusalCode.LINK_REFUSED
