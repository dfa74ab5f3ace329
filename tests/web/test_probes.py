import re

import pytest
from aiohttp import ClientSession

from bot.errors import SettingsError
from bot.metrics import Metrics
from bot.model.answer import Status
from bot.web.probes import Probes, serve


async def get(port: int, path: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("connected", "loaded", "status"), [(True, True, 200), (True, False, 503), (False, True, 503), (False, False, 503)]
)
async def test_readyz__connected_and_loaded_or_not(connected: bool, loaded: bool, status: int) -> None:
    async with serve(Probes(Metrics(), lambda: connected, lambda: loaded), "127.0.0.1", 0) as port:
        assert (await get(port, "/readyz"))[0] == status
        assert (await get(port, "/healthz"))[0] == 200


async def test_metrics__answers_latency_reload_snapshot_and_gateway() -> None:
    metrics = Metrics(clock=lambda: 1500.0)
    metrics.answered("command", Status.ANSWERED, 0.003)
    metrics.answered("direct", Status.UNKNOWN, 0.3)
    metrics.lacked("nothing")
    metrics.reloaded(2.5, swapped=True)
    for built in (500.0, 500.0, 1000.0):
        metrics.answering_from(built, 777)
    metrics.connected(lambda: True)
    async with serve(Probes(metrics, lambda: True, lambda: True), "127.0.0.1", 0) as port:
        status, text = await get(port, "/metrics")
    assert status == 200
    for line in (
        'whoswho_answers_total{status="answered",surface="command"} 1.0',
        'whoswho_answers_total{status="unknown",surface="direct"} 1.0',
        'whoswho_answers_total{status="passage",surface="menu"} 0.0',
        'whoswho_answer_seconds_bucket{le="0.005",surface="command"} 1.0',
        'whoswho_gaps_total{reason="nothing"} 1.0',
        'whoswho_reloads_total{outcome="swapped"} 1.0',
        "whoswho_reload_seconds 2.5",
        "whoswho_snapshot_age_seconds 500.0",
        "whoswho_snapshots_total 1.0",
        "whoswho_facts 777.0",
        "whoswho_gateway_connected 1.0",
    ):
        assert line in text.splitlines()


async def test_metrics__age_is_no_number_before_anything_is_loaded() -> None:
    assert re.search(rb"^whoswho_snapshot_age_seconds NaN$", Metrics().exposition(), re.MULTILINE)


async def test_serve__a_port_that_is_taken() -> None:
    async with serve(Probes(Metrics(), lambda: True, lambda: True), "127.0.0.1", 0) as port:
        with pytest.raises(SettingsError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with serve(Probes(Metrics(), lambda: True, lambda: True), "127.0.0.1", port):
                raise AssertionError("two listen on one port")
