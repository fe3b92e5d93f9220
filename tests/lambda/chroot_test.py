"""The bootstrap in an empty file system: nothing but the binary, a CA and /etc, as in no
distribution. Names come from /etc/hosts, and from a name server, by the C library in the binary."""

import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from support.fake_aws import KEY, SECRET, TOKEN, Authority, FakeAws, refresh_answers
from support.fake_runtime import BOOTSTRAP, Runtime

NAME_SERVER = "127.0.84.53"  # an address of loopback that nobody else listens on


class NameServer:
    """Knows one name, at 127.0.0.1."""

    def __init__(self, name):
        self.name = b"".join(bytes([len(part)]) + part for part in name.encode().split(b".")) + b"\0"
        self.asked = 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((NAME_SERVER, 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                query, client = self.socket.recvfrom(512)
            except OSError:
                return
            self.asked += 1
            question = query[12:query.index(b"\0", 12) + 5]
            kind = struct.unpack("!H", question[-4:-2])[0]
            known = question[:-4].lower() == self.name
            answers = known and kind == 1  # A
            head = query[:2] + struct.pack("!HHHHH", 0x8180 if known else 0x8183, 1, int(answers),
                                           0, 0)
            record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 4) + socket.inet_aton("127.0.0.1")
            self.socket.sendto(head + question + (record if answers else b""), client)


class EmptyFileSystem(unittest.TestCase):
    def invoke(self, host, hosts):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "root"
            (root / "etc").mkdir(parents=True)
            shutil.copy(BOOTSTRAP, root / "bootstrap")
            (root / "etc/hosts").write_text(hosts)
            (root / "etc/resolv.conf").write_text(f"nameserver {NAME_SERVER}\n")
            # A module that is not there, and that a static binary must not look for.
            (root / "etc/nsswitch.conf").write_text("hosts: files myhostname dns\n")
            authority = Authority(folder, host)
            shutil.copy(authority.file, root / "ca.pem")
            with FakeAws(refresh_answers(), tls=authority) as aws, Runtime() as runtime:
                runtime.start("refresh", {
                    "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
                    "AWS_SESSION_TOKEN": TOKEN, "AWS_CA_BUNDLE": "/ca.pem",
                    "AWS_ENDPOINT_URL": aws.url(host)}, command=["/bootstrap"], root=str(root))
                done = runtime.invoke({})
                self.assertEqual(done.kind, "response", done.answer)
                self.assertEqual(runtime.violations, [])

    def test_is_one_file_that_needs_no_other(self):
        headers = subprocess.run(["readelf", "--program-headers", "--dynamic", BOOTSTRAP],
                                 check=True, capture_output=True, text=True).stdout
        self.assertNotIn("INTERP", headers)
        self.assertNotIn("NEEDED", headers)

    def test_finds_a_name_in_etc_hosts(self):
        self.invoke("aws.hosts", "127.0.0.1 aws.hosts\n")

    def test_finds_a_name_by_dns(self):
        server = NameServer("aws.dns")
        self.invoke("aws.dns", "")
        server.socket.close()
        self.assertGreater(server.asked, 0)


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("skipped lambda.empty_file_system: only root may change its root folder")
        sys.exit(77)
    unittest.main()
