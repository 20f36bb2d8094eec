"""How the app feels with many invoices in one tenant. Figures are printed and nothing is asserted of them.

Only with CARREAU_E2E_INVOICES=100000 (or another number), because making them takes minutes.
"""

import json
import os
from collections.abc import Awaitable
from dataclasses import replace
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Final

from playwright.async_api import Page, expect

from backend.bench.running import issue_all
from backend.bench.world import BenchTenant, a_tenant, members
from backend.read.catch_up import catch_up
from backend.services import Services
from backend.tenants.actor import door_actor
from backend.tenants.identity.accounts import keep_language
from backend.tenants.identity.hashing import hash_password
from backend.values.identifiers import RunId
from backend.write.execute import WriteSide, execute
from backend.write.identity.passwords import SetPassword
from backend.write.renewals.start import StartRun, WantedComponent
from tests.e2e.conftest import NewContext, pictures
from tests.e2e.people import Visitor, signed_in_context
from tests.e2e.stack import Stack
from tests.given.people import PASSWORD

COUNT: Final = int(os.environ.get("CARREAU_E2E_INVOICES", "0"))
ROUNDS: Final = 7
_ADMIN: Final = "admin@bench.example"

# From the press to the first frame that shows what was wanted, by the clock of the page.
_START: Final = """shown => {
  const ready = new Function(`return (${shown})`);
  let began = null;
  const begin = event => { began ??= event.timeStamp; };
  for (const name of ["pointerdown", "input", "popstate", "scroll"]) addEventListener(name, begin, {capture: true});
  window.clocked = new Promise((resolve, reject) => {
    const look = now => {
      if (began !== null && ready()) requestAnimationFrame(() => resolve(performance.now() - began));
      else if (began !== null && now - began > 20000) reject(new Error(`never came: ${shown}`));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  window.clocked.catch(() => null);
}"""
_ROWS: Final = "document.querySelectorAll('.data-grid tbody a').length"
_QUIET: Final = "document.querySelector('.data-grid')?.getAttribute('aria-busy') === 'false'"


async def test_many_invoices_in_one_tenant(new_context: NewContext, stack: Stack) -> None:
    began = perf_counter()
    tenant = await _a_tenant_with(COUNT, stack.services)
    made = perf_counter() - began
    context = await new_context()
    # The workers have as much to look at as this process had.
    context.set_default_timeout(120_000)
    asked = perf_counter()
    await signed_in_context(context, stack.url, Visitor(tenant=tenant.slug, email=_ADMIN))
    signed_in = perf_counter() - asked
    page = await context.new_page()
    await page.goto("/")
    await expect(page.locator("#content h1")).to_be_visible()
    await page.wait_for_load_state("networkidle")

    taken: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        await _once(page, turn, taken)
        print(turn, {name: round(each[-1]) for name, each in taken.items()}, flush=True)
    await page.goto("/invoices")
    await expect(page.get_by_role("row").nth(5)).to_be_visible()
    await page.screenshot(path=pictures() / "hundred-thousand.png")
    lines = [f"{COUNT:,} invoices made and projected in {made:.0f} s, then sign-in took {signed_in:.1f} s"]
    for name, each in taken.items():
        lines.append(f"  {name:<42} first {each[0]:5.0f}  median {median(each):5.0f}  worst {max(each):5.0f} ms")
    report = "\n".join(lines)
    (pictures() / "timings.txt").write_text(report + "\n")
    (pictures() / "timings.json").write_text(json.dumps(taken))
    print("\n" + report)


async def _once(page: Page, turn: int, taken: dict[str, list[float]]) -> None:
    async def clocked(name: str, act: Awaitable[object], shown: str) -> None:
        await page.evaluate(_START, shown)
        await act
        taken.setdefault(name, []).append(await page.evaluate("window.clocked"))
        await page.wait_for_load_state("networkidle")

    menu, main = page.get_by_role("navigation"), page.get_by_role("main")
    search, chip = main.get_by_role("searchbox"), main.locator(".chip").first
    full = f"{_QUIET} && {_ROWS} >= 10"
    wanted = f"FAKTURA-2026-{(turn + 1) * (COUNT // (ROUNDS + 2)):06d}"
    # The same digits may begin somebody's reference as well.
    named = f"[...document.querySelectorAll('.data-grid tbody a')].some(each => each.textContent === '{wanted}')"
    found = f"{_QUIET} && {_ROWS} < 10 && {named}"
    await clocked("home", menu.get_by_role("link", name="Hem").click(), "document.querySelector('.stat') !== null")
    await clocked("list, from the menu", menu.get_by_role("link", name="Fakturor").click(), f"{_ROWS} >= 10")
    # By locators: a function that is asked again and again would be evaluated by the page, which its policy forbids.
    await expect(page.locator(".data-grid[aria-busy=false] tbody a").nth(9)).to_be_attached()
    sorting = main.get_by_role("columnheader", name="Summa").get_by_role("button")
    await clocked("sort by total", sorting.click(), f"location.search.includes('sort=') && {full}")
    await clocked("filter by status", chip.click(), f"location.search.includes('status=') && {full}")
    await clocked("filter off", chip.click(), f"!location.search.includes('status=') && {full}")
    await clocked("search a number (waits 150 ms for more)", search.fill(wanted), found)
    named = f"location.search.includes('q=M') && {full}"
    await clocked("search a name everybody has (150 ms)", search.fill("Märta"), named)
    await clocked("search off (150 ms)", search.fill(""), f"!location.search.includes('q=') && {full}")
    down = page.evaluate("() => { const g = document.querySelector('.data-grid'); g.scrollTop = g.scrollHeight; }")
    await clocked("scroll to the end: the next page", down, f"{_QUIET} && {_ROWS} >= 10")
    opened = "document.querySelector('#content dl.details dd') !== null"
    await clocked("open an invoice", main.get_by_role("row").nth(20).get_by_role("link").first.click(), opened)
    await clocked("back to the list", page.evaluate("() => history.back()"), f"{_ROWS} >= 10")


async def _a_tenant_with(count: int, services: Services) -> BenchTenant:
    """Imported, billed by one run in chunks without delivery, and projected, all by this process."""
    silent = WriteSide(database=services.database, keyring=services.keyring, clock=services.clock)
    quiet = replace(services, write=silent)
    tenant = await a_tenant(quiet)
    debtors = await members(tenant, count)
    run_id = RunId(silent.new_id())
    fee = WantedComponent(name="Licens senior", amount=Decimal("400.00"))
    start = StartRun(
        run_id=run_id,
        issuer_id=tenant.issuer_id,
        kind="licence_renewal",
        components=(fee,),
        debtors=debtors,
        deliver=False,
    )
    await execute(silent, tenant.actor, start)
    await issue_all(tenant, run_id, count)
    await catch_up(services.database, services.keyring, tenant.tenant_id)
    admin = tenant.garden.user(_ADMIN)
    command = SetPassword(user_id=admin, password_hash=await hash_password(PASSWORD), cause="operator")
    await execute(silent, door_actor(tenant.tenant_id, admin), command)
    async with services.database.scope(tenant.tenant_id) as connection:
        await keep_language(connection, tenant.tenant_id, admin, "sv")
    return tenant
