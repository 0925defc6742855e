"""The flagship's controlled vocabularies: value, definition and the term of another standard."""

from factpack import Vocabulary


class Realisation(Vocabulary):
    """Factuality of a statement, as FactBank grades it."""

    REALISED = "realised", "reported as having happened", "FactBank CT+"
    ONGOING = "ongoing", "reported as continuing or as a standing practice", "FactBank CT+"
    PLANNED = "planned", "announced intention or scheduled", "PLOVER: code as AGREE, not CONSULT"
    EXPECTED = "expected", "said to be expected, no commitment or date", "FactBank PR+"
    REQUESTED = "requested", "asked, urged or required of an addressee", "deontic"
    NORMATIVE = "normative", "said to be necessary or important, nobody addressed", "deontic"
    FORECAST = "forecast", "predicted situation", "FactBank PR+"
    NOT_APPLICABLE = "not_applicable", "descriptive or metadata record"


class Attribution(Vocabulary):
    """Who asserts what a quote says."""

    JOURNALIST = "journalist", "narrator voice of the article, no source named", "UCDP source_original empty"
    OFFICIAL_SPEECH = "official_speech", "reported speech of a named official"
    OFFICIAL_REPORT = "official_report", "reports released or presented at an event"
    INTERVIEWEE = "interviewee", "answer in an interview"
    INTERVIEWER = "interviewer", "question in an interview"
    CAPTION = "caption", "photo or video caption or credit"
    DATELINE = "dateline", "dateline, byline, agency credit, headline, heading"
    CRAWL_HEADER = "crawl_header", "line added by the crawler"
    TEASER = "teaser", "related-article teaser"
    PLATFORM = "platform", "page furniture of the distribution platform"


class Aggregation(Vocabulary):
    """What kind of sum a figure is."""

    COUNT = "count", "number of things in an event or set"
    STOCK = "stock", "number existing at as_of"
    TOTAL = "total", "sum over the period"
    ANNUAL_AVERAGE = "annual_average", "mean per year over the period"


class ActorKind(Vocabulary):
    """What kind of actor it is."""

    PERSON = "person", "individual", "Popolo Person; FtM Person"
    ORGANIZATION = (
        "organization",
        "named organisation or organ",
        "Popolo Organization; FtM PublicBody/Organization",
    )
    COLLECTIVE = (
        "collective",
        "unnamed category of bodies or people acting as one (ministries, people's organisations)",
        "CAMEO generic agent",
    )
    EVENT_SOURCE = "event_source", "document-like source acting as speaker (conference reports)"


class ActorClassification(Vocabulary):
    """Popolo classification of an actor."""

    PARTY_ORGAN = (
        "party_organ",
        "organ of the Communist Party of Viet Nam",
        "FtM topic pol.party + gov.executive",
    )
    STATE_ORGAN = "state_organ", "government, ministry or head of government office", "FtM gov.national"
    MASS_ORGANIZATION = "mass_organization", "Fatherland Front and similar"
    FRIENDSHIP_UNION = "friendship_union", "VUFO and its member organisations"
    EMBASSY = "embassy", "diplomatic mission", "COW Diplomatic Exchange"
    PEOPLE_FORUM = "people_forum", "people's forum or peace movement"
    IGO = "igo", "intergovernmental organisation or its mechanisms", "COW IGO; FtM gov.igo"
    INGO = "ingo", "foreign or international NGO", "COLT/IGO; FtM"
    POLITICAL_PARTY = "political_party", "party other than CPV", "ParlGov party; FtM pol.party"
    NEWS_MEDIA = "news_media", "publisher, agency, platform", "schema.org NewsMediaOrganization"
    PUBLIC_CATEGORY = "public_category", "social category (youth, scholars, businesses, overseas Vietnamese)"
    PERSON = "person", "person"


class EventType(Vocabulary):
    """What kind of event it is."""

    REVIEW_CONFERENCE = (
        "review_conference",
        "annual conference that reviews a year and sets tasks for the next",
        "PLOVER CONSULT/multilateral",
    )
    POLICY_CONFERENCE = "policy_conference", "conference issuing policy guidance", "PLOVER CONSULT"
    ASSEMBLY = "assembly", "plenary of an international organisation", "PLOVER CONSULT/multilateral"
    COMMEMORATION = "commemoration", "anniversary activity", "PLOVER SUPPORT"
    FRIENDSHIP_YEAR = "friendship_year", "officially declared year with a partner country", "PLOVER SUPPORT"
    CULTURAL_PROGRAMME = "cultural_programme", "exhibition, show, workshop", "AidData cultural diplomacy"
    ACTIVITY_SERIES = "activity_series", "unspecified series of activities", "PLOVER COOPERATE"


class InvolvementRole(Vocabulary):
    """How an actor takes part in a record."""

    ORGANISER = "organiser", "schema.org organizer"
    SPEAKER = "speaker", "gave a speech; schema.org performer/actor"
    ATTENDEE = "attendee", "sent or was a participant; schema.org attendee"
    REPORTING_BODY = "reporting_body", "issued the report used"
    ADDRESSEE = "addressee", "body a task is addressed to", "PLOVER recipient"
    ASSIGNER = "assigner", "person or body who sets a task", "PLOVER actor"
    PERFORMER = "performer", "actor credited with an achievement or activity", "schema.org agent"
    BENEFICIARY = "beneficiary", "receives aid or benefit", "PLOVER AID recipient"
    HONOUREE = "honouree", "receives an honour"
    AWARDER = "awarder", "confers an honour"
    ISSUER = "issuer", "issues a policy document", "ELI passed_by"
    IMPLEMENTER = "implementer", "carries out a programme"
    SIDE_PROGRAMME_ORGANISER = (
        "side_programme_organiser",
        "organises people-to-people activities around a high-level visit",
    )
    TARGET = "target", "audience or partner category to be reached"
    DEPICTED = "depicted", "shown in a photo", "schema.org about"


