"""Why somebody keeps what they may do."""

from backend.write.refusal import Refusal, RefusalCode


class LastAdmin(Refusal):
    """Nobody would be left who can give roles in the whole federation: give somebody else the role first."""

    code = RefusalCode.LAST_ADMIN
    status = 409
