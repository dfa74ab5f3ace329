"""Kinds and properties as data: what can be said of whom, in which words; knows nothing of any one document."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

LITERAL_TYPES = frozenset({"text", "number", "date", "url", "email"})

Words = tuple[str, ...]
# What a field of a data file may be beside a property of the record.
FIELD_ROLES = frozenset(
    {
        "name",
        "givenName",
        "familyName",
        "alias",
        "id",
        "joined",
        "now",
        "type",
        "day",
        "talk",
        "talkDescription",
        "tier",
        "citedAs",
        "references",
        "skip",
    }
)
ANY_KIND = "any"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(_Data):
    """One kind of entity. `types` are finer names an entity may carry, each with its own words."""

    label: str
    plural: str
    words: Words = ()
    types: Mapping[str, Words] = Field(default_factory=dict)
    profile: Words = ()  # properties in the order in which "who is" tells them


class Property(_Data):
    """One property: what it joins, how a sentence says it, and the words members use for it.

    Verbs and nouns are told apart by who does or is what they name: `verbs` and `subject_nouns` belong to the
    subject, `value_verbs` and `nouns` to the value; `words` name the relation without a side. `start_verbs` and
    `end_verbs` speak of its beginning and its end.
    """

    label: str
    inverse_label: str = ""
    of: Words = ()  # kinds of the subject; empty: any
    type: Words = ("text",)  # one literal type, or the kinds an entity value may have
    many: bool = False  # several values do not contradict each other
    lasting: bool = False  # holds over a time, so that it can be past
    symmetric: bool = False
    sampled: bool = False  # the documents name only some of those who have a value in common, so they are not counted
    open: bool = False  # open-ended text, read by its content rather than by its property
    implied: bool = False  # may join two names of a question without being named itself
    says: str = "{subject}: {value}"
    said: str = ""  # the same in the past; empty: as `says`
    coming: str = ""  # the same of what is still to come; empty: as `says`
    closes: str = ""  # the property whose stretch of time it ends (endDate closes startDate): both are told together
    identifies: bool = False  # two entities of one name that share a value are one
    quiet: bool = False  # as a qualifier it is told only where a question leads to it
    detail: str = ""  # how it reads as a qualifier; a leading blank joins it to what stands before
    verbs: Words = ()
    value_verbs: Words = ()
    nouns: Words = ()
    subject_nouns: Words = ()
    words: Words = ()
    start_verbs: Words = ()
    end_verbs: Words = ()
    answers: tuple[str, ...] = ()  # question words whose answer its value is: where, who, why, how many …
    prepositions: Words = ()  # those that may stand before its value in a question; empty: any

    @field_validator("type", mode="before")
    @classmethod
    def _one_type_is_a_list_of_one(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _sentence_names_the_value(self) -> Self:
        for sentence in (self.says, self.said or self.says, self.coming or self.says):
            if "{value}" not in sentence:
                raise ValueError(f"sentence without {{value}}: {sentence!r}")
        return self

    @property
    def literal(self) -> str | None:
        """The literal type of its values, or None where they are entities."""
        return self.type[0] if self.type[0] in LITERAL_TYPES else None


class Vocabulary(_Data):
    """All kinds and properties, with what English needs to be read. Immutable; a snapshot carries its own copy."""

    kinds: Mapping[str, Kind] = Field(default_factory=dict)
    properties: Mapping[str, Property] = Field(default_factory=dict)
    forms: Mapping[str, Words] = Field(default_factory=dict)  # base form -> its irregular forms
    misspelt: Mapping[str, Words] = Field(default_factory=dict)  # small word -> its common misspellings
    function: Words = ()  # words that carry no content
    synonyms: tuple[Words, ...] = ()
    paraphrases: tuple[Words, ...] = ()  # looser than synonyms: by which a sentence may say what a question asks
    narrower: Mapping[str, Words] = Field(default_factory=dict)  # the same of a general word, in one direction
    leading: Words = ()  # words of the roles of those who lead
    lesser: Mapping[str, Words] = Field(default_factory=dict)  # makes another role of a role -> roles that stay theirs
    collections: Mapping[str, Words] = Field(default_factory=dict)  # kind -> what lists of it are called in data files
    # Kind -> property or role -> names of fields in data files.
    fields: Mapping[str, Mapping[str, Words]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _types_are_known(self) -> Self:
        for name, prop in self.properties.items():
            unknown = [kind for kind in (*prop.of, *prop.type) if kind not in self.kinds and kind not in LITERAL_TYPES]
            if unknown:
                raise ValueError(f"property {name}: no such kind or type: {', '.join(unknown)}")
            if len(prop.type) > 1 and LITERAL_TYPES.intersection(prop.type):
                raise ValueError(f"property {name}: a literal type stands alone")
        for name, kind in self.kinds.items():
            unknown = [key for key in kind.profile if key not in self.properties]
            if unknown:
                raise ValueError(f"kind {name}: no such property in its profile: {', '.join(unknown)}")
        for listed in (*self.collections, *self.fields):
            if listed not in self.kinds and listed != ANY_KIND:
                raise ValueError(f"names of fields: no such kind: {listed}")
        for listed, fields in self.fields.items():
            unknown = [key for key in fields if key not in self.properties and key not in FIELD_ROLES]
            if unknown:
                raise ValueError(f"names of fields of {listed}: no such property: {', '.join(unknown)}")
        return self
