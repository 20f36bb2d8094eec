"""Why an issuer, a season, a series or a template cannot be as asked."""

from backend.write.refusal import Refusal, RefusalCode


class IssuerInconsistent(Refusal):
    """Type, tenant and org node of the issuer contradict each other (S002-21)."""

    code = RefusalCode.ISSUER_INCONSISTENT


class SeasonOverlaps(Refusal):
    """A day would belong to two seasons of one issuer."""

    code = RefusalCode.SEASON_OVERLAPS
    status = 409


class SeriesInUse(Refusal):
    """The running season has numbers already: another pattern would tear its series apart."""

    code = RefusalCode.SERIES_IN_USE
    status = 409


class TemplateChanged(Refusal):
    """Somebody else saved the template in between: what they wrote would be lost."""

    code = RefusalCode.TEMPLATE_CHANGED
    status = 409
