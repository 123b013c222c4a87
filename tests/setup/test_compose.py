"""The compose file, linted: private by default, watched, and in step with what the portal reads."""

import re

import pytest

from tests.setup.compose import ROOT, VARIABLE, environment, services

OURS = ("web", "worker", "beat", "migrate")
SECRETS = {"SECRET_KEY": "k", "OWNER_PASSWORD": "o", "APP_PASSWORD": "a", "ALLOWED_HOSTS": "h", "BASE_URL": "b"}


def test_compose_has_all_the_parts():
    assert set(services()) == {*OURS, "postgres", "redis", "mail"}


@pytest.mark.parametrize("name", sorted(services()))
def test_compose_listens_on_loopback_only(name):
    for port in services()[name].get("ports", []):
        assert str(port).startswith("127.0.0.1:"), port


@pytest.mark.parametrize("name", sorted(set(services()) - {"migrate"}))
def test_compose_watches_every_lasting_service(name):
    service = services()[name]

    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_compose_gives_our_containers_no_rights(name):
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ("postgres", "redis", "mail"))
def test_compose_names_versions(name):
    assert re.fullmatch(r"[\w/.-]+:v?\d[\w.-]*", services()[name]["image"])


def test_compose_only_migrations_know_the_owner():
    knows = {name for name, service in services().items() if "DATABASE_OWNER_URL" in service.get("environment", {})}

    assert knows == {"migrate"}


def test_compose_waits_for_migrations():
    for name in ("web", "worker", "beat"):
        assert services()[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_compose_keeps_what_must_last():
    import yaml

    kept = set(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["volumes"])
    used = {volume.split(":")[0] for service in services().values() for volume in service.get("volumes", [])}

    assert used == kept
    # From version 18 the image wants its volume one folder higher than before.
    assert services()["postgres"]["volumes"] == ["postgres-data:/var/lib/postgresql"]


def test_compose_refuses_to_start_without_secrets():
    for missing in SECRETS:
        given = {name: value for name, value in SECRETS.items() if name != missing}
        with pytest.raises(KeyError):
            [environment(service, given) for service in services().values()]


def test_compose_is_secure_unless_told_otherwise():
    web = environment(services()["web"], SECRETS)

    assert (web["PCC_SECURE"], web["SECOND_FACTOR_REQUIRED"]) == ("True", "True")


def test_env_example_names_every_variable_of_the_compose_file():
    asked = {match[0] for match in VARIABLE.findall((ROOT / "docker-compose.yml").read_text())}
    offered = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert asked <= offered


def test_env_example_holds_no_secret():
    text = (ROOT / ".env.example").read_text()

    for name in ("SECRET_KEY", "OWNER_PASSWORD", "APP_PASSWORD"):
        assert f"\n{name}=\n" in text


def test_dockerfile_is_not_root_and_brings_pdf():
    text = (ROOT / "Dockerfile").read_text()

    assert re.search(r"^USER portal$", text, re.M)
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in text
    assert "--require-hashes" in text
    assert text.index("USER portal") < text.index("collectstatic") < text.index("CMD")
