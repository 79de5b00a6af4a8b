"""The reader of the report that the last run of ``inv fetch`` left."""

from __future__ import annotations

from jisr.content.settings.settings import FetchReportFile
from jisr.core.diagnostics.problems import Problem, Problems, phrase
from jisr.core.model.feed_status import FeedStatusReport, parse_feed_report


def read_feed_report(report: FetchReportFile | None, problems: Problems) -> FeedStatusReport | None:
    """Return the report, or None where there is none yet; one that cannot be read is a problem."""
    if report is None:
        return None
    try:
        return parse_feed_report(report.file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = phrase("it cannot be opened") if isinstance(error, OSError) else phrase("it is no report of a run")
        text = '"{file}" cannot be shown: {reason}. Run inv fetch again, or take FETCH_REPORT out.'
        problems.add(Problem.warning(report.place, "setting", text, file=report.file.name, reason=reason))
        return None
