"""Plan files of offices that do not exist, drawn at random, as plain values (JSON is YAML)."""

from datetime import date, timedelta

from hypothesis import strategies as st

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), include_characters=" "),
    min_size=1,
    max_size=40,
).map(lambda words: f"A{words}".strip())
SUMS = st.integers(0, 10**8).map(lambda pence: f"{pence / 100:.2f}" if pence % 100 else str(pence // 100))
YEARS = st.integers(1990, 2090)


def maybe(strategy):
    return st.none() | strategy


def without_nothing(entries):
    return {name: value for name, value in entries.items() if value is not None}


class Figure(float):
    """A number that JSON writes with the very digits drawn."""

    def __new__(cls, words):
        self = super().__new__(cls, words)
        self.words = words
        return self

    def __repr__(self):
        return self.words


FIGURES = SUMS.map(Figure)
PERCENT = st.integers(1, 100)
KINDS = st.sampled_from(["CSP", "CHARITY", "POLICE", "CIC", "HEALTH"])


@st.composite
def rule_sets(draw, *, terms, sets):
    first = draw(st.integers(1, 99))
    least = draw(st.integers(1, 24))
    money = draw(st.sampled_from(["BIDS", "NEGOTIATED", "SAME_AS_LAST_YEAR", "FORMULA"]))
    weight = draw(st.integers(1, 99))
    return without_nothing(
        {
            "name": draw(WORDS),
            "terms": draw(st.sampled_from(terms)),
            "money_set_by": money,
            "formulas": [
                {
                    "floor": Figure("100.50"),
                    "damping_percent": draw(PERCENT),
                    "why": draw(WORDS),
                    "weights": [
                        {"key": "people", "name": draw(WORDS), "weight": weight},
                        {"key": "crime", "name": draw(WORDS), "weight": 100 - weight},
                    ],
                }
                for _ in range(draw(st.integers(1, 2)) if money == "FORMULA" else 0)
            ],
            "open_to_kinds": draw(st.lists(KINDS, unique=True, max_size=3)),
            "open_to_areas": draw(st.lists(WORDS, max_size=2)),
            "invited_only": draw(st.booleans()),
            "current_recipients_only": draw(st.booleans()),
            "months_least": draw(maybe(st.just(least))),
            "months_most": draw(maybe(st.just(least + 12))),
            "over_commitment_percent": draw(PERCENT),
            "lots": [
                {"name": f"{n} {draw(WORDS)}", "budget": Figure("5000"), "floor": Figure("10.50"), "cap": Figure("900")}
                for n in range(draw(st.integers(0, 2)) if money == "BIDS" else 0)
            ],
            "match": draw(st.sampled_from([[], [{"percent": 25, "severity": "WARN"}]])),
            "questions": draw(st.sampled_from([[], sets])),
            "limits": [
                {"on": on, "amount": Figure("35000"), "severity": "NEEDS_EXCEPTION", "source": "page"}
                for on in draw(st.lists(st.sampled_from(["CASE_YEAR", "PROJECT_TOTAL", "APPLICANT_YEAR"]), unique=True))
            ],
            "stages": [
                {
                    "kind": "SCORED",
                    "name": draw(WORDS),
                    "evaluators": 2,
                    "pass_percent": draw(maybe(PERCENT)),
                    "criteria": [
                        {
                            "title": draw(WORDS),
                            "weight": draw(st.integers(1, 9)),
                            "guides": [{"score": 0, "meaning": draw(WORDS)}, {"score": 5, "meaning": draw(WORDS)}],
                        },
                        {"title": draw(WORDS)},
                    ],
                },
                {"kind": "COMMISSIONER", "name": draw(WORDS)},
            ],
            "standards": draw(
                st.sampled_from(
                    [[], ["safety"], [{"kind": "cover", "holds": "EVERY", "for_kinds": ["CHARITY"]}, "safety"]]
                )
            ),
            "instalments": [
                {"share": first, "condition": "TERMS_ACCEPTED"},
                {"share": 100 - first, "condition": "DAY_REACHED", "due_when": "SET_DAY", "due_on": "2031-02-03"},
            ],
            "reporting": [{"kind": "YEAR_END", "due_working_days": draw(st.integers(0, 60))}],
            "approvals": [{"kind": "TIME", "level": "OFFICER", "up_to_days": draw(st.integers(0, 90))}],
        }
    )


@st.composite
def plans(draw):
    """A plan of an office that does not exist, as plain values."""
    year = draw(YEARS)
    start, end = date(year, 4, 1), date(year + 1, 3, 31)
    days = {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
    bodies = [f"body-{n}" for n in range(draw(st.integers(1, 4)))]
    streams = [f"stream-{n}" for n in range(draw(st.integers(1, 4)))]
    rules = [f"rules-{n}" for n in range(draw(st.integers(1, 2)))]
    sourced = {"source": draw(st.sampled_from(["page", "own", ["page", "own"]]))}
    return {
        "file": "drawn",
        "sources": {
            "page": {"what": draw(WORDS), "url": "https://example.org/a(b)"},
            "own": {"what": "Minutes", "office": True},
        },
        "organisations": {
            "office": {"name": "The office", "kind": "OFFICE"},
            **{
                key: {"name": f"{key} {draw(WORDS)}", "kind": draw(KINDS), "areas": draw(st.lists(WORDS, max_size=2))}
                for key in bodies
            },
        },
        "office": {
            "key": "the-office",
            "organisation": "office",
            "name": draw(WORDS),
            "short_name": "Office",
            "commissioner_title": draw(WORDS),
            "brand_colour": "#123456",
            "accent_colour": "#654321",
        },
        "plan": {"key": "the-plan", "title": draw(WORDS), "purpose": draw(WORDS), **days},
        "learning": {
            f"area-{n}": {"area": draw(WORDS), "evidence": draw(WORDS)} for n in range(draw(st.integers(0, 2)))
        },
        "priorities": {f"priority-{n}": {"name": draw(WORDS)} for n in range(draw(st.integers(0, 3)))},
        "movable_events": {
            "vote": {"name": draw(WORDS), "first_expected_on": "2030-05-07", "expected_on": "2031-05-06", **sourced}
        },
        "funding_sources": {
            "money": without_nothing(
                {
                    "name": draw(WORDS),
                    "funder": draw(WORDS),
                    "amount": draw(maybe(FIGURES)),
                    "carry_over_allowed": draw(st.booleans()),
                    "carry_over_percent": draw(maybe(PERCENT)),
                    **days,
                    **sourced,
                    "movements": [
                        {"kind": "INCREASED", "amount": Figure("1.01"), "on": start.isoformat(), "reason": draw(WORDS)}
                    ],
                }
            ),
        },
        "streams": {
            key: {
                "number": str(n + 1),
                "code": f"S{n}",
                "name": draw(WORDS),
                "description": draw(WORDS),
                "funding_sources": ["money"],
                **sourced,
            }
            for n, key in enumerate(streams)
        },
        "plan_sections": {
            "first": {"number": "1", "title": draw(WORDS), "words": draw(WORDS)},
            "second": {"title": draw(WORDS), "kind": "STREAM", "stream": streams[0]},
        },
        "plan_changes": {"one": {"on": start.isoformat(), "title": draw(WORDS), "reason": draw(WORDS)}},
        "terms": {
            "standard": {"title": draw(WORDS), "version": "1", "conditions": [{"number": "1", "text": draw(WORDS)}]},
            "later": {
                "title": draw(WORDS),
                "version": "2",
                "follows": "standard",
                "conditions": [{"number": "1", "text": draw(WORDS), "streams": sorted(streams)}],
            },
        },
        "standard_kinds": {
            "safety": {"name": draw(WORDS), "must_expire": draw(st.booleans()), "order": 1},
            "cover": {"name": draw(WORDS), "guidance": draw(WORDS), "lasts_months": draw(st.integers(1, 120))},
        },
        "school_terms": {
            "autumn": {"name": draw(WORDS), "starts_on": "2020-09-03", "ends_on": "2020-12-18", **sourced},
        },
        "school_topics": {"knives": {"name": draw(WORDS), "most_in_term": draw(st.integers(1, 50)), **sourced}},
        "complaint_stages": {
            "first": {
                "number": 1,
                "name": draw(WORDS),
                "answered_by": "PROVIDER",
                "acknowledge_days": 2,
                "answer_days": draw(st.integers(2, 120)),
                **sourced,
            },
            "another": {
                "number": 5,
                "name": draw(WORDS),
                "answered_by": "HEAD",
                "acknowledge_days": 1,
                "answer_days": 9,
            },
        },
        "question_sets": {
            "about": {
                "title": draw(WORDS),
                "questions": [
                    {"key": "young", "label": draw(WORDS), "kind": "YES_NO"},
                    {
                        "key": "schools",
                        "label": draw(WORDS),
                        "kind": "CHOICES",
                        "options": ["One", "2"],
                        "shown_if": "young",
                        "shown_for": ["yes"],
                    },
                ],
            }
        },
        "rule_sets": {key: draw(rule_sets(terms=["standard"], sets=["about"])) for key in rules},
        "awards": {
            f"award-{n}": without_nothing(
                {
                    "stream": draw(st.sampled_from(streams)),
                    "recipient": draw(st.sampled_from(bodies)),
                    "title": draw(WORDS),
                    "purpose": draw(WORDS),
                    "period": f"{year}/{year + 1}",
                    "amount": draw(maybe(FIGURES)),
                    **sourced,
                }
            )
            for n in range(draw(st.integers(0, 3)))
        },
        "rounds": {
            "past": {
                "stream": streams[0],
                "rule_set": rules[0],
                "name": draw(WORDS),
                "recorded": True,
                **days,
                **sourced,
            },
            "next": without_nothing(
                {
                    "stream": streams[-1],
                    "rule_set": rules[-1],
                    "funding_source": "money",
                    "name": draw(WORDS),
                    **days,
                    **sourced,
                    "opens_on": (start - timedelta(60)).isoformat(),
                    "deadline_on": (start - timedelta(9)).isoformat(),
                    "budget": draw(maybe(SUMS.filter(lambda words: float(words) > 0).map(Figure))),
                    "invitations": bodies[:2],
                    "follows": "past",
                }
            ),
        },
        "commitments": {
            "post": without_nothing(
                {
                    "stream": streams[0],
                    "title": draw(WORDS),
                    "year": f"{year}",
                    "amount": draw(maybe(FIGURES)),
                    "purpose": draw(WORDS),
                    **sourced,
                }
            ),
        },
        "opportunities": {
            "fund": without_nothing(
                {
                    "funder": draw(WORDS),
                    "fund": draw(WORDS),
                    "closes_on": end.isoformat(),
                    "amount": draw(maybe(FIGURES)),
                    **sourced,
                    "partners": [draw(WORDS)],
                    "tasks": [{"task": draw(WORDS), "due_on": start.isoformat()}],
                }
            ),
        },
    }
