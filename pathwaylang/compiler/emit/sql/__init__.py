"""`build --target sql`: a pathway as one SELECT in seven dialects."""

from pathwaylang.compiler.emit.sql.dialects import DIALECTS
from pathwaylang.compiler.emit.sql.emit import SqlPlan, emit_sql, sql_plan
from pathwaylang.compiler.emit.sql.problems import SqlProblem
from pathwaylang.compiler.emit.sql.query import SqlOptions

__all__ = ["DIALECTS", "SqlOptions", "SqlPlan", "SqlProblem", "emit_sql", "sql_plan"]
