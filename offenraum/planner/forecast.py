"""People whose wishes are not known by name: hands that were raised, and those who have not voted.

The share of a topic is drawn from the votes by name with the weight V / (V + 40) for V voters, and else from hands and
theme. The people behind it enter the problem as a crowd without names: each is modelled on a voter, so that who likes
one topic likes the others that go with it, and beyond that on the theme.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from offenraum.planner.problem import BrokenInput, Person, Problem, Topic

PRIOR_VOTERS = 40
MOST_AUDIENCE = 20_000


def with_forecast(problem: Problem) -> Problem:
    """The problem with the crowd behind hands and `audience`; as it is when neither is known, or the crowd is in."""
    is_known = problem.audience is not None or any(topic.hands for topic in problem.topics)
    if not is_known or any(person.is_forecast for person in problem.people):
        return problem
    return replace(problem, people=(*problem.people, *_Crowd(problem).people()))


class _Crowd:
    """The shares of the topics, and the people who make them up."""

    def __init__(self, problem: Problem) -> None:
        self.topics = problem.topics
        self.voters = [person for person in problem.people if person.wishes]
        self.named = Counter(topic for person in self.voters for topic in person.wishes)
        self.audience = _audience(problem, self.named)
        self.size = self.audience - len(self.voters)
        self.prefix = _free_prefix(problem)
        weights = [weight for person in self.voters for weight in person.wishes.values()]
        self.usual_weight = round(sum(weights) / len(weights)) if weights else 1

    def people(self) -> list[Person]:
        wishes: list[dict[str, int]] = [{} for _ in range(self.size)]
        for topic, share in zip(self.topics, self._shares(), strict=True):
            count = min(self.size, max(0, round(share * self.audience) - self.named[topic.id]))
            for _, _, member in sorted(self._order(topic))[:count]:
                wishes[member][topic.id] = self._model(member).get(topic.id, self.usual_weight)
        return [Person(f"{self.prefix}{member}", own, is_forecast=True) for member, own in enumerate(wishes) if own]

    def _shares(self) -> list[float]:
        """What share of the audience would come to each topic."""
        by_theme: defaultdict[str, list[float]] = defaultdict(list)
        for topic in self.topics:
            by_theme[topic.theme or f"\0{topic.id}"].append(self._seen(topic))
        means = {theme: sum(shares) / len(shares) for theme, shares in by_theme.items()}
        trust = len(self.voters) / (len(self.voters) + PRIOR_VOTERS)
        return [
            trust * self._named_share(topic)
            + (1 - trust) * (self._seen(topic) if topic.hands else means[topic.theme or f"\0{topic.id}"])
            for topic in self.topics
        ]

    def _seen(self, topic: Topic) -> float:
        """The share that hands show; without hands the one among voters."""
        if topic.hands:
            return (self.named[topic.id] + topic.hands) / self.audience
        return self._named_share(topic)

    def _named_share(self, topic: Topic) -> float:
        return self.named[topic.id] / len(self.voters) if self.voters else 0.0

    def _order(self, topic: Topic) -> Iterator[tuple[bool, int, int]]:
        """The crowd by liking: first whose model wishes for the topic, then by a lot of the theme."""
        for member in range(self.size):
            likes = topic.id in self._model(member)
            drawn = topic.id if likes or not topic.theme else topic.theme
            yield not likes, zlib.crc32(f"{drawn}\0{member}".encode()), member

    def _model(self, member: int) -> dict[str, int]:
        return dict(self.voters[member % len(self.voters)].wishes) if self.voters else {}


def _audience(problem: Problem, named: Counter[str]) -> int:
    """How many people there are: as told, and never fewer than have been seen."""
    most_seen = max((named[topic.id] + topic.hands for topic in problem.topics), default=0)
    audience = max(problem.audience or 0, len(problem.people), most_seen)
    if audience > MOST_AUDIENCE:
        raise BrokenInput("audience", f"is {audience} with hands, more than the {MOST_AUDIENCE} forecast at most")
    return audience


def _free_prefix(problem: Problem) -> str:
    prefix = "forecast "
    while any(person.id.startswith(prefix) for person in problem.people):
        prefix = f"~{prefix}"
    return prefix
