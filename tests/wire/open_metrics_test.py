"""GET /metrics, read by Prometheus' own parser of OpenMetrics."""

import sys
import unittest
import urllib.request
from pathlib import Path

# Debian's package (./dev test installs it), which the Python with the other peers need not have.
sys.path.append("/usr/lib/python3/dist-packages")
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from support.home import DEV, HUB, Home, eventually


class OpenMetrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()
        cls.home.dsdash("refresh", "--account", "hub", "--wait")

    def families(self):
        with urllib.request.urlopen(self.home.endpoint + "/metrics", timeout=20) as answer:
            self.assertEqual(answer.headers["Content-Type"],
                             "application/openmetrics-text; version=1.0.0; charset=utf-8")
            text = answer.read().decode()
        return {family.name: family for family in text_string_to_metric_families(text)}

    def test_values_are_the_hubs(self):
        families = self.families()
        told = {(s.labels["environment"], s.labels["metric"]): s.value
                for s in families["dsdash_metric_value"].samples}
        rows = self.home.dsdash_json("latest", "--account", "hub")
        self.assertEqual(told, {(row["Environment"], row["MetricName"]): float(row["MetricValue"])
                                for row in rows})
        self.assertEqual(len(told), 6)

    def test_every_series_is_in_one_state(self):
        sums = {}
        for sample in self.families()["dsdash_metric_state"].samples:
            key = (sample.labels["account"], sample.labels["metric"])
            sums[key] = sums.get(key, 0) + sample.value
        self.assertEqual(set(sums.values()), {1})

    def test_labels_are_those_of_the_series(self):
        sample = self.families()["dsdash_metric_age_seconds"].samples[0]
        self.assertEqual(sample.labels["hub"], HUB)
        self.assertEqual(sample.labels["project"], "churn")
        self.assertGreaterEqual(sample.value, 0)
        self.assertIn(DEV, {s.labels["account"]
                            for s in self.families()["dsdash_metric_age_seconds"].samples})

    def test_the_program_tells_of_itself(self):
        families = self.families()
        memory = families["process_resident_memory_bytes"].samples[0].value
        status = Path(f"/proc/{self.home.server.pid}/status").read_text()
        resident = next(int(line.split()[1]) * 1024 for line in status.splitlines()
                        if line.startswith("VmRSS"))
        self.assertLess(abs(memory - resident) / resident, 0.5)
        used = families["process_cpu_seconds"].samples[0].value
        eventually(lambda: self.families()["process_cpu_seconds"].samples[0].value > used)

    def test_spokes_are_counted_by_state(self):
        counts = {s.labels["state"]: s.value for s in self.families()["dsdash_spokes"].samples}
        self.assertEqual(counts, {"fresh": 2, "late": 0, "silent": 0})


if __name__ == "__main__":
    unittest.main()
