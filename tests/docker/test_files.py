"""What lies in docker/ for operators: it speaks of things that exist. That its steps work is what `make image` runs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from bot.settings import Settings

FOLDER = Path(__file__).parents[2] / "docker"
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8")


def settings_named_in(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"\bWHOSWHO_([A-Z_]+)", text)} - {"settings"}


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "whoswho.service"])
def test_settings_that_are_set_exist(file: str) -> None:
    named = settings_named_in((FOLDER / file).read_text(encoding="utf-8"))
    assert named
    assert named <= set(Settings.model_fields)


def test_service__may_write_where_it_is_told_to_keep_and_to_look() -> None:
    said = dict(
        re.findall(r"^(?:Environment=)?([A-Za-z_]+)=(.*)$", (FOLDER / "whoswho.service").read_text(), re.MULTILINE)
    )
    assert said["ProtectSystem"] == "strict"
    assert said["ReadWritePaths"].lstrip("-") == said["WHOSWHO_KNOWLEDGE"]
    assert said["WHOSWHO_DATA"] == f"/var/lib/{said['StateDirectory']}"


def test_dockerfile__runs_as_nobody_in_particular_from_a_pinned_base() -> None:
    assert re.search(r"^USER \d+:\d+$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^ARG PYTHON=python:\d+\.\d+\.\d+-slim-\w+$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON}"}
    assert "HEALTHCHECK" in DOCKERFILE


def test_dockerfile__passes_its_linter() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if linter is None:
        pytest.skip("hadolint is not installed here")
    done = subprocess.run([linter, str(FOLDER / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_compose__is_bounded_and_keeps_its_secret_in_a_file() -> None:
    service = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"]["whoswho"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert {"mem_limit", "pids_limit", "restart", "stop_grace_period"} <= set(service)
    assert "DISCORD_TOKEN" not in service["environment"]
    assert service["environment"]["DISCORD_TOKEN_FILE"] == f"/run/secrets/{service['secrets'][0]}"


def test_dashboard__asks_for_metrics_that_exist() -> None:
    dashboard = json.loads((FOLDER / "grafana.json").read_text(encoding="utf-8"))
    asked = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"whoswho_\w+", target["expr"])
    }
    metrics = Metrics()
    metrics.reloaded(1.0, swapped=True)
    metrics.failed("command")
    metrics.lacked("nothing")
    offered = set(re.findall(r"^(whoswho_\w+)", metrics.exposition().decode(), re.MULTILINE))
    assert asked - offered <= {"whoswho_answer_seconds_bucket"}  # which appears with the first answer
