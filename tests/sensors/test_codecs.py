from __future__ import annotations

import pytest

from offenraum.sensors.codecs import cayenne, values_of


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        ("03670110056700ff", {"temperature_3": 27.2, "temperature_5": 25.5}),
        ("0167ffd7", {"temperature_1": -4.1}),
        ("067104d2fb2e0000", {"acceleration_x_6": 1.234, "acceleration_y_6": -1.234, "acceleration_z_6": 0.0}),
        ("018806765ff2960a0003e8", {"latitude_1": 42.3519, "longitude_1": -87.9094, "altitude_1": 10.0}),
        ("016844", {"humidity_1": 34.0}),
    ],
)
def test_cayenne_reads_the_examples_of_its_documentation(payload: str, data: dict[str, float]) -> None:
    decoded = cayenne(bytes.fromhex(payload))
    assert (decoded.data, decoded.errors) == (data, ())


@pytest.mark.parametrize("payload", ["", "03", "0367", "036701", "03ff0110", "0167010003"])
def test_cayenne_that_is_cut_off_or_unknown_is_an_error(payload: str) -> None:
    assert cayenne(bytes.fromhex(payload)).errors


def test_values_are_the_finite_numbers_by_their_path() -> None:
    told = {
        "soil": {"moisture": "34.5", "bad": "NaN"}, "list": [1, {"x": True}], "inf": float("inf"), "none": None,
        "text": "abc", "huge": 10**400, "nul\x00": 1, "\ud800": 2, "": {"": 3}, "long" * 30: 4, "e": "1e999",
    }
    assert values_of(told) == {"soil.moisture": 34.5, "list.0": 1.0, "list.1.x": 1.0}


def test_values_have_a_limit_in_number_and_depth() -> None:
    deep: object = 1
    for _ in range(50):
        deep = {"a": deep}
    assert values_of(deep) == {}
    assert len(values_of(list(range(1000)))) == 200
    assert values_of(7) == {}
