"""What `deploy/` says is what the program has: commands, settings, ports, hours. No line of the hardening is lost."""

import configparser
import re
import shlex
from datetime import time
from pathlib import Path

import pytest
import typer

from hub import cli as hub_cli
from hub import config as hub_config
from node import cli as node_cli
from node import config as node_config
from node.actions.back_up import KEPT
from node.core.backups import NIGHTLY_AT

DEPLOY = Path(__file__).parents[2] / "deploy"
PROGRAMS = {"watchword-node": node_cli.app, "watchword-hub": hub_cli.app}
SPOKEN = {"genesis": "watchword-node", "hub": "watchword-hub"}
"""Short names that the pages define for a command with its user and settings."""

SERVICES = sorted(DEPLOY.glob("*/*.service"))
HARDENING = {
    "AmbientCapabilities": "",
    "CapabilityBoundingSet": "",
    "LimitCORE": "0",
    "LockPersonality": "yes",
    "MemorySwapMax": "0",
    "NoNewPrivileges": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "ProcSubset": "pid",
    "ProtectClock": "yes",
    "ProtectControlGroups": "yes",
    "ProtectHome": "yes",
    "ProtectHostname": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectProc": "invisible",
    "ProtectSystem": "strict",
    "RemoveIPC": "yes",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "StateDirectoryMode": "0700",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def unit(path: Path) -> configparser.ConfigParser:
    """Strict: a section or a line that is there twice is a mistake of ours."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text("utf-8"))
    return parser


def command_of(program: str, words: list[str]) -> str | None:
    """What is wrong with a command line of ours; None: it exists, with each of its options."""
    command = typer.main.get_command(PROGRAMS[program])
    rest = list(words)
    options = {"--help"}
    while True:
        options |= {option for parameter in command.params for option in parameter.opts}
        below = getattr(command, "commands", {})
        if not (rest and rest[0] in below):
            break
        command = below[rest.pop(0)]
    if below and not getattr(command, "invoke_without_command", False):
        return f"no command '{' '.join(words)}'"
    unknown = [word for word in rest if word.startswith("--") and word not in options]
    return f"'{' '.join(words)}' has no {', '.join(unknown)}" if unknown else None


def commands_on(page: Path) -> list[tuple[str, list[str]]]:
    """Each command line of ours on a page: in a block, or between backticks."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if "() {" not in line]
    lines += re.findall(r"`([^`\n]+)`", re.sub(r"^```\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    found = []
    for line in (part.strip() for whole in lines for part in whole.split("&&")):
        name, *words = line.split()
        name = SPOKEN.get(name, name)
        if name in PROGRAMS and words and "/" not in words[0]:
            found.append((name, words))
    return found


@pytest.mark.parametrize("page", sorted(DEPLOY.rglob("*.md")), ids=lambda path: path.name)
def test_each_command_on_a_page_exists_with_its_options(page: Path) -> None:
    found = commands_on(page)
    assert len(found) >= 8
    assert [wrong for name, words in found if (wrong := command_of(name, words))] == []


def test_a_command_that_does_not_exist_would_be_named() -> None:
    assert command_of("watchword-node", ["backup", "open", "FILE", "--out", "PATH"]) is None
    assert command_of("watchword-node", ["backup"]) is None
    assert command_of("watchword-node", ["restore", "FILE"]) == "no command 'restore FILE'"
    assert command_of("watchword-node", ["recovery", "--by", "NAME"]) == "no command 'recovery --by NAME'"
    assert command_of("watchword-hub", ["serve", "--port", "1"]) == "'serve --port 1' has no --port"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_a_command_of_ours_behind_all_of_the_hardening(path: Path) -> None:
    service = unit(path)["Service"]
    assert {name: service.get(name) for name in HARDENING} == HARDENING
    program, *words = shlex.split(service["ExecStart"])
    assert command_of(Path(program).name, words) is None
    assert service["User"].startswith("watchword-")
    if path.name != "watchword-hub-doctor.service":
        assert service["Restart"] == "always" and unit(path)["Install"]["WantedBy"] == "multi-user.target"


def test_there_is_a_unit_for_each_and_the_timer_has_its_own() -> None:
    assert [path.name for path in SERVICES] == [
        "watchword-hub-doctor.service",
        "watchword-hub.service",
        "watchword-node@.service",
    ]
    timer = unit(DEPLOY / "hub" / "watchword-hub-doctor.timer")
    assert timer["Timer"]["Persistent"] == "yes" and timer["Install"]["WantedBy"] == "timers.target"


def test_the_settings_are_read_and_lie_where_the_unit_may_write() -> None:
    config = node_config.read_config(DEPLOY / "node" / "node.toml")
    service = unit(DEPLOY / "node" / "watchword-node@.service")["Service"]
    own = Path("/var/lib") / service["StateDirectory"].replace("%i", "genesis")
    elsewhere = Path(service["ReadWritePaths"].removeprefix("-").replace("%i", "genesis"))
    assert all(own in path.parents for path in (config.database, config.keys_dir, config.epoch_dir))
    assert config.database.parent not in config.epoch_dir.parents, "an epoch key would be in the database's backup"
    assert config.backup_folder is not None and config.recovery_file is not None
    assert elsewhere in config.backup_folder.parents and elsewhere in config.recovery_file.parents
    hub = hub_config.read_config(DEPLOY / "hub" / "hub.toml")
    database = Path(hub.database.removeprefix("sqlite:///"))
    own = Path("/var/lib") / unit(DEPLOY / "hub" / "watchword-hub.service")["Service"]["StateDirectory"]
    assert all(own in path.parents for path in (database, hub.keys_dir, hub.epoch_dir, hub.guard_file))
    assert database.parent not in (*hub.epoch_dir.parents, *hub.guard_file.parents)


def test_caddy_asks_the_port_on_which_each_listens_and_under_the_address_of_the_settings() -> None:
    node, hub = (DEPLOY / name / "Caddyfile" for name in ("node", "hub"))
    asked = {
        path: re.findall(r"^\treverse_proxy 127\.0\.0\.1:(\d+)$", path.read_text(), re.MULTILINE)
        for path in (node, hub)
    }
    service = unit(DEPLOY / "node" / "watchword-node@.service")["Service"]
    assert asked[node] == [service["Environment"].removeprefix("PORT=")]
    assert "--host 127.0.0.1 --port ${PORT}" in service["ExecStart"]
    settings = hub_config.read_config(DEPLOY / "hub" / "hub.toml")
    assert (settings.host, asked[hub]) == ("127.0.0.1", [str(settings.port)])
    for path, address in (
        (node, node_config.read_config(DEPLOY / "node" / "node.toml").public_url),
        (hub, settings.public_url),
    ):
        text = path.read_text()
        assert f"\n{address.removeprefix('https://')} {{\n" in text
        assert '?Strict-Transport-Security "max-age=31536000"' in text
        assert not re.search(r"^\s*(log|trusted_proxies|header_up)\b", text, re.MULTILINE)
        assert text.count("{") == text.count("}")


def test_updates_install_themselves_and_start_the_machine_after_the_backup() -> None:
    text = (DEPLOY / "52watchword-upgrades").read_text("utf-8")
    settings = dict(re.findall(r'^([A-Za-z:-]+) "([^"]*)";$', text, re.MULTILINE))
    assert settings["APT::Periodic::Unattended-Upgrade"] == "1" == settings["APT::Periodic::Update-Package-Lists"]
    assert settings["Unattended-Upgrade::Automatic-Reboot"] == "true"
    assert "label=Debian-Security" in text
    reboot = time.fromisoformat(settings["Unattended-Upgrade::Automatic-Reboot-Time"])
    assert reboot > NIGHTLY_AT
    page = (DEPLOY / "README.md").read_text("utf-8")
    assert f"({reboot:%H:%M} UTC)" in page and f"{NIGHTLY_AT:%H:%M} UTC" in text
    assert f"files older than {KEPT.days} days removed" in page
