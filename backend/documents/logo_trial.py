"""The last test of a logo before it is accepted: draw it once, under the renderer's limits."""

from datetime import date

from backend.documents.logo import LogoMediaType, LogoRefused, check_logo, data_url
from backend.documents.renderer import RendererPool, RenderFailed


async def try_logo(content: bytes, pool: RendererPool) -> LogoMediaType:
    """As `check_logo`, then draw it: a path can be harmless to read and still take a minute. Raises `LogoRefused`."""
    kind = check_logo(content)
    page = f'<p>Carreau</p><img style="max-width:70mm;max-height:20mm" src="{data_url(content)}">'
    try:
        await pool.render(page, title="logo", language="en", created=date(2000, 1, 1))
    except RenderFailed as failure:
        raise LogoRefused("LOGO_CANNOT_BE_DRAWN", f"The picture cannot be drawn ({failure.reason}).") from None
    return kind
