"""Settings: what is taken from where, and everything that is wrong with them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.config import BadSettings, Settings, effective, settings_of

if TYPE_CHECKING:
    from pathlib import Path


def test_environment_files_and_what_is_given(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("postgresql://a:hidden@db/x\n")
    environment = {
        "MATCHER_DATA": "/from/environment",
        "MATCHER_PORT": "9000",
        "MATCHER_DATABASE_FILE": str(secret),
        "MATCHER_LANG": "en",
        "PATH": "/bin",
    }
    settings = settings_of(environment, data=tmp_path, host=None)
    assert settings.data == tmp_path
    assert settings.port == 9000
    assert settings.host == "127.0.0.1"
    assert settings.database_url == "postgresql://a:hidden@db/x"


def test_database_is_in_the_data_folder_unless_said(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).database_url == f"sqlite:///{tmp_path / 'matcher.sqlite3'}"


def test_what_took_effect_hides_secrets(tmp_path: Path) -> None:
    settings = settings_of({}, data=tmp_path, database="postgresql://a:hidden@db/x", server_secret="s" * 32)
    shown = effective(settings)
    assert shown["MATCHER_DATABASE"] == shown["MATCHER_SERVER_SECRET"] == "********"
    assert shown["MATCHER_RATE"] == "1200/minute"
    assert shown["MATCHER_REGIONS_FILE"] == ""
    assert len(shown) == len(Settings.model_fields)
    assert "hidden" not in f"{shown}{settings!r}"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PUBLIC_URL", "matcher.example", "give an address such as"),
        ("PUBLIC_URL", "https://matcher.example/pages", "give scheme and host only"),
        ("PUBLIC_URL", "https://a:b@matcher.example", "leave user and password out"),
        ("OIDC_ISSUER", "http://login.example", "give an address of https"),
        ("TRACES_ENDPOINT", "grpc://127.0.0.1", "give an address such as"),
        ("OIDC_SCOPES", "profile", "String should match"),
        ("LANDING_PATH", "//elsewhere.example", "String should match"),
    ],
)
def test_address_that_can_not_be_used(tmp_path: Path, name: str, value: str, told: str) -> None:
    with pytest.raises(BadSettings) as found:
        settings_of({f"MATCHER_{name}": value}, data=tmp_path)
    (line,) = found.value.lines
    assert line.startswith(f"MATCHER_{name}: ")
    assert told in line


def test_single_sign_on_is_set_up_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as found:
        settings_of({"MATCHER_OIDC_ISSUER": "https://login.example/"}, data=tmp_path)
    (line,) = found.value.lines
    assert line.endswith(
        "with MATCHER_OIDC_ISSUER, MATCHER_OIDC_CLIENT_ID, MATCHER_PUBLIC_URL must be given too"
    )
    secret = tmp_path / "secret"
    secret.write_text("hidden\n")
    environment = {
        "MATCHER_OIDC_ISSUER": "https://login.example/",
        "MATCHER_OIDC_CLIENT_ID": "matcher",
        "MATCHER_OIDC_CLIENT_SECRET_FILE": str(secret),
        "MATCHER_PUBLIC_URL": "HTTPS://Matcher.example/",
    }
    settings = settings_of(environment, data=tmp_path)
    assert settings.oidc_issuer == "https://login.example"
    assert settings.public_url == "https://matcher.example"
    assert effective(settings)["MATCHER_OIDC_CLIENT_SECRET"] == "********"


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    both = tmp_path / "secret"
    both.write_text("s" * 32)
    environment = {
        "MATCHER_PORTS": "1",
        "MATCHER_PORT": "many",
        "MATCHER_SERVER_SECRET": "short-secret",
        "MATCHER_DATABASE": "x",
        "MATCHER_DATABASE_FILE": str(both),
        "MATCHER_RATE": "often",
        "MATCHER_HOST_FILE": str(tmp_path / "none"),
    }
    with pytest.raises(BadSettings) as found:
        settings_of(environment)
    lines = found.value.lines
    assert lines[0] == "MATCHER_DATABASE_FILE: MATCHER_DATABASE is given as well; keep one of them"
    assert (
        lines[1] == "MATCHER_HOST_FILE: the file can't be read (No such file or directory); give one that can"
    )
    assert lines[2] == "MATCHER_PORTS: there is no such setting (did you mean MATCHER_PORT?); remove it"
    assert [line.partition(":")[0] for line in lines[3:]] == [
        "MATCHER_DATA", "MATCHER_SERVER_SECRET", "MATCHER_PORT", "MATCHER_RATE",
    ]  # fmt: skip
    assert "short-secret" not in str(found.value)
