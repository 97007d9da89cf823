"""Templates to HTML: escaped by default, an unknown name is an error, nothing inline but what the policy names."""

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
import jinja2.meta
import jinja2.nodes
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


def counted(number: int, one: str, several: str = "") -> str:
    """`1 entry`, `2 entries`; `several` only where an *s* does not make it."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


class Renderer:
    """Renders a service's templates, beside those of the house, over GOV.UK Frontend's."""

    def __init__(
        self, package: str, *, project: str, filters: Mapping[str, Callable[[Any], str]] = MappingProxyType({})
    ) -> None:
        """Reads no template yet.

        Args:
            package: the service's, with `templates/`: `node.web`.
            project: the name of this hub or project, on every page.
            filters: further ones of the service, by name.
        """
        self._templates = _templates(package, tuple(filters.items()))
        self._everywhere = {"project": project}

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """One page.

        Args:
            template: its name under `templates/`.
            context: what it says; a name that the page wants and does not get is our own mistake.
        """
        return self._templates.render(template, {**self._everywhere, **context})


class _Templates:
    """Of a service, each read and compiled when it is first wanted."""

    def __init__(self, package: str, filters: Mapping[str, Callable[[Any], str]]) -> None:
        self._own = jinja2.ChoiceLoader([jinja2.PackageLoader(package), jinja2.PackageLoader("protocol.house.web")])
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader(
                [
                    self._own,
                    jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
                ],
            ),
            autoescape=True,
            undefined=jinja2.ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._names: dict[str, set[str]] = {}
        self._environment.filters.update(day=day, iso_day=iso_day, moment=moment, counted=counted, **filters)
        self._environment.globals.update(static=static_url)

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        missing = self._names_of(template) - context.keys() - self._environment.globals.keys()
        if missing:
            raise RuntimeError(f"{template} wants {', '.join(sorted(missing))}")
        return self._environment.get_template(template).render(context)

    def _names_of(self, template: str) -> set[str]:
        """What a page and the layout it stands in take from outside: GOV.UK's own templates do without."""
        if template not in self._names:
            source, _, _ = self._own.get_source(self._environment, template)
            parsed = self._environment.parse(source)
            found = jinja2.meta.find_undeclared_variables(parsed) - _made_by(parsed)
            for parent in parsed.find_all(jinja2.nodes.Extends):
                name = str(parent.template.as_const())
                if not name.startswith("govuk_frontend_jinja/"):
                    found |= self._names_of(name)
            self._names[template] = found
        return self._names[template]


@cache
def _templates(package: str, filters: tuple[tuple[str, Callable[[Any], str]], ...]) -> _Templates:
    """One for all renderers of a process: to read and compile the templates of a page takes a quarter of a second."""
    return _Templates(package, dict(filters))


def _made_by(template: jinja2.nodes.Template) -> set[str]:
    """Names that a template makes itself: a block does not see that they are made outside it."""
    made = {macro.name for macro in template.find_all(jinja2.nodes.Macro)}
    made |= {brought.target for brought in template.find_all(jinja2.nodes.Import)}
    for some in template.find_all(jinja2.nodes.FromImport):
        made |= {name if isinstance(name, str) else name[1] for name in some.names}
    return made | {name.name for name in template.find_all(jinja2.nodes.Name) if name.ctx == "store"}


_VERSIONS: Final[dict[str, str]] = {}


def static_url(name: str) -> Markup:
    """The address of a static file, with its content's hash: it may be kept for ever."""
    if name not in _VERSIONS:
        content = (files("protocol.house.web") / "static" / name).read_bytes()
        _VERSIONS[name] = hashlib.sha256(content).hexdigest()[:16]
    return Markup(f"/static/{name}?v={_VERSIONS[name]}")  # noqa: S704  # names of our own files


def script_hash(script: str) -> str:
    """What the content security policy calls an inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
