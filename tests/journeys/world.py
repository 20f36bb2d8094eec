"""The world of a story: time that passes, workers that do what is due, a post office, and people who use the API."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final, cast
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from backend.values.identifiers import TenantId
from backend.worker.actors import _advance, _deliver, _project
from backend.worker.process import WorkerProcess
from tests.api.caller import Caller
from tests.given.browser import Browser
from tests.given.people import PASSWORD
from tests.given.smtp_faults import SmtpFaults

HEADER: Final = (
    "member_no,first_name,last_name,email,club,district,street,postal_code,city,country,language,licence_type"
)
OPEN: Final = """mutation($input: OpenTenantInput!) { openTenant(input: $input) {
  ... on OpenTenantSuccess { tenant { slug } } ... on Refused { code message } } }"""
# The ECB publishes euro rates; these do not move, so that a story can be counted along.
RATES: Final = {"SEK": Decimal("11.0123")}


@dataclass(kw_only=True)
class World:
    """What is outside of Carreau, and the processes that it consists of."""

    app: Starlette
    clock: TravellingClock
    workers: WorkerProcess
    post_office: SmtpFaults
    operator: Caller
    tenants: list[TenantId] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.clock.today("Europe/Stockholm")

    async def it_is(self, day: str) -> None:
        """Noon of that day in Stockholm; the ECB has published rates in the morning."""
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC) + timedelta(hours=11)
        self.clock.travel_to(noon)
        async with self.workers.services.database.unscoped() as connection:
            for currency, rate in RATES.items():
                await connection.execute(
                    "INSERT INTO reference_rates (currency, published_on, per_euro) VALUES (%s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    (currency, self.today - timedelta(days=1), rate),
                )

    async def workers_work(self) -> None:
        """The workers do what is due: runs, mails, read models."""
        for tenant_id in self.tenants:
            for work in (_advance, _deliver, _project):
                await work(self.workers, tenant_id)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What somebody finds in their mailbox, the oldest first."""
        mails = [cast(EmailMessage, message_from_bytes(mail, policy=default)) for mail in self.post_office.stored]
        return [mail for mail in mails if address in str(mail["To"])]

    async def a_federation_begins(self, name: str) -> "Office":
        """The operator opens it; its administrator follows the link in the mail, and makes a token for the office."""
        slug, address = f"t-{uuid4().hex[:12]}", f"{uuid4().hex[:8]}@office.example"
        said = {
            "slug": slug,
            "name": name,
            "kind": "NATIONAL",
            "adminName": "Annika Berg",
            "adminEmail": address,
            "language": "sv",
            "idempotencyKey": str(uuid4()),
        }
        opened = (await self.operator.ask(OPEN, input=said))["openTenant"]
        assert "tenant" in opened, opened
        self.tenants.append(await self._id_of(slug))
        await self.workers_work()
        (invitation,) = self.mails_to(address)
        browser = Browser(app=self.app)
        accepted = await browser.post(
            "/auth/invitations/accept", {"token": secret_in(invitation), "name": "Annika Berg", "password": PASSWORD}
        )
        assert accepted.status_code == 200, accepted.text
        who = (await browser.session())["session"]["user"]["id"]
        made = await browser.post(f"/api/v1/users/{plain(who)}/tokens", {"label": "the office", "days": 366})
        assert made.status_code == 201, made.text
        return Office(world=self, token=made.json()["token"], slug=slug)

    async def _id_of(self, slug: str) -> TenantId:
        from backend.tenants.directory import tenant_by_slug

        found = await tenant_by_slug(self.workers.services.database, slug)
        assert found is not None
        return found.tenant_id