class CountryRole(Vocabulary):
    """How a country takes part in a record."""

    PARTNER = "partner", "counterpart of an activity, agreement or programme"
    DESTINATION = "destination", "country visited", "COLT host country"
    ORIGIN = "origin", "country the visitor represents", "COLT leader country"
    HONOREE = "honoree", "country whose relation is commemorated"
    BENEFICIARY = "beneficiary", "receives aid or solidarity"
    VENUE = "venue", "country where it takes place"
    MENTIONED = "mentioned", "named without a stated role"


class DocumentType(Vocabulary):
    """Type of a policy document."""

    RESOLUTION = "resolution", "nghi quyet (NQ)", "ELI type_document"
    DIRECTIVE = "directive", "chi thi (CT)"
    CONCLUSION = "conclusion", "ket luan (KL)"
    GUIDELINES = "guidelines", "unspecified policies, guidelines, guiding documents"


class Modality(Vocabulary):
    """In which words a task is set."""

    ASKED = "asked", "asked / called on"
    URGED = "urged", "urged"
    REQUESTED = "requested", "requested"
    SHOULD = "should", "should / necessity stated for the addressee"
    IMPERSONAL = "impersonal", '"it is necessary", no addressee'


class PartnerActivityType(Vocabulary):
    """What kind of activity with partners it is."""

    HO_CHI_MINH_HONOUR = (
        "ho_chi_minh_honour",
        "activities honouring Ho Chi Minh with a foreign partner",
        "AidData cultural",
    )
    COMMEMORATIVE_EVENT = (
        "commemorative_event",
        "joint events for milestones, national days, holidays",
        "AidData cultural",
    )
    COOPERATION_INTENSIFIED = (
        "cooperation_intensified",
        "efforts to strengthen cooperation",
        "PLOVER COOPERATE",
    )
    SOLIDARITY_SUPPORT = "solidarity_support", "solidarity and support initiatives", "PLOVER SUPPORT/AID"
    FRIENDSHIP_STRENGTHENING = (
        "friendship_strengthening",
        "strengthening or expanding friendly relations",
        "PLOVER SUPPORT",
    )
    FORUM_PARTICIPATION = (
        "forum_participation",
        "engagement in a people's forum or mechanism",
        "PLOVER CONSULT/multilateral",
    )
    PANDEMIC_AID = "pandemic_aid", "Covid-19 aid", "PLOVER AID, context health"
    ACTIVITY_FORM = "activity_form", "form or channel of activity without a partner"


class ClaimType(Vocabulary):
    """What a statement is about."""

    PILLAR = "pillar", "place of people-to-people diplomacy among the pillars"
    ROLE = "role", "function attributed to people-to-people diplomacy"
    CONCEPT = "concept", "doctrine or metaphor"
    FORECAST = "forecast", "predicted situation"
    CONTEXT = "context", "situation in which results were obtained"
    APPRAISAL = "appraisal", "evaluation or appeal without a task"


class RecordLinkRelation(Vocabulary):
    """How one record relates to another."""

    ADDRESSES = "addresses", "achievement or activity addresses an earlier task (same theme, later report)"
    RESTATES = "restates", "later task or programme repeats an earlier one"
    IMPLEMENTS = "implements", "programme implements a policy document", "ELI/prov"
    PART_OF = "part_of", "sub-lesson, sub-programme, event inside a year", "schema.org superEvent"
    DERIVED_FROM = "derived_from", "text of a record derives from another", "PROV wasDerivedFrom"


class Salience(Vocabulary):
    """Whether a fact is one of the article's main points."""

    CORE = "core", "one of the article's main points"
    DETAIL = "detail", "all other facts"


class Genre(Vocabulary):
    """What kind of article it is."""

    NEWS_REPORT = "news_report", "first-hand report of an event"
    REWRITE = "rewrite", "retells another report in other words"
    FEATURE = "feature", "article on a subject rather than an event"
    INTERVIEW = "interview", "questions and answers"


class MediaType(Vocabulary):
    """Kind of picture."""

    PHOTO = "photo", "photograph", "schema.org ImageObject"
    VIDEO = "video", "moving pictures", "schema.org VideoObject"


class PlaceType(Vocabulary):
    """Kind of place."""

    CITY = "city", "city"
    TOWN = "town", "town"
    PORT = "port", "port"


class Direction(Vocabulary):
    """Direction of a visit, seen from Viet Nam."""

    OUTGOING = "outgoing", "from Viet Nam to another country"
    INCOMING = "incoming", "from another country to Viet Nam"


class TaskKind(Vocabulary):
    """Whether a task is something to do or something to reach."""

    ACTION = "action", "something to do"
    GOAL = "goal", "purpose clause of an action"


class ProgrammeKind(Vocabulary):
    """What an element of a programme is."""

    ACTION = "action", "something to do"
    OBJECTIVE = "objective", "what it is done for"
    ISSUE = "issue", "a subject named for cooperation"


class Flow(Vocabulary):
    """Direction of money, goods or people, seen from Viet Nam."""

    INBOUND = "inbound", "towards Viet Nam"
    OUTBOUND = "outbound", "from Viet Nam"
    NONE = "none", "no direction"
