"""What passkeys are bound to: the host under which browsers reach the pages. Pure."""

import ipaddress
from urllib.parse import urlsplit

import msgspec


class RelyingParty(msgspec.Struct, frozen=True, kw_only=True):
    """Who a passkey is for.

    Attributes:
        id: the host's name.
        origin: scheme, host and port, as browsers say it.
        name: the project's, as the browser shows it.
    """

    id: str
    origin: str
    name: str


def relying_party(public_url: str, project: str) -> RelyingParty | None:
    """Who it is, or None where browsers give no passkeys: without https, or at a bare network address."""
    url = urlsplit(public_url)
    host = url.hostname or ""
    if not host or _is_address(host) or not (url.scheme == "https" or host == "localhost"):
        return None
    return RelyingParty(id=host, origin=f"{url.scheme}://{url.netloc}", name=project)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
