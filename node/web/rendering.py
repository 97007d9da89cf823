"""Templates to HTML: escaped by default, an unknown name is an error, nothing inline but what the policy names."""

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

FRONTEND_SCRIPT: Final = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)
"""The one inline script: GOV.UK Frontend's layout has it in each page. The policy names its hash."""


LOCAL: Final = ZoneInfo("Europe/London")
"""Times on screens are those of the clock on the wall."""


def day(value: dt.date | dt.datetime) -> str:
    """`2 November 2026`."""
    local = value.astimezone(LOCAL) if isinstance(value, dt.datetime) else value
    return f"{local.day} {local:%B %Y}"


def iso_day(value: str) -> str:
    """A date as the wire writes it, in words."""
    return day(dt.date.fromisoformat(value))


def moment(value: dt.datetime) -> str:
    """`2 November 2026 at 14:30`."""
    return f"{day(value)} at {value.astimezone(LOCAL):%H:%M}"


class Renderer:
    """Renders templates of this package over GOV.UK Frontend's."""

    def __init__(self, *, project: str, names: Mapping[str, Callable[..., Any]] | None = None) -> None:
        """Reads no template yet.

        Args:
            project: the project's name, on every page.
            names: further functions that templates may call.
        """
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader(
                [
                    jinja2.PackageLoader("node.web"),
                    jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
                ],
            ),
            autoescape=True,
            undefined=jinja2.ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(day=day, iso_day=iso_day, moment=moment)
        self._environment.globals.update(project=project, static=static_url, **(names or {}))

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """One page.

        Args:
            template: its name under `templates/`.
            context: what it says.
        """
        return self._environment.get_template(template).render(context)


_VERSIONS: Final[dict[str, str]] = {}


def static_url(name: str) -> Markup:
    """The address of a static file, with its content's hash: it may be kept for ever."""
    if name not in _VERSIONS:
        content = (files("node.web") / "static" / name).read_bytes()
        _VERSIONS[name] = hashlib.sha256(content).hexdigest()[:16]
    return Markup(f"/static/{name}?v={_VERSIONS[name]}")  # noqa: S704  # names of our own files


def script_hash(script: str) -> str:
    """What the content security policy calls an inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
