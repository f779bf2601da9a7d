"""Floor 5: the runtime that apps embed; it needs an artifact and pydantic, not the compiler."""

from pathwaylang.ir.artifact import ArtifactError
from pathwaylang.runtime.answer import (
    Advice,
    Answer,
    AnswerJson,
    Breach,
    Change,
    Ending,
    PathwayInfo,
    RequestItem,
    Source,
    TrackAnswer,
    TrackChange,
    Visit,
)
from pathwaylang.runtime.bulk.answer import (
    BulkAnswer,
    MissingCount,
    OutcomeCount,
    RowProblem,
    TrackColumn,
)
from pathwaylang.runtime.case import Case, CaseError, CaseProblem
from pathwaylang.runtime.pathway import Pathway, load, loads
from pathwaylang.runtime.schema import answer_schema

__all__ = [
    "Advice",
    "Answer",
    "AnswerJson",
    "ArtifactError",
    "Breach",
    "BulkAnswer",
    "Case",
    "CaseError",
    "CaseProblem",
    "Change",
    "Ending",
    "MissingCount",
    "OutcomeCount",
    "Pathway",
    "PathwayInfo",
    "RequestItem",
    "RowProblem",
    "Source",
    "TrackAnswer",
    "TrackChange",
    "TrackColumn",
    "Visit",
    "answer_schema",
    "load",
    "loads",
]
