"""Which pathways an open file belongs to, and what is kept between keystrokes."""

from __future__ import annotations

from pathwaylang.diagnostics import Source
from pathwaylang.service import Workspace, reading
from tests.service.support import FILES, MAIN, MODULE, workspace


def test_a_module_belongs_to_every_pathway_that_uses_it_through_others() -> None:
    files = {
        "a.pw": 'pathway a "A"\nuse x from "lib/one.pw"\n',
        "b.pw": 'pathway b "B"\nuse y,\n  z from "lib/two.pw"\n',
        "lib/one.pw": 'module one "One"\nuse y from "two.pw"\n',
        "lib/two.pw": '# a comment first\nmodule two "Two"\nuse x from "one.pw"\n',
        "lib/three.pw": 'module three "Three"\n',
    }
    desk = workspace(files)
    assert desk.roots_of("lib/one.pw") == ("a.pw", "b.pw")
    assert desk.roots_of("lib/two.pw") == ("a.pw", "b.pw")
    assert desk.roots_of("./lib/../lib/one.pw") == ("a.pw", "b.pw")
    assert desk.roots_of("a.pw") == ("a.pw",)
    assert desk.roots_of("lib/three.pw") == ("lib/three.pw",)
    assert [view.compilation.source.name for view in desk.views("lib/two.pw")] == ["a.pw", "b.pw"]


def test_a_pathway_that_is_only_open_counts_as_well() -> None:
    desk = Workspace(lambda name: Source(name, MODULE) if name == "shared.pw" else None)
    assert desk.roots_of("shared.pw") == ("shared.pw",)
    desk.put("new.pw", MAIN)
    assert desk.roots_of("shared.pw") == ("new.pw",)
    assert desk.open_files == ("new.pw",)
    desk.close("new.pw")
    assert desk.roots_of("shared.pw") == ("shared.pw",)
    assert desk.view("new.pw") is None
    assert desk.views("missing.pw") == ()


def test_only_the_file_that_changed_is_parsed_again() -> None:
    desk = workspace()
    before = desk.view("main.pw")
    assert before is not None
    trees = {m.path: m.file for m in before.compilation.modules.modules}
    names = before.occurrences("shared.pw")
    desk.put("main.pw", MAIN + "# more\n")
    after = desk.view("main.pw")
    assert after is not None
    assert after is not before
    assert desk.view("main.pw") is after
    again = {m.path: m.file for m in after.compilation.modules.modules}
    assert again["shared.pw"] is trees["shared.pw"]
    assert again["main.pw"] is not trees["main.pw"]
    assert after.occurrences("shared.pw") is names


def test_open_texts_stand_before_those_on_disk() -> None:
    desk = workspace()
    desk.put("shared.pw", MODULE.replace("fact fit ", "fact fitness "))
    compilation = desk.compilation("main.pw")
    assert compilation is not None
    assert [d.code for d in reading(compilation) if d.is_failure] == ["PW0906"]
    desk.close("shared.pw")
    compilation = desk.compilation("main.pw")
    assert compilation is not None
    assert [d.code for d in reading(compilation) if d.is_failure] == []


def test_trying_an_edit_changes_nothing() -> None:
    desk = workspace()
    view = desk.view("main.pw")
    assert view is not None
    tried = view.tried((Source("shared.pw", MODULE.replace("fact fit ", "fact fitness ")),))
    assert [d.code for d in reading(tried) if d.is_failure] == ["PW0906"]
    assert desk.view("main.pw") is view
    assert [d.code for d in reading(view.compilation) if d.is_failure] == []
    assert desk.source("shared.pw") == Source("shared.pw", FILES["shared.pw"])
