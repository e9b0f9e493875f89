"""The closing line of ./x test: every test counts, those that were not built or did not run as failed."""

import io
import json
import unittest

import summary


def configured(label, size="SMALL"):
    return {"id": {"targetConfigured": {"label": label}}, "configured": {"targetKind": "cc_test rule", "testSize": size}}


def finished(label, status):
    return {"id": {"testSummary": {"label": label}}, "testSummary": {"overallStatus": status}}


class SummaryTest(unittest.TestCase):
    def results(self, *events):
        return summary.read_results(io.StringIO("".join(json.dumps(e) + "\n" for e in events)))

    def test_passed_failed_and_unfinished(self):
        results = self.results(configured("//a"), configured("//b"), configured("//c"), configured("//d"), finished("//a", "PASSED"),
                               finished("//b", "FAILED"), finished("//c", "TIMEOUT"))
        self.assertEqual(results, {"//a": True, "//b": False, "//c": False, "//d": False})

    def test_flaky_is_failed(self):
        self.assertEqual(self.results(configured("//a"), finished("//a", "FLAKY")), {"//a": False})

    def test_libraries_do_not_count(self):
        self.assertEqual(self.results({"id": {"targetConfigured": {"label": "//l"}}, "configured": {"targetKind": "cc_library rule"}}), {})


if __name__ == "__main__":
    unittest.main()
