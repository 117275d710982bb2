# SPDX-License-Identifier: Apache-2.0
"""A server to keep footage on, and the ways to it: for ship."""

import json
import os
import shutil
import socket
import struct
import subprocess
import time
from pathlib import Path

from workbench import PATIENCE, TOP, Failure, Group

SSHD = "/usr/sbin/sshd"
STORAGE = "offsite"


def need(program, package):
    if not shutil.which(program):
        raise Failure(f"{program} is missing; install the Debian package {package}")


class Server:
    """OpenSSH's server, for one key, here or at the far end of a link."""

    def __init__(self, scratch, host="127.0.0.1", port=0, prefix=()):
        need(SSHD, "openssh-server")
        self.host, self.port = host, port or free_port()
        self.key, self.known = scratch / "key", scratch / "known_hosts"
        self.footage = scratch / "server"
        self.footage.mkdir()
        host_key = scratch / "host_key"
        for file in (self.key, host_key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", file], check=True)
        public = " ".join(Path(f"{host_key}.pub").read_text().split()[:2])
        self.known.write_text(f"[{host}]:{self.port} {public}\n")
        (scratch / "sshd_config").write_text(
            f"ListenAddress {host}:{self.port}\nHostKey {host_key}\nAuthorizedKeysFile {self.key}.pub\n"
            "PidFile none\nStrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\n"
            "KbdInteractiveAuthentication no\nUseDNS no\nUsePAM no\nSubsystem sftp internal-sftp\n"
        )
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        with open(scratch / "sshd.log", "w", encoding="utf-8") as log:
            command = [*prefix, SSHD, "-D", "-e", "-f", scratch / "sshd_config"]
            self.group = Group(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        self.await_greeting(log.name)

    def await_greeting(self, log):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.group.check(f"sshd (see {log})")
            try:
                with socket.create_connection((self.host, self.port), 1) as connection:
                    if connection.recv(4) == b"SSH-":
                        return
            except OSError:
                time.sleep(0.1)
        raise Failure(f"sshd does not answer; see {log}")

    def user(self):
        return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()

    def options(self):
        """For OpenSSH's clients and sshfs."""
        named = {"Port": self.port, "IdentityFile": self.key, "UserKnownHostsFile": self.known, "BatchMode": "yes"}
        return [word for name, value in named.items() for word in ("-o", f"{name}={value}")]

    def configure(self, istream, *lines):
        """Makes it a storage of an instance, trusted on both sides."""
        istream.etc.joinpath(f"istream.storage.sftp-{STORAGE}.cfg").write_text(
            f"host = {self.host}\nport = {self.port}\nuser = {self.user()}\npath = {self.footage}\n"
            f"key.file = {self.key}\nknown.hosts = {self.known}\n" + "".join(f"{line}\n" for line in lines)
        )

    def stop(self):
        self.group.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ssh_of(server):
    """Ids of the processes of OpenSSH's client that talk to the server: sshfs lets go of its own."""
    named = f"UserKnownHostsFile={server.known}".encode()
    found = []
    for process in Path("/proc").iterdir():
        try:
            words = (process / "cmdline").read_bytes().split(b"\0") if process.name.isdigit() else []
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words and os.path.basename(words[0]) == b"ssh" and any(named in word for word in words):
            found.append(int(process.name))
    if not found:
        raise Failure("sshfs runs without an ssh that can be found")
    return found


class Mount:
    """The server's directory on this machine, by sshfs."""

    def __init__(self, server, scratch):
        need("sshfs", "sshfs")
        if not os.path.exists("/dev/fuse"):
            raise Failure("there is no /dev/fuse; load the kernel's module fuse")
        self.path = scratch / "mount"
        self.path.mkdir()
        log = open(scratch / "sshfs.log", "w", encoding="utf-8")
        target = f"{server.user()}@{server.host}:{server.footage}"
        command = ["sshfs", "-f", target, self.path, *server.options()]
        self.group = Group(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        deadline = time.monotonic() + PATIENCE
        while not os.path.ismount(self.path):
            self.group.check(f"sshfs (see {log.name})")
            if time.monotonic() > deadline:
                raise Failure(f"sshfs does not mount; see {log.name}")
            time.sleep(0.1)
        self.group.detached = ssh_of(server)

    def stop(self):
        subprocess.run(["fusermount3", "-u", self.path], check=False)
        self.group.stop()


class Link:
    """The userspace link to a namespace that a server is to run in."""

    NEAR, FAR = "10.214.77.1", "10.214.77.2"

    def __init__(self, congestion):
        if os.geteuid() != 0:
            raise Failure("a link with delays needs root")
        name = f"istrb{os.getpid()}"
        command = [TOP / "bench/link", name, self.NEAR, self.FAR, *([congestion] if congestion else [])]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.prefix = ["ip", "netns", "exec", name]
        if self.process.stdout.readline() != "ready\n":
            raise Failure("the link to a network namespace cannot be made; it needs root, iproute2 and /dev/net/tun")

    def tell(self, *lines):
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def status(istream):
    """What bin/istream status --json prints, without the process for it; None while nobody answers."""
    words = ("status", "--json")
    question = struct.pack(">i?i", 1, False, len(words)) + b"".join(struct.pack(">H", len(w)) + w.encode() for w in words)
    here = os.getcwd()
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            # the path of a socket is short
            os.chdir(istream.data)
            connection.connect("istream.sock")
            connection.sendall(question)
            return json.loads(answer(connection.makefile("rb")))
    except (OSError, struct.error, ValueError):
        return None
    finally:
        os.chdir(here)


def answer(frames):
    said = b""
    while True:
        kind, number = struct.unpack(">bi", frames.read(5))
        if kind == 3:
            return said
        text = frames.read(number)
        said += text if kind == 1 else b""


def replicas(istream):
    """Per camera: seconds at risk (None if unknown) and bytes of backlog, of the storage; empty while nothing is known."""
    found = {}
    for camera in (status(istream) or {}).get("cameras", []):
        for replica in camera.get("replicas", []):
            if replica["storage"] == STORAGE:
                found[camera["id"]] = (replica.get("secondsAtRisk"), replica.get("backlogBytes"))
    return found
