"""JSON or YAML text of a document to values with their places, or the one line that says why not."""

from bot.ingest.documents.format import Raw
from bot.ingest.readers.encoding import Decoded
from bot.language.json_text import JsonError, read_json
from bot.language.yaml_text import Yaml, YamlError, read_yaml
from bot.model.problem import Problem

JSON, YAML = (".json", ".geojson", ".jsonld"), (".yml", ".yaml", ".cff")


def read_data(raw: Raw, decoded: Decoded) -> Yaml | Problem:
    """The values of a JSON or YAML document. Never raises."""
    try:
        if raw.path.lower().endswith(JSON):
            return read_json(decoded.text)
        return read_yaml(decoded.text)
    except (JsonError, YamlError) as error:
        return Problem(raw.path, min(error.line, len(decoded.lines)), str(error))
