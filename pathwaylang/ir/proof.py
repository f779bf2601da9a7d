"""The record of a proof: cases per stage, track and outcome, as the artifact keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackProof:
    """What was proved of a track: cases per outcome."""

    track: str
    engine: str
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StageProof:
    """What was proved of a stage: the number of cases and its tracks."""

    stage: str
    cases: str
    tracks: tuple[TrackProof, ...]


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """What was proved: counts are decimal texts (they pass 2^53)."""

    unit: str
    cases: str
    stages: tuple[StageProof, ...]
