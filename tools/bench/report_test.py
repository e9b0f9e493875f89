"""The tables and the chart say what was measured."""

import json
import unittest
import xml.etree.ElementTree

import aims
import report

RESULTS = {
    "http_hello": {
        "gyre": {"CPU us/request": [4.0, 5.0, 6.0], "requests/s": [10.0]},
        "bun": {"CPU us/request": [10.0], "requests/s": [5.0]},
    },
    "micro": {name: {f"operation {i}": [float(i + 1)] for i in range(8)} for name in ("gyre", "node 24")},
}


class ReportTest(unittest.TestCase):
    def test_a_cell_has_the_median_the_range_and_the_ratio(self):
        self.assertEqual(report.cell([4.0, 5.0, 6.0], 2.5), "5 (4 to 6), 2.00x")
        self.assertEqual(report.cell([5.0], 0), "5")

    def test_a_row_that_did_not_run_says_so(self):
        text = report.markdown({"s": {"gyre": {"CPU": [1.0]}, "deno": {}}}, {"s": "S"})
        self.assertIn("| deno | does not run it |", text)

    def test_aims_are_reached_or_not_or_not_measured(self):
        wanted = [aims.Aim("http_hello", "bun", 1), aims.Aim("http_hello", "bun", 1 / 3), aims.Aim("http_hello", "deno", 1),
                  aims.Aim("elsewhere", "bun", 1)]
        lines = aims.table(RESULTS, wanted).splitlines()[2:]
        self.assertEqual(lines, [
            "| http_hello | ahead of bun | 0.50 x | reached |",
            "| http_hello | 3 x better than bun | 2.00 x better | **not reached** |",
            "| http_hello | ahead of deno |  | not measured |",
        ])

    def test_more_is_better_in_rates(self):
        wanted = [aims.Aim("http_hello", "bun", 1 / 2, "requests/s"), aims.Aim("http_hello", "gyre", 1, "requests/s", row="bun")]
        lines = aims.table(RESULTS, wanted).splitlines()[2:]
        self.assertEqual(lines, [
            "| http_hello | requests/s: 2 x better than bun | 2.00 x better | reached |",
            "| http_hello | requests/s: bun ahead of gyre | 2.00 x | **not reached** |",
        ])

    def test_every_aim_names_a_row_that_can_be(self):
        for aim in aims.AIMS:
            self.assertGreater(aim.at_most, 0)
            self.assertTrue(aim.text())

    def test_markdown_has_each_row_of_each_scenario(self):
        text = report.markdown(RESULTS, {"http_hello": "Hello", "micro": "Small"})
        self.assertIn("| bun | 10, 2.00x | 5, 0.50x |", text)
        self.assertIn("## micro\n\nSmall.\n\n|  | gyre | node 24 |\n", text, "many figures go down, not across")

    def test_json_keeps_every_value(self):
        self.assertEqual(json.loads(report.as_json(RESULTS)), RESULTS)

    def test_the_chart_is_svg_with_a_bar_for_each_row(self):
        svg = xml.etree.ElementTree.fromstring(report.chart(RESULTS))
        bars = [e for e in svg if e.tag.endswith("rect") and e.get("x")]
        self.assertEqual(len(bars), 4)
        lengths = [float(bar.get("width")) for bar in bars]
        self.assertAlmostEqual(lengths[1], 2 * lengths[0], places=0)


if __name__ == "__main__":
    unittest.main()
