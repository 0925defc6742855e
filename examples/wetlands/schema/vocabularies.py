"""The dataset's controlled vocabularies."""

from factpack import Vocabulary


class Status(Vocabulary):
    """Whether what is told has come about."""

    DONE = "done", "told as having happened, or as so"
    PLANNED = "planned", "told as intended, promised or scheduled"
    NOT_DONE = "not_done", "told as not having happened, though it was planned"
    NOT_APPLICABLE = "not_applicable", "a description of an article"


class Genre(Vocabulary):
    """What kind of text it is."""

    BULLETIN = "bulletin", "field bulletin or ringing news"
    PRESS_NOTE = "press_note", "written for newspapers"
    DIARY = "diary", "a warden's diary, in the first person"
    MINUTES = "minutes", "minutes of the committee"
    CORRECTION = "correction", "corrects an earlier bulletin"


class Counted(Vocabulary):
    """What one of the number is."""

    BIRD = "bird", "an individual"
    PAIR = "pair", "a breeding pair"
    BROOD = "brood", "a family of chicks"


class Stage(Vocabulary):
    """How far a grant has come."""

    PROMISED = "promised", "promised, not paid yet"
    AWARDED = "awarded", "granted; whether it is paid is not told"
    PAID = "paid", "paid or given"


class Condition(Vocabulary):
    """How a ringed bird was found."""

    DEAD = "dead", "found dead"
    ALIVE = "alive", "found alive, or its ring read in the field"


class Kind(Vocabulary):
    """What an observation is about."""

    THREAT = "threat", "harm to birds or to the site, or a danger of it"
    MANAGEMENT = "management", "what the wardens or the network do or ask for"
    BIRDS = "birds", "what birds did, beside their number"
    METHOD = "method", "how a count was made, and how far it can be relied on"
    HISTORY = "history", "what was before"
    EVENT = "event", "a meeting or a feast, and what was said there"
