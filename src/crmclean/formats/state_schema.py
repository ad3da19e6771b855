"""The tables of a state file, version by version: a new file gets all of them, an older one what it lacks."""

from __future__ import annotations

SCHEMA_VERSION = 3
APPLICATION = 0x43524D43  # "CRMC", in the header of the file: a state is told from any other SQLite file
_MEMORY = (
    "create table clusters (record_key text primary key, cluster_id text not null) without rowid",
    "create table pairs (key_a text, key_b text, primary key (key_a, key_b)) without rowid",
    "create table sketch (record_key text primary key) without rowid",
    """create table decisions (
  number integer primary key,
  key_a text not null, key_b text not null, answer text not null, evidence text not null,
  decided_by text not null, decided_at text not null,
  approved_by text not null, approved_at text not null, comment text not null)""",
    "create index decisions_of_pair on decisions (key_a, key_b)",
)
# A finding stands once from the run that saw it first until the run after the one that no longer does: a night writes
# only what is other than the night before. So does the phase of a record.
_HISTORY = (
    "create table history_key (salt blob not null, id_column text not null)",
    """create table runs (
  number integer primary key, as_of text not null,
  file_sha256 text not null, config_sha256 text not null,
  new integer, fixed integer, figures text not null)""",
    """create table finding_kinds (
  kind integer primary key, code text not null, place text not null, severity text not null, unique (code, place))""",
    """create table findings (
  kind integer, key integer, nth integer, record integer,
  first_run integer not null, fixed_run integer,
  primary key (kind, key, nth)) without rowid""",
    "create table phases (record integer primary key, phase text, run integer not null, before text)",
    "create table history_sketch (record integer primary key)",
    # What the run before the newest one remembered: the newest one may be made again, and shall say the same.
    "create table clusters_before (record_key text primary key, cluster_id text not null) without rowid",
    "create table pairs_before (key_a text, key_b text, primary key (key_a, key_b)) without rowid",
    "create table memory_run (number integer not null)",
)
# A finding whose record or column is not in the export can't be looked for: it stays, from ``gone_run`` to
# ``back_run``. A column that was renamed goes on under the name its findings were first kept by.
_AWAY = (
    "alter table findings add column gone_run integer",
    "alter table findings add column back_run integer",
    "create table column_names (name text primary key, known_as text not null, run integer not null)",
)
# What is remembered now becomes what was remembered before this run of the history.
REMEMBER_BEFORE = (
    "delete from clusters_before",
    "insert into clusters_before select * from clusters",
    "delete from pairs_before",
    "insert into pairs_before select * from pairs",
    "delete from memory_run",
)
# What a file needs that was written by the version before.
STEPS = {1: _MEMORY, 2: _HISTORY, 3: _AWAY}


def statements(version: int) -> list[str]:
    """What makes the tables of this version of one of an earlier version; 0: of nothing."""
    wanted = [each for step in range(version + 1, SCHEMA_VERSION + 1) for each in STEPS[step]]
    return [*wanted, f"pragma user_version = {SCHEMA_VERSION}"] if wanted else []
