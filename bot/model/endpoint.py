"""Where a language model answers, for operators who have one; knows nothing of what it is asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible interface: the address up to and including `/v1`, and which model is meant."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
