"""The tables of the state as statements are made of them; how they came to be is in `migrations`."""

from sqlalchemy import BigInteger, Column, Double, Integer, MetaData, Table, Text

metadata = MetaData()

migration = Table(
    "migration",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)
gap = Table(
    "gap",
    metadata,
    Column("id", Text, primary_key=True),
    Column("pattern", Text),
    Column("reason", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
)
gap_asker = Table(
    "gap_asker",
    metadata,
    Column("gap", Text, primary_key=True),
    Column("asker", Text, primary_key=True),
    Column("at", Text, nullable=False),
)
vote = Table(
    "vote",
    metadata,
    Column("answer", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("good", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("server_id", BigInteger),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
snapshot_change = Table(
    "snapshot_change",
    metadata,
    Column("id", Text, primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("action", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
)
removal = Table(
    "removal",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("removal", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("hidden_by", BigInteger),
)
member_link = Table(
    "member_link",
    metadata,
    Column("user_id", BigInteger, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("at", Text, nullable=False),
)
request = Table(
    "request",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("server_id", BigInteger),
    Column("kind", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("outcome", Text),
    Column("decided_at", Text),
    Column("actor_id", BigInteger),
)
