from __future__ import annotations

import pytest
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.sensors.maps import map_of, round_length
from tests.market.conftest import conference  # noqa: F401
from tests.sensors.test_pages import device_in, made


def test_map_is_true_to_scale_with_north_up() -> None:
    drawn = map_of({1: (50.94, 6.95), 2: (50.93, 6.95), 3: (50.935, 6.97)})
    assert drawn is not None
    first, second, third = drawn.spots
    assert (first.x, first.y < second.y, third.x > first.x) == (second.x, True, True)
    tall, wide = second.y - first.y, third.x - first.x
    assert wide / tall == pytest.approx(2 * 0.630, rel=0.01)
    assert drawn.bar / drawn.bar_metres == pytest.approx(tall / 1113.2, rel=0.01)
    assert all(48 <= spot.x <= drawn.width - 48 and 24 <= spot.y <= drawn.height - 24 for spot in drawn.spots)


@pytest.mark.parametrize("places", [
    {7: (50.9, 6.9)}, {1: (50.9, 6.9), 2: (50.9, 6.9)}, {1: (-90.0, -180.0), 2: (90.0, 180.0)}, {1: (90.0, 0.0)},
])
def test_map_of_one_place_of_poles_and_of_the_whole_world_stays_within_its_frame(
    places: dict[int, tuple[float, float]]
) -> None:
    drawn = map_of(places)
    assert drawn is not None
    assert [spot.number for spot in drawn.spots] == sorted(places)
    assert all(0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height for spot in drawn.spots)
    assert drawn.bar > 0


def test_no_place_is_no_map() -> None:
    assert map_of({}) is None
    assert [round_length(metres) for metres in (1.0, 199, 210, 999, 5400)] == [1, 100, 200, 500, 5000]


@pytest.mark.django_db
def test_pages_show_where_sensors_stand_without_foreign_tiles(conference: Conference) -> None:  # noqa: F811
    network = made(conference, "json")[0]
    device_in(network, identity="a", latitude=50.93, longitude=6.95, name="Am Bach")
    device_in(network, identity="b", name="Irgendwo")

    def shown() -> list[str]:
        return [Client().get(f"/{conference.slug}/sensoren{page}").content.decode() for page in ("", "/1", "/2")]

    assert [page.count("<circle") for page in shown()] == [0, 0, 0], "one place alone is no map"
    device_in(network, identity="c", latitude=50.94, longitude=6.95, name="Am Wald")
    pages = shown()
    assert [page.count("<circle") for page in pages] == [2, 2, 0]
    assert 'aria-label="1 · Am Bach"' in pages[0]
    assert pages[1].count('aria-current="page" href="/kogk18/sensoren/1"') == 1
    assert not any("<image" in page or "tile" in page.replace("title", "") for page in pages)
