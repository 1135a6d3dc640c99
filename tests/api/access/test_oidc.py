"""Single sign-on, with a real provider beside the real service: who gets in, and every token that does not let in."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import sqlalchemy as sa

from api.storage.schema import identities, oidc_logins
from tests.api.access.oidc_provider import CLIENT, SECRET
from tests.api.access.test_passwords import change_rows, entries, rows
from tests.api.databases import KINDS, new_url
from tests.api.server import ROOT, Grant, Server, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PUBLIC = "https://matcher.example"
SUBJECT = "248289761001"


class Provider:
    """The provider's process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.api.access.oidc_provider"],
            stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def behave(self, **how: Any) -> None:
        """Let it do something else than it should."""
        assert httpx.post(f"{self.url}/behave", json=how).status_code == 200

    def asked(self) -> list[str]:
        """Return the paths that it was asked for."""
        found: list[str] = httpx.get(f"{self.url}/asked").json()["asked"]
        return found

    def settings(self, **more: str) -> dict[str, str]:
        """Return the settings of a service that trusts it."""
        own = {
            "OIDC_ISSUER": self.url,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "PUBLIC_URL": PUBLIC,
        }
        return {**own, **more}

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    found = Provider()
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture(autouse=True)
def _honest(provider: Provider) -> None:
    provider.behave()


