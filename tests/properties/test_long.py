"""The same properties over many more pathways, drawn anew each time; minutes, not seconds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties import (
    test_any_text,
    test_formatter,
    test_metamorphic,
    test_printing,
    test_text_of_graphs,
)
from tests.verify.strategies import graphs

RANDOMS = st.randoms(use_true_random=False)
PROPERTIES = {
    "meaning": (test_text_of_graphs.test_text_means_its_graph, (graphs(),)),
    "rules": (test_text_of_graphs.test_rules_keep_their_meaning, (graphs(),)),
    "formatting": (test_formatter.test_the_semantic_difference_is_empty, (graphs(), RANDOMS)),
    "printing": (test_text_of_graphs.test_formatting_keeps_the_tree, (graphs(),)),
    "silence": (
        test_text_of_graphs.test_silence_means_one_outcome,
        (test_text_of_graphs.clean(), st.data()),
    ),
    "facts": (test_metamorphic.test_order_of_facts, (graphs(), RANDOMS)),
    "branches": (test_metamorphic.test_order_of_branches_without_an_order, (graphs(), RANDOMS)),
    "names": (test_metamorphic.test_names, (graphs(),)),
    "changed": (test_any_text.test_changed_pathways_are_judged, (test_any_text.changed(),)),
    "changed files": (test_printing.test_changed_files, (test_any_text.changed(),)),
}


@pytest.mark.long
@pytest.mark.parametrize("name", PROPERTIES)
def test_many(name: str) -> None:
    test, strategies = PROPERTIES[name]
    judge = given(*strategies)(test.hypothesis.inner_test)  # type: ignore[attr-defined]
    settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))(judge)()
