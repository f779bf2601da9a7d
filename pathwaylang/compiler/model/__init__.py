"""Floor 3: what a pathway means. Names, types, units and modules, from the syntax tree."""

from pathwaylang.compiler.model.build import build_model
from pathwaylang.compiler.model.dump import dump_model
from pathwaylang.compiler.model.modules import Import, Module, Modules, load_modules
from pathwaylang.compiler.model.nodes import Applies, Checked, Model

__all__ = [
    "Applies",
    "Checked",
    "Import",
    "Model",
    "Module",
    "Modules",
    "build_model",
    "dump_model",
    "load_modules",
]
