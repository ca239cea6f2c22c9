from __future__ import annotations

import pytest

from benchmarks.chaos.findings import Findings, percentile


@pytest.mark.parametrize(
    ("value", "missed"), [(1.0, []), (1.01, ["seconds"])], ids=["as good", "worse"]
)
def test_a_figure_that_is_worse_than_its_bar_is_missed(value: float, missed: list[str]) -> None:
    findings = Findings()
    findings.at_most("seconds", value, 1.0)
    assert findings.as_dict() == {
        "seconds": value,
        "bars": {"seconds": "<= 1.0"},
        "missed": missed,
    }


@pytest.mark.parametrize(("value", "missed"), [(40.0, []), (39.9, ["ratio"])])
def test_a_figure_may_have_to_be_large(value: float, missed: list[str]) -> None:
    findings = Findings()
    findings.at_least("ratio", value, 40.0)
    assert findings.missed == missed


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0)])
def test_a_percentile_is_one_of_the_values(share: float, wanted: float) -> None:
    assert percentile([3.0, 1.0, 2.0, 4.0], share) == wanted
