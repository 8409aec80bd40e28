"""What a worker does for the programme: runs the planner as a process of its own."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_noop

from offenraum.kit.group_commit import durable
from offenraum.kit.outbox import Kind, Lost, is_held
from offenraum.programme.actions.editions import sessions_json
from offenraum.programme.actions.plan_runs import Choice, give_up, keep_alternative, keep_plan, note_progress
from offenraum.programme.actions.reasons import keep_reasons
from offenraum.programme.models import PlanRun, Reasons
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.reasons import cells_in

PROGRAM: Final = Path(sys.executable).with_name("offenraum")
LOOK_SECONDS: Final = 0.2
GRACE_SECONDS: Final = 30
BOUND_SECONDS: Final = 8
KILL_SECONDS: Final = 10
REASONS_SECONDS: Final = 240
STEADY_COST: Final = "3"
BROKEN_INPUT: Final = 2

TOO_SLOW: Final = gettext_noop("The planner did not answer in time.")
NO_ANSWER: Final = gettext_noop("The planner ended without an answer.")
UNREADABLE: Final = gettext_noop("The planner's answer cannot be read.")
CONTRADICTION: Final = gettext_noop("What is pinned cannot hold together. Please check the pins, then propose again.")
log = logging.getLogger(__name__)


class PlannerFailed(Exception):
    """The planner gave no plan; the message says why, `conflict` which topics and rules are in each other's way."""

    def __init__(self, message: str, conflict: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.conflict = conflict


@dataclass(frozen=True, slots=True)
class Question:
    """A problem and what else the planner is told."""

    problem: dict[str, Any]
    options: tuple[str, ...]


@dataclass
class Watch:
    """The planner's process, and the newest line that it wrote."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def listen(self) -> None:
        """Keep what the process writes to standard error until it ends."""
        for line in self.process.stderr or ():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                self.lines.append(said)

    def stop(self) -> None:
        """Ask for the best plan so far, then insist."""
        self.process.terminate()
        try:
            self.process.wait(KILL_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run_plan(run: PlanRun) -> None:
    """Run the planner on the problem of a run and keep its plan, or the reason why there is none."""
    if run.plan is not None:
        compare(run)
        return
    with TemporaryDirectory(prefix="offenraum-plan-") as folder:
        try:
            plan = ask_planner(run, Path(folder), program=PROGRAM)
        except PlannerFailed as failure:
            durable(give_up, run=run, error=str(failure), now=timezone.now(), conflict=failure.conflict)
        else:
            durable(keep_plan, run=run, plan=plan, now=timezone.now())


def compare(run: PlanRun) -> None:
    """Plan the same problem by other measures, so that the desk can choose."""
    for choice in Choice:
        question = question_of(run, choice)
        if question is None:
            continue
        with TemporaryDirectory(prefix="offenraum-plan-") as folder:
            try:
                plan = ask_planner(run, Path(folder), program=PROGRAM, question=question)
            except PlannerFailed:
                log.exception("no plan by the measure %s", choice)
                continue
            durable(keep_alternative, run=run, choice=choice, plan=plan)


def question_of(run: PlanRun, choice: Choice) -> Question | None:
    """The most wishes in sum, or the fewest moves of the draft; None when the plan in question is there already."""
    if choice is Choice.SUM:
        return Question(run.problem, ("--objective", "sum"))
    if choice is Choice.STEADY:
        sessions = sessions_json(places_of_draft(run.conference))
        current = run.problem["current"] or cells_in(run.problem, sessions)
        return Question(run.problem | {"current": current}, ("--moves-cost", STEADY_COST)) if current else None
    return None


def ask_planner(
    run: PlanRun, folder: Path, *, program: Path, question: Question | None = None
) -> dict[str, Any]:
    """JSON in, JSON out, progress from standard error; the process is stopped when nobody wants its answer."""
    asked, answered = folder / "problem.json", folder / "plan.json"
    question = question or Question(run.problem, ("--objective", run.objective))
    asked.write_text(json.dumps(question.problem))
    command = [str(program), "plan", str(asked), "--out", str(answered), "--seed", str(run.seed)]
    command += ["--seconds", str(run.seconds), *question.options]
    command += ["--bound", "lp", "--bound-seconds", str(BOUND_SECONDS)]
    with subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = Watch(process)
        ear = threading.Thread(target=watch.listen, daemon=True)
        ear.start()
        try:
            follow(watch, run)
        finally:
            if process.poll() is None:
                watch.stop()
            ear.join()
    return answer_of(watch, answered)


def follow(watch: Watch, run: PlanRun) -> None:
    """Pass progress on until the process ends; Lost when the run was cancelled; if slow, take what there is."""
    deadline = time.monotonic() + run.seconds + GRACE_SECONDS
    told = 0
    while watch.process.poll() is None:
        if len(watch.lines) > told:
            told = len(watch.lines)
            durable(note_progress, run=run, progress=watch.lines[-1])
        if not is_held(run):
            raise Lost
        if time.monotonic() > deadline:
            watch.stop()
            if watch.process.returncode != 0:
                raise PlannerFailed(TOO_SLOW)
            return
        wait(watch.process)


def wait(process: subprocess.Popen[str]) -> None:
    """A short while, or until the process ends."""
    try:
        process.wait(LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return


def answer_of(watch: Watch, file: Path) -> dict[str, Any]:
    """The plan that the process has written; PlannerFailed otherwise."""
    if watch.process.returncode == BROKEN_INPUT:
        log.warning("the planner refused a problem: %s", watch.lines[-1:])
        raise PlannerFailed(CONTRADICTION, watch.lines[-1].get("conflict") if watch.lines else None)
    if watch.process.returncode != 0 or not file.is_file():
        raise PlannerFailed(NO_ANSWER)
    try:
        plan: dict[str, Any] = json.loads(file.read_text())
    except ValueError as error:
        raise PlannerFailed(UNREADABLE) from error
    return plan


def explain_edition(reasons: Reasons) -> None:
    """Let the planner measure and explain a published plan, and keep what it says."""
    with TemporaryDirectory(prefix="offenraum-reasons-") as folder:
        durable(keep_reasons, reasons=reasons, answer=ask_for_reasons(reasons, Path(folder)), now=timezone.now())


def ask_for_reasons(reasons: Reasons, folder: Path) -> dict[str, Any]:
    """Problem and edition in, measured and explained plan out."""
    asked, given, answered = folder / "problem.json", folder / "given.json", folder / "plan.json"
    problem = reasons.problem or {}
    asked.write_text(json.dumps(problem))
    given.write_text(json.dumps({"placements": cells_in(problem, reasons.edition.sessions)}))
    command = [str(PROGRAM), "plan", str(asked), "--explain", str(given), "--out", str(answered)]
    subprocess.run(  # noqa: S603 - our own program, without a shell
        [*command, "--bound", "lp", "--bound-seconds", str(BOUND_SECONDS)], check=True, timeout=REASONS_SECONDS,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    answer: dict[str, Any] = json.loads(answered.read_text())
    return answer


EXPLAINING: Final = Kind(model=Reasons, run=explain_edition, lost_after=timedelta(minutes=5), most_tries=2)
PLANNING: Final = Kind(model=PlanRun, run=run_plan, lost_after=timedelta(minutes=2), most_tries=2)
