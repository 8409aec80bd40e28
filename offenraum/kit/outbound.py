"""Sending something to a server that somebody else has named, without being led into our own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

TIMEOUT_SECONDS: Final = 10
MOST_ANSWER: Final = 1000
SCHEMES: Final = {"https": 443, "http": 80}
CARRIERS: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses of these carry an address of version 4 inside, and could lead anywhere."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Refused(Exception):
    """We do not send there; says why."""


def post(address: str, body: bytes, *, headers: Mapping[str, str], allowed: Collection[Network]) -> tuple[int, str]:
    """Send once; returns status and the beginning of the answer. Raises Refused, OSError or HTTPException.

    The name is looked up once, each address it has must be public or in an `allowed` network, and the connection goes
    to an address that was checked, so a second look-up cannot lead elsewhere. Redirects are never followed, proxies
    never used. Unencrypted only into an allowed network.
    """
    parts = fit(address)
    host, port = str(parts.hostname), parts.port or SCHEMES[parts.scheme]
    found = looked_up(host, port)
    for one in found:
        check(one, parts.scheme, allowed)
    connection = Pinned(host, port, str(found[0]), is_encrypted=parts.scheme == "https")
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/", body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_ANSWER).decode(errors="replace")
    finally:
        connection.close()


def fit(address: str) -> SplitResult:
    """The parts of an address to which something can be sent; Refused otherwise."""
    try:
        parts = urlsplit(address)
        is_plain = not (parts.username or parts.password) and parts.port != 0
        is_fit = parts.scheme in SCHEMES and bool(parts.hostname) and is_plain
    except ValueError:
        is_fit = False
    if not is_fit or not address.isascii() or any(sign.isspace() or not sign.isprintable() for sign in address):
        raise Refused("not an address like https://www.example.org/notices")
    return parts


def looked_up(host: str, port: int) -> list[Address]:
    """Every address that a name has."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("this name has no address") from error
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def check(found: Address, scheme: str, allowed: Collection[Network]) -> None:
    """Refused unless the address is public, or in a network that the operator has named."""
    plain = getattr(found, "ipv4_mapped", None) or found
    if any(plain.version == network.version and plain in network for network in allowed):
        return
    is_carrier = any(plain.version == network.version and plain in network for network in CARRIERS)
    if not plain.is_global or plain.is_multicast or plain.is_reserved or is_carrier:
        raise Refused("this name leads into a private network")
    if scheme != "https":
        raise Refused("only encrypted addresses (https) are possible")


class Pinned(http.client.HTTPConnection):
    """A connection to one address that was checked; the name counts for the certificate and the Host header."""

    def __init__(self, host: str, port: int, address: str, *, is_encrypted: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)
        self.address = address
        self.is_encrypted = is_encrypted

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT_SECONDS)
        if self.is_encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
