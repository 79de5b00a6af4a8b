"""What a process that read a stranger's bytes may say: values, and nothing that does more than hold them."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from jisr.aggregator.model import Post, PostSelection, ReviewItem, SeenEntry
from jisr.aggregator.workers.pool import TaskResult, decode_result
from jisr.core.diagnostics.problems import Phrase, phrase

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def calling(module: str, name: str, said: str) -> bytes:
    """Return a pickle that calls what a module holds under a name."""
    words = [bytes([140, len(one)]) + one.encode() for one in (module, name, said)]
    return b"\x80\x04" + words[0] + words[1] + b"\x93" + words[2] + b"\x85R."


@pytest.mark.parametrize("name", ["os.system", "encode_frame", "FeedSource", "Workers", "pickle.loads", "Task.__class__"])
def test_nothing_is_called(name: str) -> None:
    """What our own modules import or do is no value, also where a name leads through dots."""
    with pytest.raises(pickle.UnpicklingError):
        decode_result(calling("jisr.aggregator.workers.pool", name, "exit 3"))


def test_values_come_back() -> None:
    """A choice with posts and what is remembered of them comes back as it was."""
    post = Post("penus", "x", "ckb", "ناونیشان", "دەق", True, NOW, "guid", "https://example.org/x", fetched=NOW)
    asked = ReviewItem("changed", "penus", "x.md", phrase('"{title}" was changed.', title="ناونیشان"))
    done = TaskResult(
        PostSelection("penus", (post,), review_items=(asked,), seen_entries=(SeenEntry("guid", "", "", NOW),)), 1, ("a",)
    )
    assert decode_result(pickle.dumps(done, 5)) == done


@pytest.mark.parametrize("text", ["{nothing} was changed.", "{title.nothing}", "{", "{0}"])
def test_words_with_gaps_that_nothing_fills_are_refused(text: str) -> None:
    """What would fail when it is told to somebody fails when it is said."""
    asked = ReviewItem("changed", "penus", "x.md", Phrase(text, (("title", "x"),)))
    with pytest.raises(pickle.UnpicklingError):
        decode_result(pickle.dumps(TaskResult(PostSelection("penus", review_items=(asked,))), 5))
