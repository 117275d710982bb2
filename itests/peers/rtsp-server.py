#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""An RTSP server of other hands: GStreamer's gst-rtsp-server, playing the simulator's clips live.

Needs the Debian packages python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad.

The clips are encoded already; each access unit gets the frame number that istream.simulator/README.md describes (the number
counts from the start of this server, so every reader of a mount sees the same) and, for load, filler up to a bit rate.
Mounts are live and shared: readers join in the middle of a GOP, and nobody waits for a slow one. With --control it answers the
line `status` on standard input with the first number that each mount was fed with and the next, and ends with its input.

  /h264aac H.264 and AAC     /h264b H.264 with B-frames     /h265 H.265     /digest as /h264aac, login user secret
  /load0 … with --load N: N mounts of H.264 at --kilobits
"""

import argparse
import os
import signal
import sys
import time
import uuid

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

CLIPS = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    "../../istream.simulator/src/main/resources/istream/simulator",
)
NUMBER = uuid.UUID("69737472-6561-6d20-8672-616d65206e6f").bytes
RATE = 25
SAMPLING = 16000
SAMPLES = 1024
# a frame may be shown up to that many frames before its place in the stream
EARLIEST = 3


class Codec:
    """What tells H.264 and H.265 apart."""

    def __init__(self, h265):
        self.name = "h265" if h265 else "h264"
        self.header = 2 if h265 else 1
        self.sei = b"\x4e\x01" if h265 else b"\x06"
        self.filler = b"\x4c\x01" if h265 else b"\x0c"
        self.h265 = h265

    def type(self, unit):
        return unit[0] >> 1 & 0x3F if self.h265 else unit[0] & 0x1F

    def slice(self, unit):
        return self.type(unit) < 32 if self.h265 else 1 <= self.type(unit) <= 5

    def key(self, unit):
        return 16 <= self.type(unit) <= 21 if self.h265 else self.type(unit) == 5


def escaped(payload):
    """Emulation prevention (H.264, 7.4.1)."""
    out = bytearray()
    zeros = 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


class Clip:
    """Access units: what comes before the number, what after it, key frame or not, place on the screen."""

    def __init__(self, name):
        self.codec = Codec(name.startswith("h265"))
        with open(os.path.join(CLIPS, f"{name}.{self.codec.name}"), "rb") as file:
            units = [u.rstrip(b"\0") for u in file.read().split(b"\0\0\1")[1:]]
        self.pictures = []
        before, after = [], []
        for unit in units:
            is_slice = self.codec.slice(unit)
            first = is_slice and unit[self.codec.header] & 0x80
            if after and (not is_slice or first):
                self._add(before, after)
                before, after = [], []
            (after if is_slice else before).append(unit)
        self._add(before, after)
        order = os.path.join(CLIPS, name + ".order")
        self.order = range(len(self.pictures))
        if os.path.exists(order):
            with open(order, encoding="ascii") as file:
                self.order = [int(line) for line in file]

    def _add(self, before, after):
        join = lambda units: b"".join(b"\0\0\0\1" + u for u in units)
        self.pictures.append((join(before), join(after), self.codec.key(after[0])))

    def picture(self, number):
        before, after, _ = self.pictures[number % len(self.pictures)]
        sei = b"\x05\x18" + NUMBER + number.to_bytes(8, "big") + b"\x80"
        return before + b"\0\0\0\1" + self.codec.sei + escaped(sei) + after

    def key(self, number):
        return self.pictures[number % len(self.pictures)][2]

    def presented(self, number):
        """Place on the screen, in frames since the start."""
        index = number % len(self.pictures)
        return number - index + self.order[index]


def tone():
    """The frames of an ADTS file, without their headers."""
    with open(os.path.join(CLIPS, "tone.aac"), "rb") as file:
        data = file.read()
    frames, at = [], 0
    while at + 7 <= len(data):
        header = 7 if data[at + 1] & 1 else 9
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        frames.append(data[at + header : at + length])
        at += length
    return frames


class Mount(GstRtspServer.RTSPMediaFactory):
    """A live stream that all its readers share."""

    def __init__(self, clip, audio, kilobits, started):
        super().__init__()
        self.clip = clip
        self.audio = audio
        self.share = kilobits * 1000 // 8 // RATE
        self.started = started
        self.budget = 0
        self.origin = -1
        self.video_source = None
        self.set_shared(True)
        self.connect("media-configure", self.on_configure)

    def do_create_element(self, url):
        name = self.clip.codec.name
        pipeline = (
            f"appsrc name=video is-live=true format=time block=false max-bytes=4000000"
            f" caps=video/x-{name},stream-format=byte-stream,alignment=au,framerate={RATE}/1"
            # the parser's caps carry the parameter sets, so that the description always has them
            f" ! {name}parse ! video/x-{name},stream-format={'hvc1' if self.clip.codec.h265 else 'avc'},alignment=au"
            f" ! rtp{name}pay name=pay0 pt=96 mtu=1400 config-interval=0"
        )
        if self.audio:
            pipeline += (
                " appsrc name=audio is-live=true format=time block=false max-bytes=1000000"
                f" caps=audio/mpeg,mpegversion=4,stream-format=raw,channels=1,rate={SAMPLING},codec_data=(buffer)1408"
                " ! rtpmp4gpay name=pay1 pt=97"
            )
        return Gst.parse_launch(f"( {pipeline} )")

    def on_configure(self, _factory, media):
        bin_ = media.get_element()
        self.audio_source = bin_.get_by_name("audio")
        # its first picture is a key frame
        self.next = self.due() + 1
        while not self.clip.key(self.next):
            self.next += 1
        self.origin = self.next
        self.sounds = 0
        media.connect("unprepared", self.on_unprepared, bin_)
        self.bin = bin_
        self.video_source = bin_.get_by_name("video")

    def on_unprepared(self, _media, bin_):
        if self.bin is bin_:
            self.video_source = None

    def due(self):
        return int((time.monotonic() - self.started) * RATE)

    def feed(self):
        """Pushes what is due; called by the timer."""
        due = self.due()
        while self.video_source and self.next <= due:
            unit = self.clip.picture(self.next)
            if self.share:
                unit = self.filled(unit)
            shown = self.clip.presented(self.next) - self.origin + EARLIEST
            decoded = self.next - self.origin
            self.push(self.video_source, unit, shown * Gst.SECOND // RATE, decoded * Gst.SECOND // RATE)
            self.next += 1
            end = self.next - self.origin
            while self.audio and self.sounds * SAMPLES * RATE < end * SAMPLING:
                at = self.sounds * SAMPLES * Gst.SECOND // SAMPLING + EARLIEST * Gst.SECOND // RATE
                self.push(self.audio_source, self.audio[self.sounds % len(self.audio)], at, at)
                self.sounds += 1

    def filled(self, unit):
        # a large key frame is paid back by the pictures that follow it
        self.budget = min(self.budget + self.share - len(unit), self.share)
        size = max(4, self.budget)
        self.budget -= size
        return unit + b"\0\0\0\1" + self.clip.codec.filler + b"\xff" * (size - 3) + b"\x80"

    @staticmethod
    def push(source, data, presented, decoded):
        buffer = Gst.Buffer.new_wrapped(data)
        buffer.pts = presented
        buffer.dts = decoded
        source.emit("push-buffer", buffer)


def login(server):
    """Digest for user:secret; everybody else is a guest."""
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    user = GstRtspServer.RTSPToken()
    user.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "user")
    auth.add_digest("user", "secret", user)
    guest = GstRtspServer.RTSPToken()
    guest.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "guest")
    auth.set_default_token(guest)
    server.set_auth(auth)


def permit(mount, *roles):
    permissions = GstRtspServer.RTSPPermissions()
    for role in ("guest", "user"):
        # who lacks the first gets 404, who lacks the second 401
        permissions.add_permission_for_role(role, GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
        permissions.add_permission_for_role(role, GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, role in roles)
    mount.set_permissions(permissions)


def obey(mounts, loop, line):
    """Answers a line of standard input; its end is ours."""
    if not line:
        loop.quit()
        return GLib.SOURCE_REMOVE
    known = line.strip() == "status"
    told = "".join(f" {name} first={mount.origin} next={mount.due() + 1}" for name, mount in mounts.items())
    print("ok" + told if known else "error the one line known is: status", flush=True)
    return GLib.SOURCE_CONTINUE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8555)
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--mount", action="append", help="only this one of the four; may be repeated")
    parser.add_argument("--load", type=int, default=0, help="number of mounts /load0 …")
    parser.add_argument("--kilobits", type=int, default=4000, help="bit rate of the load mounts")
    parser.add_argument("--control", action="store_true", help="obey standard input and end with it")
    options = parser.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address(options.bind)
    server.set_service(str(options.port))
    login(server)
    started = time.monotonic()
    beeps = tone()
    h264 = Clip("h264")
    every = {
        "h264aac": (h264, beeps, 0),
        "h264b": (Clip("h264b"), None, 0),
        "h265": (Clip("h265"), None, 0),
        "digest": (h264, beeps, 0),
    }
    wanted = [name.lstrip("/") for name in options.mount or ([] if options.load else every)]
    unknown = [name for name in wanted if name not in every]
    if unknown:
        parser.error(f"no mount {unknown[0]}; there are {', '.join(every)}")
    mounts = {name: Mount(*every[name], started) for name in wanted}
    for i in range(options.load):
        mounts[f"load{i}"] = Mount(h264, beeps, options.kilobits, started)
    for name, mount in mounts.items():
        permit(mount, *(["user"] if name == "digest" else ["user", "guest"]))
        server.get_mount_points().add_factory("/" + name, mount)
    if not server.attach(None):
        sys.exit(f"cannot listen on {options.bind}:{options.port}; is the port taken?")

    loop = GLib.MainLoop()
    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)

    def feed():
        for mount in mounts.values():
            mount.feed()
        return GLib.SOURCE_CONTINUE

    GLib.timeout_add(10, feed)
    if options.control:
        GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(mounts, loop, sys.stdin.readline()))
    for name in mounts:
        print(f"mount {name} rtsp://{options.bind}:{server.get_bound_port()}/{name}")
    print(f"ready on port {server.get_bound_port()}", flush=True)
    loop.run()


if __name__ == "__main__":
    main()
