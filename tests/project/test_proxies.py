"""The proxies of the operators' guide in front of a real server: pages by TLS, and a stream that nobody holds back."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import StartServer
from tests.live.servers import WAIT_SECONDS, Stream
from tests.live.test_processes import TOPICS, propose, set_up_conference
from tests.postgres import free_port
from tests.project.test_guide import blocks

NAME = "localhost"
KEYS = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
Arranged = tuple[list[str], str]


def nginx(folder: Path, served: str, port: int) -> Arranged:
    """The guide's two servers as a whole configuration: own ports, own certificate, own folder."""
    (block,) = [block for block in blocks("nginx") if "proxy_buffering off;" in block]
    (limits,) = [block for block in blocks("nginx") if "worker_connections" in block]
    subprocess.run(
        [*KEYS, "-subj", f"/CN={NAME}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )
    changes = {
        "127.0.0.1:8000": served, "barcamp.example.org": NAME, "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{folder}/cert.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{folder}/key.pem",
    }
    for before, after in changes.items():
        block = block.replace(before, after)
    own = "\n".join(line for line in block.splitlines() if "[::]" not in line)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(f"pid {folder}/pid;\ndaemon off;\n{limits}http {{\n{paths}{own}}}\n")
    return ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", f"{folder}/log"], f"https://{NAME}:{port}"


def caddy(folder: Path, served: str, port: int) -> Arranged:
    """The guide's site with a certificate of Caddy's own, since no authority knows this machine."""
    (block,) = [block for block in blocks("") if "flush_interval -1" in block]
    site = block.replace("127.0.0.1:8000", served).replace("barcamp.example.org {", f"{NAME}:{port} {{\n\ttls internal")
    options = ["admin off", "auto_https disable_redirects", "skip_install_trust", "grace_period 1s"]
    head = "\n\t".join(["{", *options, f"storage file_system {folder}\n}}\n"])
    (folder / "Caddyfile").write_text(head + site)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"], f"https://{NAME}:{port}"


@contextmanager
def running(arranged: Arranged, folder: Path) -> Iterator[str]:
    """The proxy until the end of the block; the address at which it answers."""
    command, address = arranged
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not answers(address):
            assert process.poll() is None, (folder / "output").read_text()
            assert time.monotonic() < deadline, (folder / "output").read_text()
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def answers(address: str) -> bool:
    try:
        return insecurely(address).status_code < 500
    except httpx.TransportError:
        return False


def insecurely(address: str) -> httpx.Response:
    """The certificate is one that we have just made ourselves."""
    return httpx.get(address, verify=False, timeout=WAIT_SECONDS)  # noqa: S501


@pytest.mark.parametrize("arrange", [nginx, caddy])
def test_stream_flows_through_the_proxy_of_the_guide(
    start_server: StartServer, tmp_path: Path, arrange: Callable[[Path, str, int], Arranged]
) -> None:
    if not shutil.which(arrange.__name__):
        pytest.skip(f"no {arrange.__name__}: install the package `{arrange.__name__}`")
    folder = tmp_path / "proxy"
    folder.mkdir(mode=0o755)
    server = start_server()
    code = set_up_conference(server)
    arranged = arrange(folder, server.url.removeprefix("http://"), free_port())
    with running(arranged, folder) as address, ExitStack() as stack:
        assert "Jetzt" in insecurely(f"{address}/kogk18/jetzt").text
        options = {"params": {"key": TOPICS}, "timeout": WAIT_SECONDS, "verify": False}
        answer = stack.enter_context(httpx.stream("GET", f"{address}/live/stream", **options))  # type: ignore[arg-type]
        stream = Stream(answer.iter_lines())
        stream.next("beat")
        propose(server, code, "Durch den Proxy")
        assert "Durch den Proxy" in stream.next("region").region["html"]