@dataclass(kw_only=True)
class Office:
    """A federation's office: it has a token, and speaks REST and GraphQL."""

    world: World
    token: str
    slug: str
    issuer_id: str = ""
    district_id: str = ""

    async def asks(self, path: str, **query: str) -> Any:
        """The answer to a question, which must not fail."""
        return await self._sent("GET", path, query=query)

    async def does(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a command, which must not fail."""
        return await self._sent(method, path, body=body)

    async def is_refused(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Why not: the problem that a command was answered with."""
        answer = await self._answer(method, path, body=body)
        assert answer.status_code >= 400, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def says(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL request."""
        return await Caller(app=self.world.app, token=self.token, user_id=None).ask(query, **variables)  # type: ignore[arg-type]

    async def sets_itself_up(self, *seasons: str) -> None:
        """A district that issues in kronor, with an account, a template and seasons that are calendar years."""
        root = (await self.asks("/org-nodes"))[0]["id"]
        district = {"parent_id": root, "kind": "district", "name": "Skånes Bouledistrikt", "code": "SKA"}
        self.district_id = (await self.does("POST", "/org-nodes", district))["id"]
        self.issuer_id = (await self.does("POST", "/issuers", an_issuer(self.district_id)))["id"]
        await self.does("PUT", f"/issuers/{self.issuer_id}/account", {"account": AN_ACCOUNT})
        for year in seasons:
            season = {"code": year, "first_day": f"{year}-01-01", "last_day": f"{year}-12-31"}
            await self.does("POST", f"/issuers/{self.issuer_id}/seasons", season)
        await self.does("POST", "/templates", A_TEMPLATE)

    async def imports(self, *names: str, club: str = "Malmö Boule Club") -> dict[str, str]:
        """Members from a file, whose club is made first; debtor ids by first name."""
        rows = [
            f"M-{n},{name},Ek,{mailbox_of(name)},{club},Skånes Bouledistrikt,Storgatan {n},21122,Malmö,SE,sv,senior"
            for n, name in enumerate(names, start=1)
        ]
        content = "\n".join((HEADER, *rows)).encode()
        seen = await self._sent("POST", "/members/import", query={"preview": "true"}, content=content)
        if clubs := [{"parent_id": each["parent_id"], "name": each["name"]} for each in seen["missing_clubs"]]:
            await self.does("POST", "/org-nodes/clubs", {"clubs": clubs})
        report = await self._sent("POST", "/members/import", content=content)
        assert report["problems"] == []
        found = (await self.asks("/debtors", first="100"))["items"]
        return {each["name"].split(" ")[0]: each["id"] for each in found}

    async def bills_licences(self, members: Sequence[str], *, season: str, fee: str = "Licens", **changes: Any) -> Any:
        """A run over these members, carried to its end; what it came to, member by member."""
        said = {
            "issuer_id": self.issuer_id,
            "season": season,
            "members": list(members),
            "fee_components": [{"name": fee, "amount": "400", "recipient_type": "federation"}],
            "deliver": True,
        } | changes
        run = await self.does("POST", "/invoices/auto-generate/license-renewal", said)
        await self.world.workers_work()
        ended = await self.asks(f"/runs/{run['id']}")
        assert ended["state"] == "completed", ended
        return (await self.asks(f"/runs/{run['id']}/outcomes", first="100"))["items"]

    async def receives(self, invoice_id: str, kronor: int, **changes: Any) -> Any:
        """Money for an invoice, today by bankgiro."""
        said = {
            "payment_amount": {"amount_minor": kronor * 100, "currency": "SEK"},
            "payment_method": "bankgiro",
            "received_on": str(self.world.today),
        } | changes
        return await self.does("POST", f"/invoices/{invoice_id}/payments", said)

    async def invoice_of(self, debtor_id: str) -> dict[str, Any]:
        """The newest invoice to a member."""
        found: dict[str, Any] = (await self.asks("/invoices", debtor_id=debtor_id, first="1"))["items"][0]
        return found

    async def outstanding(self, as_of: str) -> dict[str, str]:
        """The buckets of the aging report that hold anything on a day."""
        rows = (await self.asks("/reports/aging", as_of=as_of))["rows"]
        columns = rows[0]["columns"] if rows else []
        return {each["bucket"]: each["amount"]["decimal"] for each in columns if each["amount"]["amount_minor"]}

    async def _sent(self, method: str, path: str, **said: Any) -> Any:
        answer = await self._answer(method, path, **said)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def _answer(
        self, method: str, path: str, *, body: Any = None, query: dict[str, str] | None = None, content: bytes = b""
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f'"{uuid4()}"'}
        if content:
            headers["Content-Type"] = "text/csv"
        elif body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        transport = httpx.ASGITransport(app=self.world.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://carreau.test") as client:
            return await client.request(method, f"/api/v1{path}", params=query, content=content, headers=headers)


def mailbox_of(first_name: str) -> str:
    return f"{first_name.lower()}@members.example"


def secret_in(mail: EmailMessage) -> str:
    """The secret in the link of a mail; it stands where no server ever logs it."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    found = re.search(r"https?://\S+#token=(\S+)", body.get_content())
    assert found is not None, body.get_content()
    return found[1]


def plain(opaque: str) -> str:
    """The UUID in an opaque id: REST and GraphQL name the same things differently."""
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(opaque + "=" * (-len(opaque) % 4)).decode().partition(":")[2]


def an_issuer(district_id: str) -> dict[str, Any]:
    return {
        "issuer_type": "org_node",
        "org_node_id": district_id,
        "jurisdiction": "SE",
        "currency": "SEK",
        "time_zone": "Europe/Stockholm",
        "language": "sv",
        "terms_days": 30,
        "identity": {
            "name": "Skånes Bouledistrikt",
            "organisation_number": "802402-8915",
            "vat_number": "SE802402891501",
            "email": "kassor@skane.boule.example",
            "phone": "",
            "website": "",
            "address": {"country": "SE", "street": "Gatan 1", "postal_code": "21122", "city": "Malmö"},
        },
    }


AN_ACCOUNT: Final = {
    "account_id": "bg",
    "holder": "Skånes Bouledistrikt",
    "iban": "SE4550000000058398257466",
    "bic": "ESSESESS",
    "bankgiro": "5050-1055",
    "swish": "",
    "reference": "ocr",
}
A_TEMPLATE: Final = {"name": "standard", "primary_colour": "#123a6b", "secondary_colour": "#e0b040"}
