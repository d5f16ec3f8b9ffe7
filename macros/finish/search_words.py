"""The words of a text as the search compares them: one form for plural, possessive, British and American spelling.

The rules are data: they travel in the index, and the browser applies the same ones to what a reader types. So a
pattern uses only what regular expressions of Python and of JavaScript read alike, and a replacement names a group as
``$1``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Words that say nothing of what is looked for, as typed; a query of nothing else keeps them.
STOPS = frozenset(
    "a about across am an and any are as at be been between by can could did do does dont for from had has have how i if im in into "
    "is it its many me much my no not of on one or our out please should so than that the their them then there these they "
    "this to up us versus vs was we were what when where which who why will with would you your".split()
)
# Words of which most questions about this subject are made. They count a little, and never have to be there.
WEAK = frozenset(
    "answer answers app application asked asks best better build building choose describe design designing difference "
    "differences example examples explain feature find get gets give go goes good handle handled handles handling happen "
    "happens implement implementation interview interviewer interviews know like make makes mean meaning meant means method "
    "need needs netflix pattern problem problems question questions say says system systems talk technique tell "
    "thing things tips use used user users uses using want way ways work working works".split()
)
# How a question begins, and what is asked for by that: words which, like the weak ones, never have to be there. A
# pattern is for the query in lower case, and the first that fits counts.
OPENINGS: tuple[tuple[str, str], ...] = (
    (
        "^(please )?((can you |could you )?(tell (me|us) about|describe|(give|share)( me| us)?( an)? example of|talk about|think of) "
        "(a |any )?(time|times|situation|occasion|moment)|tell (me|us) about) ?(when|where|that|in which)? ?(you|your)? ",
        "culture probe",
    ),
    (
        "^(please )?(how (would|will|do|can|could|should) (you|i|we|one) design (an? |the )?|design (an? |the |me )(an? )?)",
        "prompt",
    ),
)
# What people type, and the words by which the guide says it. Each of the first asks for all of the second too.
SYNONYMS: tuple[tuple[str, str], ...] = (
    ("typeahead", "autocomplete"),
    ("login signin signup", "sign"),
    ("ssl", "tls"),
    ("throttling throttle", "limit limiter shedding"),
    ("duplicate duplicates", "dedup deduplication"),
    ("celebrity viral", "hot"),
    ("outage down unavailable", "lost loss"),
    ("movie film show", "title"),
    ("customer subscriber", "member"),
    ("thumbnail poster", "artwork image"),
    ("chunk", "segment"),
    ("mysql postgres postgresql oracle mariadb sql", "relational"),
    ("nosql dynamodb mongodb hbase scylladb bigtable", "cassandra"),
    ("rabbitmq sqs kinesis pulsar", "kafka queue"),
    ("ui", "interface"),
    ("mobile", "phone device"),
    ("ios android", "device"),
    ("database db datastore", "store"),
    ("ml", "model"),
    ("metric", "telemetry monitoring"),
    ("bandwidth", "capacity"),
    ("etl", "pipeline"),
    ("scalability scale", "capacity"),
    ("job vacancy", "posting"),
    ("coworker teammate", "peer colleague"),
    ("boss", "manager"),
    ("stakeholder", "partner"),
    ("behavioral behavioural", "culture"),
    ("failed failure failures", "mistake wrong"),
    ("conflict", "disagree"),
    ("parental kids", "profile"),
    ("chatgpt copilot gpt claude cursor", "ai assistant"),
)
# Applied in this order, each once, to a word of at least three letters.
RULES: tuple[tuple[str, str], ...] = (
    ("^ads$", "ad"),
    ("^(add|fill)(s|ed|ing)?$", "$1e"),  # not "ad" and "file"
    ("^two$", "2"),
    ("^three$", "3"),
    ("^four$", "4"),
    ("^five$", "5"),
    ("^six$", "6"),
    ("^eight$", "8"),
    ("^ten$", "10"),
    ("^grey$", "gray"),
    ("artefact", "artifact"),
    ("judgement", "judgment"),
    ("practic", "practis"),
    ("(ies?|ied)$", "y"),
    ("([a-z0-9]{2}[a-rtv-z0-9])s$", "$1"),  # not 'ss' and 'us'
    ("is(e|ed|er|ing|ation)$", "iz$1"),
    ("ys(e|ed|er|ing)$", "yz$1"),
    ("([a-z]{3})our", "$1or"),
    ("tre$", "ter"),
    ("ogue$", "og"),
    ("amme$", "am"),
    ("ence$", "ense"),
    ("([a-z]{4})(ation|ate|ated|ating|ing|ed|ion)$", "$1"),
    ("([a-z]{3})(ing)$", "$1"),
    ("([bdgklmnprtz])\\1$", "$1"),
    ("([a-z]{3})e$", "$1"),
)
_RULES = tuple((re.compile(pattern), re.sub(r"\$(\d)", r"\\\1", new)) for pattern, new in RULES)
_APART = re.compile("[^a-z0-9]+")


def spelled(text: str) -> list[str]:
    """Return the words of `text` in lower case, without accents, possessives and signs: ``Hot-keys' TTL`` gives three."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    bare = re.sub("['\u2019](s(?![a-z0-9])|)", "", bare)
    return [word for word in _APART.split(bare) if word]


@cache
def form(word: str) -> str:
    """Return the form under which a word of `spelled` is found: ``caches``, ``caching`` and ``cached`` give ``cach``."""
    if len(word) > 2:
        for pattern, new in _RULES:
            word = pattern.sub(new, word, count=1)
    return word


def forms(text: str) -> list[str]:
    """Return the forms of the words of `text`, in order, without those that say nothing."""
    return [form(word) for word in spelled(text) if word not in STOPS]


def synonyms() -> dict[str, list[str]]:
    """Return, by the form of what people type, the forms of what the guide says for it."""
    found: dict[str, dict[str, None]] = {}
    for typed, said in SYNONYMS:
        for word in typed.split():
            found.setdefault(form(word), {}).update(dict.fromkeys(form("".join(spelled(one))) for one in said.split()))
    return {one: list(others) for one, others in sorted(found.items())}
