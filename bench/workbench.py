# SPDX-License-Identifier: Apache-2.0
"""Processes and what they cost, cameras, and the distribution: for record and ship."""

import os
import signal
import subprocess
import tarfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
RATE = 25


class Failure(Exception):
    """Something is missing or did not start: the message says what to do."""


class Group:
    """Processes that were started here, with their children, and what those have detached from themselves."""

    def __init__(self, *processes, detached=()):
        self.processes = list(processes)
        self.detached = list(detached)

    def pids(self):
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                fields = stat(entry.name)
                if fields:
                    parents.setdefault(int(fields[1]), []).append(int(entry.name))
        found, waiting = [], [p.pid for p in self.processes] + self.detached
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            waiting += parents.get(pid, [])
        return found

    def cpu(self):
        """Seconds of CPU used, those of children that have ended included."""
        return sum(sum(map(int, f[11:15])) for f in map(stat, self.pids()) if f) / TICKS

    def memory(self):
        """Resident and proportional memory in MB, and threads."""
        resident = proportional = threads = 0
        for pid in self.pids():
            resident += field(pid, "smaps_rollup", "Rss:")
            proportional += field(pid, "smaps_rollup", "Pss:")
            threads += field(pid, "status", "Threads:")
        return resident / 1024, proportional / 1024, threads

    def written(self):
        """Bytes given to write calls, and bytes sent to the disk."""
        pids = self.pids()
        return sum(field(p, "io", "wchar:") for p in pids), sum(field(p, "io", "write_bytes:") for p in pids)

    def check(self, what):
        for process in self.processes:
            if process.poll() is not None:
                raise Failure(f"{what} has ended by itself with status {process.returncode}")

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def stat(pid):
    """Fields of /proc/PID/stat after the name: state, parent, …; None if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def field(pid, file, name):
    try:
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        pass
    return 0


def one(pattern, advice):
    found = sorted(TOP.glob(pattern))
    if not found:
        raise Failure(f"there is no {pattern}; {advice}")
    return found[-1]


def simulator_jar():
    jars = [j for j in sorted(TOP.glob("istream.simulator/target/istream.simulator-*.jar")) if "-sources" not in j.name]
    if not jars:
        raise Failure("there is no istream.simulator jar; run: mvn -B package -pl istream.simulator -am -DskipTests")
    return jars[-1]


def start_peer(options, streams, log):
    """Starts the cameras as a process of their own; returns it and the addresses of the streams."""
    if options.peer == "gstreamer":
        command = [TOP / "itests/peers/rtsp-server.py", "--port", "0", "--load", streams, "--kilobits", options.kilobits]
    else:
        # the backlog rides out pauses of the machine, so that what is lost is lost by the recorder
        command = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-jar", simulator_jar(), "--port", "0"]
        command += ["--kilobits", options.kilobits, "--backlog", 4 << 20]
        command += [word for i in range(streams) for word in ("--camera", f"cam{i}:h264")]
    peer = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
    )
    addresses = []
    for line in peer.stdout:
        words = line.split()
        if words and words[0] in ("camera", "mount"):
            addresses.append(words[2])
        if words and words[0] == "ready":
            return Group(peer), addresses
    peer.kill()
    peer.wait()
    raise Failure(f"the cameras did not start; see {log.name}")


def start_ffmpeg(address, target, log):
    """Fragmented MP4 in segments of a minute, nothing decoded."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", "tcp", "-i", address, "-c", "copy"]
    command += ["-f", "segment", "-segment_time", "60", "-segment_format", "mp4", "-segment_format_options"]
    command += ["movflags=+frag_keyframe+empty_moov+default_base_moof", target / "%06d.mp4"]
    return subprocess.Popen([str(word) for word in command], stdout=log, stderr=log)


class Istream:
    """The distribution as it is shipped, with configuration and data below one directory."""

    def __init__(self, distribution, scratch):
        archive = distribution or one("karaf-feature/target/istream-*.tar.gz", "run: mvn -B package -DskipTests")
        with tarfile.open(archive) as tar:
            tar.extractall(scratch)
        self.home = next(scratch.glob("istream-*/bin/istream")).parent.parent
        self.etc, self.data = scratch / "etc", scratch / "data"
        self.etc.mkdir()
        self.data.mkdir()

    def record(self, addresses):
        for i, address in enumerate(addresses):
            (self.etc / f"istream.camera-cam{i}.cfg").write_text(f"rtsp.url = {address}\n")

    def start(self, log):
        environment = dict(os.environ, ISTREAM_ETC=str(self.etc), ISTREAM_DATA=str(self.data))
        command = [self.home / "bin/istream", "server"]
        return Group(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log))


def start_istream(options, addresses, scratch, log):
    """One process for all streams."""
    istream = Istream(options.distribution, scratch)
    istream.record(addresses)
    return istream.start(log), istream.data / "footage"


def await_footage(footage, streams, recorder, name, log):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        recorder.check(f"{name} (see {log.name})")
        cameras = {f.relative_to(footage).parts[0] for f in footage.rglob("*.mp4") if f.stat().st_size > 0}
        if len(cameras) == streams:
            return
        time.sleep(0.2)
    raise Failure(f"{name} records {len(cameras)} of {streams} streams after {PATIENCE} s; see {log.name}")


def count(footage, seconds):
    """Frames recorded and lost, over all cameras, by the numbers in the frames; each camera has at least those seconds."""
    command = ["java", "-cp", str(simulator_jar()), "istream.simulator.CountFrames", str(footage)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode > 1:
        raise Failure(f"the footage cannot be counted: {result.stderr.strip()}")
    total = dict.fromkeys(("frames", "lost", "duplicates", "out-of-order", "unnumbered"), 0)
    for line in result.stdout.splitlines():
        words = dict(word.split("=", 1) for word in line.split() if "=" in word)
        for name in total:
            total[name] += int(words[name])
        # a recorder that stopped before its time has no hole to show for it
        total["lost"] += max(0, int(seconds * RATE) - int(words["frames"]) - int(words["lost"]))
    return total
