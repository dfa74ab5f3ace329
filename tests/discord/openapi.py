"""Discord's own description of its REST interface: which paths exist, which bodies they take and give.

The document is never copied into the project: WHOSWHO_DISCORD_OPENAPI says where it lies; where it is absent, whoever
needs it is skipped by that name.
"""

import copy
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

VARIABLE = "WHOSWHO_DISCORD_OPENAPI"
ROOT = Path(__file__).parent.parent.parent
BESIDE = ROOT.parent / "shared" / "discord" / "openapi.json"
# Read at import: tests take variables that begin with WHOSWHO_ away.
PATH = Path(os.environ.get(VARIABLE) or BESIDE)
ABSENT = f"Discord's OpenAPI document is not at {PATH} ({VARIABLE})"

# What Discord takes although the document does not say so: schema -> properties.
_UNDOCUMENTED: dict[str, dict[str, Any]] = {
    "ApplicationCommandUpdateRequest": {"nsfw": {"type": ["boolean", "null"]}},
    "RichEmbed": {"flags": {"type": ["integer", "null"]}},
    "MessageEditRequestPartial": {"tts": {"type": ["boolean", "null"]}},
    "IncomingWebhookUpdateRequestPartial": {"tts": {"type": ["boolean", "null"]}},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {"tts": {"type": ["boolean", "null"]}},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path of the document."""

    method: str
    template: str
    description: dict[str, Any]


class OpenApi:
    """The document, ready to check with; compiled operation by operation, when first used."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._components = _prepared(document["components"])
        self._operations = list(_operations(document))

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that answers this path, which is without host, prefix and query."""
        for pattern, operation in self._operations:
            if operation.method == method and pattern.fullmatch(path):
                return operation
        return None

    def request_faults(self, operation: Operation, body: Any) -> list[str]:
        """What is wrong with a request's JSON; a body where none belongs is wrong, too."""
        content = operation.description.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return [] if body is None else ["takes no body"]
        if body is None:
            return ["has no body"] if operation.description["requestBody"].get("required") else []
        return self._faults(content["schema"], body)

    def answer_faults(self, operation: Operation, status: int, body: Any) -> list[str]:
        """What is wrong with an answer of ours."""
        responses = operation.description["responses"]
        found = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if found is None:
            return [f"{status} is no answer to it"]
        if "$ref" in found:
            found = self._components["responses"][found["$ref"].rpartition("/")[2]]
        content = found.get("content", {}).get("application/json")
        if content is None:
            return [] if body is None else [f"{status} has no body"]
        return self._faults(content["schema"], body)

    def _faults(self, schema: dict[str, Any], body: Any) -> list[str]:
        return [
            f"{'/'.join(map(str, error.instance_path)) or 'body'}: {_short(error.message)}"
            for error in self._validator(json.dumps(schema)).iter_errors(body)
        ]

    @cache  # noqa: B019 - there is one document in a run
    def _validator(self, schema: str) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": self._components})


@cache
def open_api() -> OpenApi | None:
    """The document, or None where it is absent."""
    if not PATH.is_file():
        return None
    return OpenApi(json.loads(PATH.read_text(encoding="utf-8")))


def _short(message: str) -> str:
    """An error without the middle of a long body."""
    return message if len(message) <= 600 else f"{message[:300]} … {message[-300:]}"


def _prepared(components: dict[str, Any]) -> dict[str, Any]:
    """The parts of the document, so strict that a mistyped key is found, and with what Discord takes besides."""
    components = copy.deepcopy(components)
    schemas = components["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]  # discord.py sends both, Discord takes both
    for name, properties in _UNDOCUMENTED.items():
        schemas[name]["properties"].update(properties)
    parts = {part["$ref"].rpartition("/")[2] for schema in schemas.values() for part in _joined(schema)}
    for name, schema in schemas.items():
        if "properties" in schema and name not in parts and not name.endswith("Response"):
            schema.setdefault("additionalProperties", False)
    return components


def _joined(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The named parts that a schema is joined of; none of them knows what the others add."""
    return (part for part in schema.get("allOf", ()) if "$ref" in part)


def _operations(document: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], Operation]]:
    """All operations; paths with fewer placeholders first, so that `@me` is not taken for an id."""
    for template in sorted(document["paths"], key=lambda path: path.count("{")):
        pattern = re.compile(re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(template)))
        for method, description in document["paths"][template].items():
            if method in {"get", "put", "post", "patch", "delete"}:
                yield pattern, Operation(method.upper(), template, description)