@pytest.fixture(scope="module", params=KINDS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, provider: Provider
) -> Iterator[Server]:
    """Give a service that trusts the provider, on a database of each kind in turn."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url:
        server = Server(folder, url, **provider.settings()).start()
        try:
            yield server
        finally:
            server.stop()


class Browser:
    """A browser: it goes where it is sent, and keeps cookies although the tests have no https."""

    def __init__(self, server: Server) -> None:
        self.client = server.client(None)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **params: str) -> httpx.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.client.get(path, params=params, headers={"Cookie": cookie} if cookie else {})
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0].strip('"')
            if "max-age=0" in line.lower():
                del self.cookies[name]
        return answer

    def to_the_provider(self) -> dict[str, str]:
        """Go to the provider, log in there, and return what it gives to take back."""
        sent = self.get("/session/oidc/start")
        assert sent.status_code == 303, sent.text
        back = httpx.get(sent.headers["location"]).headers["location"]
        address, _, query = back.partition("?")
        assert address == f"{PUBLIC}/api/v1/session/oidc/callback"
        return {name: values[0] for name, values in parse_qs(query).items()}

    def back(self, given: dict[str, str]) -> httpx.Response:
        return self.get("/session/oidc/callback", **given)

    def log_in(self) -> httpx.Response:
        return self.back(self.to_the_provider())


def test_stranger_becomes_a_principal_without_grants(site: Server) -> None:
    browser = Browser(site)
    answer = browser.log_in()
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PUBLIC}/api/v1/session")
    assert list(browser.cookies) == ["__Host-matcher_session"]
    told = browser.get("/session").json()
    assert (told["method"], told["principal"]["name"]) == ("oidc", "示例用户丙")
    assert browser.get("/me").json()["grants"] == []
    refused(browser.get("/rounds"), "role_missing")
    # The same subject is the same principal ever after, whatever it is called by then.
    again = Browser(site)
    again.log_in()
    assert again.get("/session").json()["principal"] == told["principal"]
    assert entries(site, "session.begin", actor=told["principal"]["id"])[0][1] == "done"


def test_where_the_browser_is_sent(site: Server, provider: Provider) -> None:
    sent = Browser(site).get("/session/oidc/start")
    address = urlsplit(sent.headers["location"])
    query = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.url}/authorize"
    assert query["response_type"] == ["code"]
    assert query["scope"] == ["openid profile"]
    assert query["code_challenge_method"] == ["S256"]
    assert {len(query[name][0]) for name in ("state", "code_challenge")} == {43}
    assert len(query["nonce"][0]) == 64
    attributes = sent.headers["set-cookie"].split("; ")[1:]
    assert sorted(attributes) == [
        "HttpOnly",
        "Max-Age=600",
        "Path=/api/v1/session/oidc",
        "SameSite=lax",
        "Secure",
    ]
    kept = str(rows(site, oidc_logins))
    assert query["state"][0] not in kept
    assert query["nonce"][0] not in kept


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"claims": {"nonce": "another"}}, "nonce"),
        ({"claims": {"nonce": None}}, "nonce"),
        ({"claims": {"aud": "another"}}, "aud"),
        ({"claims": {"aud": [CLIENT, "another"]}}, "azp"),
        ({"claims": {"azp": "another"}}, "azp"),
        ({"claims": {"iss": "https://elsewhere.example"}}, "iss"),
        ({"claims": {"exp": int(time.time()) - 120}}, "exp"),
        ({"claims": {"exp": None}}, "exp"),
        ({"claims": {"iat": int(time.time()) + 3600}}, "iat"),
        ({"claims": {"sub": None}}, "sub"),
        ({"claims": {"at_hash": "another"}}, "at_hash"),
        ({"sign": "stranger"}, "signature"),
        ({"sign": "none"}, "form"),
        ({"sign": "secret"}, "form"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_token_that_does_not_fit(site: Server, provider: Provider, how: dict[str, Any], reason: str) -> None:
    before = len(entries(site, "session.begin", actor="anonymous"))
    browser = Browser(site)
    given = browser.to_the_provider()
    provider.behave(**how)
    answer = browser.back(given)
    assert f"（{reason}）" in refused(answer, "oidc_token")["title"]
    assert "__Host-matcher_session" not in browser.cookies
    assert len(entries(site, "session.begin", actor="anonymous")) == min(before + 1, 200)


def test_state_is_good_once(site: Server) -> None:
    browser = Browser(site)
    given = browser.to_the_provider()
    kept = dict(browser.cookies)
    assert browser.back(given).status_code == 303
    browser.cookies = kept
    refused(browser.back(given), "oidc_state")


def test_state_is_good_in_its_browser_alone(site: Server) -> None:
    """Nobody can be logged in as somebody else by a link that was sent."""
    attacker, victim = Browser(site), Browser(site)
    given = attacker.to_the_provider()
    refused(victim.back(given), "oidc_state")
    victim.to_the_provider()
    refused(victim.back(attacker.to_the_provider()), "oidc_state")
    refused(victim.back({**victim.to_the_provider(), "state": "x"}), "oidc_state")
    # What another browser tried is used up, too.
    refused(attacker.back(given), "oidc_state")


def test_state_that_took_too_long(site: Server) -> None:
    browser = Browser(site)
    given = browser.to_the_provider()
    change_rows(site, sa.update(oidc_logins).values(expires_at=1))
    refused(browser.back(given), "oidc_state")


def test_code_of_another_log_in(site: Server) -> None:
    """The verifier of one log-in does not open the code of another (PKCE)."""
    browser, other = Browser(site), Browser(site)
    given, foreign = browser.to_the_provider(), other.to_the_provider()
    refused(browser.back({**given, "code": foreign["code"]}), "oidc_denied")


def test_provider_says_no(site: Server, provider: Provider) -> None:
    provider.behave(error="access_denied")
    browser = Browser(site)
    assert "（access_denied）" in refused(browser.log_in(), "oidc_denied")["title"]
    provider.behave()
    given = browser.to_the_provider()
    del given["code"]
    answer = browser.back({**given, "error": "<script>"})
    assert "script" not in refused(answer, "oidc_denied")["title"]


def test_answer_in_the_name_of_another_provider(site: Server) -> None:
    browser = Browser(site)
    answer = browser.back({**browser.to_the_provider(), "iss": "https://elsewhere.example"})
    refused(answer, "oidc_token")


def test_provider_has_a_new_key(site: Server, provider: Provider) -> None:
    browser = Browser(site)
    browser.log_in()
    provider.behave(sign="renewed")
    assert Browser(site).log_in().status_code == 303


def test_subject_is_linked_by_an_administrator(site: Server, provider: Provider) -> None:
    person = site.principal(Grant("viewer"))
    path = f"/principals/{person['id']}/identity"
    provider.behave(claims={"sub": "linked"})
    assert site.administrator.put(path, json={"subject": "linked"}).status_code == 204
    browser = Browser(site)
    assert browser.log_in().status_code == 303
    assert browser.get("/session").json()["principal"]["id"] == person["id"]
    assert browser.get("/rounds").status_code == 200
    assert entries(site, "identities.write", subject=person["id"])[0][1] == "done"
    given = {"json": {"disabled": True}, "headers": {"If-Match": "*"}}
    site.administrator.patch(f"/principals/{person['id']}", **given)  # type: ignore[arg-type]
    refused(browser.get("/me"), "session_over")
    refused(browser.log_in(), "principal_disabled")
    refused(site.administrator.put("/principals/none/identity", json={"subject": "x"}), "not_found")


def test_same_name_is_not_the_same_person(site: Server, provider: Provider) -> None:
    named = site.with_password(Grant("planner"))
    provider.behave(claims={"sub": "namesake", "preferred_username": named["name"]})
    browser = Browser(site)
    assert browser.log_in().status_code == 303
    told = browser.get("/session").json()["principal"]
    assert told["id"] != named["id"]
    assert told["name"].startswith(f"{named['name']} (")
    provider.behave(claims={"sub": "nameless", "preferred_username": None})
    assert browser.log_in().status_code == 303
    assert browser.get("/session").json()["principal"]["name"].startswith("user ")


def test_strangers_are_refused_where_it_is_set_so(
    own_server: Callable[..., Server], provider: Provider
) -> None:
    server = own_server(**provider.settings(OIDC_STRANGERS="refuse"))
    refused(Browser(server).log_in(), "oidc_unknown")
    assert rows(server, identities) == []
    person = server.principal(Grant("viewer"))
    server.administrator.put(f"/principals/{person['id']}/identity", json={"subject": SUBJECT})
    assert Browser(server).log_in().status_code == 303


@pytest.mark.parametrize(
    "how",
    [{"issuer": "https://elsewhere.example"}, {"broken": "/.well-known/openid-configuration"}],
    ids=list,
)
def test_provider_that_is_not_what_it_should_be(
    own_server: Callable[..., Server], provider: Provider, how: dict[str, str]
) -> None:
    provider.behave(**how)
    server = own_server(**provider.settings())
    answer = Browser(server).get("/session/oidc/start")
    refused(answer, "oidc_unreachable")
    assert answer.headers["retry-after"] == "5"


def test_keys_that_can_not_be_read(own_server: Callable[..., Server], provider: Provider) -> None:
    server = own_server(**provider.settings())
    browser = Browser(server)
    given = browser.to_the_provider()
    provider.behave(broken="/keys")
    refused(browser.back(given), "oidc_unreachable")
    provider.behave()
    assert browser.log_in().status_code == 303


def test_secret_is_posted_where_the_provider_wants_it_so(
    own_server: Callable[..., Server], provider: Provider
) -> None:
    provider.behave(auth="client_secret_post")
    server = own_server(**provider.settings())
    assert Browser(server).log_in().status_code == 303
    wrong = own_server(**provider.settings(OIDC_CLIENT_SECRET="another"))
    assert "（invalid_client）" in refused(Browser(wrong).log_in(), "oidc_denied")["title"]
    assert SECRET not in server.log.read_text()


def test_refusals_in_both_languages(own_server: Callable[..., Server], provider: Provider) -> None:
    server = own_server(**provider.settings(OIDC_STRANGERS="refuse"))

    def told(code: str, **how: Any) -> tuple[str, str]:
        titles = []
        for language in ("zh", "en"):
            browser = Browser(server)
            given = browser.to_the_provider()
            provider.behave(**how)
            if code == "oidc_state":
                given["state"] = "x"
            titles.append(refused(browser.back({**given, "lang": language}), code)["title"])
            provider.behave()
        return titles[0], titles[1]

    assert told("oidc_unknown") == (
        "单点登录的身份在本服务中没有账户", "nobody here has this identity of single sign-on",
    )  # fmt: skip
    assert told("oidc_state") == (
        "这次登录不是在这个浏览器中开始的，或已用过、已超时",
        "this log-in was not begun in this browser, was used before or took too long",
    )
    assert told("oidc_token", claims={"nonce": "x"}) == (
        "单点登录返回的凭证不可用（nonce）",
        "what the provider of single sign-on gave can't be accepted (nonce)",
    )
    assert told("oidc_denied", auth="client_secret_post") == (
        "单点登录未通过（invalid_client）", "the provider of single sign-on said no (invalid_client)",
    )  # fmt: skip
    assert told("oidc_unreachable", broken="/token") == (
        "单点登录服务没有正常回答", "the provider of single sign-on does not answer as it should",
    )  # fmt: skip


def test_nobody_is_asked_before_somebody_logs_in(own_server: Callable[..., Server]) -> None:
    own = Provider()
    try:
        server = own_server(**own.settings())
        server.planner().get("/rounds")
        assert own.asked() == []
        Browser(server).get("/session/oidc/start")
        assert own.asked() == ["/.well-known/openid-configuration"]
    finally:
        own.stop()
    # It is known for a while, so only who comes back finds out that it is away.
    browser = Browser(server)
    assert browser.get("/session/oidc/start").status_code == 303
