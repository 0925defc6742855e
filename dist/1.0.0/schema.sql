-- Viet Nam's people-to-people diplomacy, 2021-2024 1.0.0: the tables, in SQL for SQLite, DuckDB and PostgreSQL.
-- Load the CSV files of data/ in this order; an empty cell is NULL.
-- Where a table refers to itself, DuckDB wants the row referred to first.

CREATE TABLE "records" (  -- Every record of the dataset, whatever its table: what all of them have in common.
    "record_id" TEXT NOT NULL,  -- Id of the record in its table.
    "record_type" TEXT NOT NULL CHECK ("record_type" IN ('articles', 'media_items', 'events', 'anniversaries', 'honours', 'quantities', 'partner_activities', 'agreements', 'policy_documents', 'policy_demands', 'tenures', 'visits', 'tasks', 'achievements', 'lessons', 'programmes', 'claims')),  -- The table that holds its values.
    "label" TEXT NOT NULL,  -- One line that says what it is, made by the model's template.
    "note" TEXT,  -- A curator's note on the reading. Judged: the curator's note.
    "review" TEXT CHECK ("review" IN ('draft', 'reviewed')),  -- How far the record has been reviewed. Judged: as recorded by the reviewer.
    "reviewer" TEXT,  -- Who reviewed it. Judged: as recorded by the reviewer.
    "realisation" TEXT NOT NULL CHECK ("realisation" IN ('realised', 'ongoing', 'planned', 'expected', 'requested', 'normative', 'forecast', 'not_applicable')),  -- Whether it is reported as done, planned, asked for or predicted. Supported by the words of the quotes.
    "salience" TEXT CHECK ("salience" IN ('core', 'detail')),  -- Whether the fact is one of the article's main points. Judged: core: one of the article's main points; detail: the rest.
    "article_count" BIGINT NOT NULL CHECK ("article_count" >= 0),  -- Number of articles that report it.
    "independent_count" BIGINT NOT NULL CHECK ("independent_count" >= 0),  -- Number of articles that report it, dependent ones counted once.
    PRIMARY KEY ("record_id")
);

CREATE TABLE "media_items" (  -- Photos and videos of the articles.
    "media_item_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "media_type" TEXT NOT NULL CHECK ("media_type" IN ('photo', 'video')),  -- Photo or video. Supported by the words of the quotes.
    "caption" TEXT,  -- Caption as printed. Supported by the words of the quotes.
    "credit" TEXT,  -- Credit as printed. Supported by the words of the quotes.
    "depicted_record_id" TEXT,  -- The record that the picture shows. Judged: the caption names what the record is about.
    PRIMARY KEY ("media_item_id"),
    FOREIGN KEY ("media_item_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("depicted_record_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "quantities" (  -- Figures with unit, bound and period.
    "quantity_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "subject_record_id" TEXT,  -- The record that is measured. Judged: the record that the same passage describes.
    "measure" TEXT NOT NULL,  -- What is measured. Supported by the words of the quotes.
    "value" DOUBLE PRECISION,  -- The number printed; empty where only a magnitude or an unspecified many is printed. Supported by the words of the quotes.
    "comparator" TEXT NOT NULL CHECK ("comparator" IN ('eq', 'gt', 'ge', 'le', 'between', 'lt', 'approx_below', 'approx', 'magnitude', 'unspecified_many')),  -- How the printed words bound the number. Supported by the words of the quotes.
    "value_min" DOUBLE PRECISION,  -- How the printed words bound the number. Lower bound that the words give.
    "value_max" DOUBLE PRECISION,  -- How the printed words bound the number. Upper bound that the words give.
    "value_as_reported" TEXT,  -- How the printed words bound the number. The article's own words for it.
    "unit" TEXT NOT NULL,  -- Unit: the noun counted, or the ISO 4217 code of money. Supported by the words of the quotes.
    "aggregation" TEXT NOT NULL CHECK ("aggregation" IN ('count', 'stock', 'total', 'annual_average')),  -- What kind of sum it is. Judged: count, stock, total or average, as the sentence puts it.
    "period_edtf" TEXT,  -- The period that the figure covers. Supported by the words of the quotes.
    "period_min" DATE,  -- The period that the figure covers. Earliest day compatible with it.
    "period_max" DATE,  -- The period that the figure covers. Latest day compatible with it.
    "period_precision" TEXT CHECK ("period_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- The period that the figure covers. To what it is known.
    "period_basis" TEXT CHECK ("period_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- The period that the figure covers. How it was obtained from the words.
    "period_as_reported" TEXT,  -- The period that the figure covers. The article's own words for it.
    "as_of_edtf" TEXT,  -- The date at which a stock is counted. Supported by the words of the quotes.
    "as_of_min" DATE,  -- The date at which a stock is counted. Earliest day compatible with it.
    "as_of_max" DATE,  -- The date at which a stock is counted. Latest day compatible with it.
    "as_of_precision" TEXT CHECK ("as_of_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- The date at which a stock is counted. To what it is known.
    "as_of_basis" TEXT CHECK ("as_of_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- The date at which a stock is counted. How it was obtained from the words.
    "as_of_as_reported" TEXT,  -- The date at which a stock is counted. The article's own words for it.
    "flow" TEXT NOT NULL CHECK ("flow" IN ('inbound', 'outbound', 'none')),  -- Direction of money or goods, seen from Viet Nam. Judged: inbound, outbound or none, seen from Viet Nam.
    PRIMARY KEY ("quantity_id"),
    FOREIGN KEY ("quantity_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("subject_record_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "partner_activities" (  -- Activities and relations with countries, groups and forums.
    "activity_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "activity_type" TEXT NOT NULL CHECK ("activity_type" IN ('ho_chi_minh_honour', 'commemorative_event', 'cooperation_intensified', 'solidarity_support', 'friendship_strengthening', 'forum_participation', 'pandemic_aid', 'activity_form')),  -- What kind of activity it is. Judged: by the definitions of the vocabulary.
    "text" TEXT NOT NULL,  -- The activity. Supported by the words of the quotes.
    "period_edtf" TEXT,  -- When it took place. Supported by the words of the quotes.
    "period_min" DATE,  -- When it took place. Earliest day compatible with it.
    "period_max" DATE,  -- When it took place. Latest day compatible with it.
    "period_precision" TEXT CHECK ("period_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- When it took place. To what it is known.
    "period_basis" TEXT CHECK ("period_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- When it took place. How it was obtained from the words.
    "period_as_reported" TEXT,  -- When it took place. The article's own words for it.
    "list_is_exhaustive" BOOLEAN CHECK ("list_is_exhaustive" IN (TRUE, FALSE)),  -- Whether the article lists all partners; false after "such as" or "including". Supported by the words of the quotes.
    PRIMARY KEY ("activity_id"),
    FOREIGN KEY ("activity_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "lessons" (  -- Lessons learned.
    "lesson_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "ordinal" BIGINT NOT NULL,  -- Which of the numbered lessons it is or belongs to. Judged: the number of the main lesson it belongs to, as the interview counts them.
    "text" TEXT NOT NULL,  -- The lesson. Supported by the words of the quotes.
    "is_main" BOOLEAN NOT NULL CHECK ("is_main" IN (TRUE, FALSE)),  -- Whether it is a main lesson or an element of one. Judged: a numbered lesson as a whole, or an element of one.
    "period_edtf" TEXT,  -- The experience that the lesson draws on. Supported by the words of the quotes.
    "period_min" DATE,  -- The experience that the lesson draws on. Earliest day compatible with it.
    "period_max" DATE,  -- The experience that the lesson draws on. Latest day compatible with it.
    "period_precision" TEXT CHECK ("period_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- The experience that the lesson draws on. To what it is known.
    "period_basis" TEXT CHECK ("period_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- The experience that the lesson draws on. How it was obtained from the words.
    "period_as_reported" TEXT,  -- The experience that the lesson draws on. The article's own words for it.
    PRIMARY KEY ("lesson_id"),
    FOREIGN KEY ("lesson_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "claims" (  -- Statements on role, pillars, doctrine, context and outlook.
    "claim_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "claim_type" TEXT NOT NULL CHECK ("claim_type" IN ('pillar', 'role', 'concept', 'forecast', 'context', 'appraisal')),  -- What the statement is about. Judged: by the definitions of the vocabulary.
    "text" TEXT NOT NULL,  -- The statement. Supported by the words of the quotes.
    "period_edtf" TEXT,  -- The time it is about. Supported by the words of the quotes.
    "period_min" DATE,  -- The time it is about. Earliest day compatible with it.
    "period_max" DATE,  -- The time it is about. Latest day compatible with it.
    "period_precision" TEXT CHECK ("period_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- The time it is about. To what it is known.
    "period_basis" TEXT CHECK ("period_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- The time it is about. How it was obtained from the words.
    "period_as_reported" TEXT,  -- The time it is about. The article's own words for it.
    PRIMARY KEY ("claim_id"),
    FOREIGN KEY ("claim_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "record_links" (  -- Typed links between records: the stages of the yearly cycle and parts of a whole.
    "record_link_id" TEXT NOT NULL,  -- Id of the record and of the element.
    "from_record_id" TEXT NOT NULL,  -- The record it belongs to.
    "to_record_id" TEXT NOT NULL,  -- The record that is linked to. Judged: the curator's comparison of both records.
    "relation" TEXT NOT NULL CHECK ("relation" IN ('addresses', 'restates', 'implements', 'part_of', 'derived_from')),  -- What kind of link it is. Judged: the curator's comparison of both records.
    PRIMARY KEY ("record_link_id"),
    FOREIGN KEY ("from_record_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("to_record_id") REFERENCES "records" ("record_id")
);

CREATE TABLE "countries" (  -- Countries, one row per ISO 3166-1 state named in the articles.
    "country_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [A-Z]{3})
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "iso2" TEXT NOT NULL,  -- ISO 3166-1 alpha-2 code. External: ISO 3166-1.
    "name" TEXT NOT NULL,  -- Short name in English. External: ISO 3166-1.
    "cow_code" BIGINT,  -- Correlates of War state number (ccode). External: Correlates of War, State System Membership v2016.
    "m49_region" TEXT NOT NULL,  -- UN M49 region. External: UN M49, geographic regions.
    "asean_member" BOOLEAN NOT NULL CHECK ("asean_member" IN (TRUE, FALSE)),  -- Whether the country was a member of ASEAN in the period covered. External: ASEAN, membership in 2021-2024.
    PRIMARY KEY ("country_id")
);

CREATE TABLE "agreements" (  -- Cooperation agreements.
    "agreement_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "partner_country_id" TEXT NOT NULL,  -- The partner country. Supported by the words of the quotes.
    "agreement_type" TEXT NOT NULL,  -- Type of agreement, as stated. Supported by the words of the quotes.
    "title" TEXT,  -- Title, where stated. Supported by the words of the quotes.
    "signed_edtf" TEXT,  -- Date of signing, where stated. Supported by the words of the quotes.
    "signed_min" DATE,  -- Date of signing, where stated. Earliest day compatible with it.
    "signed_max" DATE,  -- Date of signing, where stated. Latest day compatible with it.
    "signed_precision" TEXT CHECK ("signed_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- Date of signing, where stated. To what it is known.
    "signed_basis" TEXT CHECK ("signed_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- Date of signing, where stated. How it was obtained from the words.
    "signed_as_reported" TEXT,  -- Date of signing, where stated. The article's own words for it.
    PRIMARY KEY ("agreement_id"),
    FOREIGN KEY ("agreement_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("partner_country_id") REFERENCES "countries" ("country_id")
);

CREATE TABLE "country_groups" (  -- Groups of countries that the articles name without listing their members.
    "country_group_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "name" TEXT NOT NULL,  -- Label of the group. Judged: by the codebook.
    "definition" TEXT NOT NULL,  -- What the articles say, or do not say, about who belongs to it. Judged: by the codebook.
    PRIMARY KEY ("country_group_id")
);

CREATE TABLE "record_countries" (  -- Which countries, or groups of countries, a record concerns, and in which role.
    "record_country_id" TEXT NOT NULL,  -- Id of the record and of the element.
    "record_id" TEXT NOT NULL,  -- The record it belongs to.
    "country_id" TEXT,  -- The country. Supported by the words of the quotes.
    "country_group_id" TEXT,  -- The group of countries, where the article names a group and not its members. Supported by the words of the quotes.
    "role" TEXT NOT NULL CHECK ("role" IN ('partner', 'destination', 'origin', 'honoree', 'beneficiary', 'venue', 'mentioned')),  -- The role of the country in the record. Judged: the curator's reading of the sentence.
    PRIMARY KEY ("record_country_id"),
    FOREIGN KEY ("record_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id"),
    FOREIGN KEY ("country_group_id") REFERENCES "country_groups" ("country_group_id")
);

CREATE TABLE "places" (  -- Places below the level of countries.
    "place_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "name" TEXT NOT NULL,  -- Name with diacritics. Judged: by the codebook.
    "place_type" TEXT NOT NULL CHECK ("place_type" IN ('city', 'town', 'port')),  -- City, town or port. Judged: by the codebook.
    "country_id" TEXT NOT NULL,  -- The country it lies in. Judged: by the codebook.
    "where_precision" BIGINT NOT NULL,  -- How exactly the place is known. External: UCDP GED where_prec: 1 exact place, 2 city or town, 6 country only.
    PRIMARY KEY ("place_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id")
);

CREATE TABLE "actors" (  -- Persons, organisations and collectives (Popolo Person and Organization, FollowTheMoney LegalEntity).
    "actor_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "actor_kind" TEXT NOT NULL CHECK ("actor_kind" IN ('person', 'organization', 'collective', 'event_source')),  -- Person, organisation or unnamed collective. Judged: by the codebook.
    "name" TEXT NOT NULL,  -- Canonical name, with diacritics where an article prints them. Judged: by the codebook.
    "abbreviation" TEXT,  -- Abbreviation printed in an article. Judged: by the codebook.
    "classification" TEXT CHECK ("classification" IN ('party_organ', 'state_organ', 'mass_organization', 'friendship_union', 'embassy', 'people_forum', 'igo', 'ingo', 'political_party', 'news_media', 'public_category', 'person')),  -- Popolo classification; empty for reports, which are no bodies. Judged: by the codebook.
    "parent_actor_id" TEXT,  -- The body it belongs to, where an article says so. Judged: by the codebook.
    "country_id" TEXT,  -- The country it belongs to. Judged: by the codebook.
    PRIMARY KEY ("actor_id"),
    FOREIGN KEY ("parent_actor_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id")
);

CREATE TABLE "articles" (  -- Source articles (schema.org NewsArticle, Dublin Core).
    "article_id" TEXT NOT NULL,  -- Stem of the source's file name.
    "file_name" TEXT NOT NULL UNIQUE,  -- The source's file name.
    "sha256" TEXT NOT NULL,  -- SHA-256 of the source's bytes. (pattern: [0-9a-f]{64})
    "char_count" BIGINT NOT NULL CHECK ("char_count" >= 0),  -- Number of code points of the source.
    "language" TEXT NOT NULL,  -- BCP 47 language tag; decides how numbers and dates are read. Judged: the language the article is written in.
    "published_edtf" TEXT,  -- The day of publication, which relative dates are resolved against. Supported by the words of the quotes.
    "published_min" DATE,  -- The day of publication, which relative dates are resolved against. Earliest day compatible with it.
    "published_max" DATE,  -- The day of publication, which relative dates are resolved against. Latest day compatible with it.
    "published_precision" TEXT CHECK ("published_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- The day of publication, which relative dates are resolved against. To what it is known.
    "published_basis" TEXT CHECK ("published_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- The day of publication, which relative dates are resolved against. How it was obtained from the words.
    "published_as_reported" TEXT,  -- The day of publication, which relative dates are resolved against. The article's own words for it.
    "headline" TEXT,  -- Headline as printed. Supported by the words of the quotes.
    "genre" TEXT NOT NULL CHECK ("genre" IN ('news_report', 'rewrite', 'feature', 'interview')),  -- What kind of article it is. Judged: the curator's reading of the whole article.
    "publisher" TEXT,  -- Publisher, only where the text names it. Supported by the words of the quotes.
    "news_agency_credit" TEXT,  -- News agency credited, as printed. Supported by the words of the quotes.
    "platform" TEXT,  -- Platform that distributes the article, as printed. Supported by the words of the quotes.
    "dateline_place" TEXT,  -- Place of the dateline, as printed. Supported by the words of the quotes.
    "series_part" BIGINT,  -- Number of the part, where the article is part of a series. Supported by the words of the quotes.
    "url" TEXT,  -- Address of a public copy. External: a public copy of the article, not named in the file.
    "attribution" TEXT NOT NULL CHECK ("attribution" IN ('journalist', 'official_speech', 'official_report', 'interviewee', 'interviewer', 'caption', 'dateline', 'crawl_header', 'teaser', 'platform')),  -- Who asserts the article's quotes that do not say otherwise. Judged: who speaks in most of the article.
    "attributed_to_id" TEXT,  -- The person or body who asserts them. Judged: who speaks in most of the article.
    PRIMARY KEY ("article_id"),
    FOREIGN KEY ("article_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("attributed_to_id") REFERENCES "actors" ("actor_id")
);

CREATE TABLE "policy_documents" (  -- Policy documents (ELI / Akoma Ntoso style).
    "document_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "document_type" TEXT NOT NULL CHECK ("document_type" IN ('resolution', 'directive', 'conclusion', 'guidelines')),  -- Type of the document. Supported by the words of the quotes.
    "number" TEXT,  -- Number in normal form, such as 12-CT/TW. Supported by the words of the quotes.
    "number_as_printed" TEXT,  -- Number in normal form, such as 12-CT/TW. As printed.
    "issued_edtf" TEXT,  -- Date of issue, only where stated. Supported by the words of the quotes.
    "issued_min" DATE,  -- Date of issue, only where stated. Earliest day compatible with it.
    "issued_max" DATE,  -- Date of issue, only where stated. Latest day compatible with it.
    "issued_precision" TEXT CHECK ("issued_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- Date of issue, only where stated. To what it is known.
    "issued_basis" TEXT CHECK ("issued_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- Date of issue, only where stated. How it was obtained from the words.
    "issued_as_reported" TEXT,  -- Date of issue, only where stated. The article's own words for it.
    "issuer_id" TEXT,  -- Issuer, as stated. Supported by the words of the quotes.
    "subject" TEXT,  -- Subject, in the article's words. Supported by the words of the quotes.
    "horizon_year" BIGINT,  -- The year until which the document plans. Supported by the words of the quotes.
    PRIMARY KEY ("document_id"),
    FOREIGN KEY ("document_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("issuer_id") REFERENCES "actors" ("actor_id")
);

CREATE TABLE "policy_demands" (  -- What a policy document demands, as an article describes it.
    "demand_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "document_id" TEXT NOT NULL,  -- The document. Supported by the words of the quotes.
    "text" TEXT NOT NULL,  -- The demand. Supported by the words of the quotes.
    PRIMARY KEY ("demand_id"),
    FOREIGN KEY ("demand_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("document_id") REFERENCES "policy_documents" ("document_id")
);

CREATE TABLE "programmes" (  -- Planned work of an organisation for the rest of its term.
    "programme_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "implementer_id" TEXT NOT NULL,  -- The organisation. Supported by the words of the quotes.
    "ordinal" BIGINT NOT NULL,  -- The part of the answer it stands in. Judged: the numbered part of the answer it stands in.
    "programme_kind" TEXT NOT NULL CHECK ("programme_kind" IN ('action', 'objective', 'issue')),  -- Action, objective or issue. Judged: what is done, what for, or an issue named.
    "text" TEXT NOT NULL,  -- The planned element. Supported by the words of the quotes.
    "document_id" TEXT,  -- The document that it implements. Supported by the words of the quotes.
    PRIMARY KEY ("programme_id"),
    FOREIGN KEY ("programme_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("implementer_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("document_id") REFERENCES "policy_documents" ("document_id")
);

CREATE TABLE "involvements" (  -- Which persons and bodies take part in a record, and how.
    "involvement_id" TEXT NOT NULL,  -- Id of the record and of the element.
    "record_id" TEXT NOT NULL,  -- The record it belongs to.
    "actor_id" TEXT NOT NULL,  -- The person or body. Supported by the words of the quotes.
    "role" TEXT NOT NULL CHECK ("role" IN ('organiser', 'speaker', 'attendee', 'reporting_body', 'addressee', 'assigner', 'performer', 'beneficiary', 'honouree', 'awarder', 'issuer', 'implementer', 'side_programme_organiser', 'target', 'depicted')),  -- How the actor takes part. Judged: the curator's reading of the sentence.
    PRIMARY KEY ("involvement_id"),
    FOREIGN KEY ("record_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id")
);

CREATE TABLE "document_names" (  -- Every form in which an article prints the name of a row of `policy_documents`.
    "document_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "document_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("document_name_id"),
    FOREIGN KEY ("document_id") REFERENCES "policy_documents" ("document_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "article_relations" (  -- Relations between articles; corroboration counts independent articles only.
    "article_relation_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "article_id" TEXT NOT NULL,  -- The article. Judged: the curators' comparison of both articles.
    "related_article_id" TEXT NOT NULL,  -- The article it depends on. Judged: the curators' comparison of both articles.
    "relation" TEXT NOT NULL CHECK ("relation" IN ('same_event', 'likely_rewrite_of', 'shares_source_text', 'series')),  -- What kind of dependence it is. Judged: the curators' comparison of both articles.
    PRIMARY KEY ("article_relation_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
    FOREIGN KEY ("related_article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "country_names" (  -- Every form in which an article prints the name of a row of `countries`.
    "country_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "country_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("country_name_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "country_group_names" (  -- Every form in which an article prints the name of a row of `country_groups`.
    "country_group_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "country_group_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("country_group_name_id"),
    FOREIGN KEY ("country_group_id") REFERENCES "country_groups" ("country_group_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "place_names" (  -- Every form in which an article prints the name of a row of `places`.
    "place_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "place_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("place_name_id"),
    FOREIGN KEY ("place_id") REFERENCES "places" ("place_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "actor_names" (  -- Every form in which an article prints the name of a row of `actors`.
    "actor_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "actor_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("actor_name_id"),
    FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "posts" (  -- Posts that persons hold (Popolo Post, FollowTheMoney Position).
    "post_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "name" TEXT NOT NULL,  -- Title of the post. Judged: by the codebook.
    "organization_id" TEXT,  -- The organisation the post belongs to. Judged: by the codebook.
    "country_id" TEXT,  -- The country the post belongs to. Judged: by the codebook.
    "topic" TEXT,  -- FollowTheMoney topic, such as role.pep. External: FollowTheMoney topics.
    PRIMARY KEY ("post_id"),
    FOREIGN KEY ("organization_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id")
);

CREATE TABLE "tenures" (  -- A person holds a post, as attested by an article (FtM Occupancy, Popolo Membership).
    "tenure_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "person_id" TEXT NOT NULL,  -- The person. Supported by the words of the quotes.
    "post_id" TEXT NOT NULL,  -- The post. Supported by the words of the quotes.
    "as_of_edtf" TEXT,  -- Date at which the article attests it; empty where the article has no date. Supported by the words of the quotes.
    "as_of_min" DATE,  -- Date at which the article attests it; empty where the article has no date. Earliest day compatible with it.
    "as_of_max" DATE,  -- Date at which the article attests it; empty where the article has no date. Latest day compatible with it.
    "as_of_precision" TEXT CHECK ("as_of_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- Date at which the article attests it; empty where the article has no date. To what it is known.
    "as_of_basis" TEXT CHECK ("as_of_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- Date at which the article attests it; empty where the article has no date. How it was obtained from the words.
    "as_of_as_reported" TEXT,  -- Date at which the article attests it; empty where the article has no date. The article's own words for it.
    PRIMARY KEY ("tenure_id"),
    FOREIGN KEY ("tenure_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("person_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("post_id")
);

CREATE TABLE "visits" (  -- High-level visits, one row per visitor and host country (COLT-like).
    "visit_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "visitor_id" TEXT,  -- The person; empty where the article does not name one. Supported by the words of the quotes.
    "visitor_post_id" TEXT NOT NULL,  -- The post in which the visit is made. Supported by the words of the quotes.
    "origin_country_id" TEXT NOT NULL,  -- The country that the visitor represents. Judged: the country of the visitor's post.
    "host_country_id" TEXT NOT NULL,  -- The country visited. Supported by the words of the quotes.
    "place_id" TEXT,  -- Where in the host country, where the article names a place. Supported by the words of the quotes.
    "date_edtf" TEXT,  -- When the visit took place or is to take place. Supported by the words of the quotes.
    "date_min" DATE,  -- When the visit took place or is to take place. Earliest day compatible with it.
    "date_max" DATE,  -- When the visit took place or is to take place. Latest day compatible with it.
    "date_precision" TEXT CHECK ("date_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- When the visit took place or is to take place. To what it is known.
    "date_basis" TEXT CHECK ("date_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- When the visit took place or is to take place. How it was obtained from the words.
    "date_as_reported" TEXT,  -- When the visit took place or is to take place. The article's own words for it.
    "direction" TEXT CHECK ("direction" IN ('outgoing', 'incoming')),  -- Incoming when the host is Viet Nam, outgoing when it is not. Derived.
    "visit_year" BIGINT,  -- The year of the visit's date, where the date lies within one year. Derived.
    "status" TEXT CHECK ("status" IN ('realised', 'ongoing', 'planned', 'expected', 'requested', 'normative', 'forecast', 'not_applicable')),  -- The record's realisation, repeated here so that planned visits are not counted as visits. Derived.
    PRIMARY KEY ("visit_id"),
    FOREIGN KEY ("visit_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("visitor_id") REFERENCES "actors" ("actor_id"),
    FOREIGN KEY ("visitor_post_id") REFERENCES "posts" ("post_id"),
    FOREIGN KEY ("origin_country_id") REFERENCES "countries" ("country_id"),
    FOREIGN KEY ("host_country_id") REFERENCES "countries" ("country_id"),
    FOREIGN KEY ("place_id") REFERENCES "places" ("place_id")
);

CREATE TABLE "post_names" (  -- Every form in which an article prints the name of a row of `posts`.
    "post_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "post_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("post_name_id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("post_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "event_series" (  -- Events that recur.
    "event_series_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "name" TEXT NOT NULL,  -- Name of the series. Judged: by the codebook.
    PRIMARY KEY ("event_series_id")
);

CREATE TABLE "events" (  -- Events (schema.org Event).
    "event_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "name" TEXT NOT NULL,  -- Name of the event, in the article's words. Supported by the words of the quotes.
    "event_type" TEXT NOT NULL CHECK ("event_type" IN ('review_conference', 'policy_conference', 'assembly', 'commemoration', 'friendship_year', 'cultural_programme', 'activity_series')),  -- What kind of event it is. Judged: by the definitions of the vocabulary.
    "event_series_id" TEXT,  -- The series it belongs to. Judged: same organiser, purpose and yearly rhythm.
    "ordinal" BIGINT,  -- Number of the edition. Supported by the words of the quotes.
    "date_edtf" TEXT,  -- When it took place or is to take place. Supported by the words of the quotes.
    "date_min" DATE,  -- When it took place or is to take place. Earliest day compatible with it.
    "date_max" DATE,  -- When it took place or is to take place. Latest day compatible with it.
    "date_precision" TEXT CHECK ("date_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- When it took place or is to take place. To what it is known.
    "date_basis" TEXT CHECK ("date_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- When it took place or is to take place. How it was obtained from the words.
    "date_as_reported" TEXT,  -- When it took place or is to take place. The article's own words for it.
    "place_id" TEXT,  -- Where it took place. Supported by the words of the quotes.
    "country_id" TEXT,  -- Country where it took place. Supported by the words of the quotes.
    "review_year" BIGINT,  -- The year that a conference reviews. Supported by the words of the quotes.
    "task_year" BIGINT,  -- The year that a conference sets tasks for. Supported by the words of the quotes.
    "purpose" TEXT,  -- Its purpose, in the article's words. Supported by the words of the quotes.
    PRIMARY KEY ("event_id"),
    FOREIGN KEY ("event_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("event_series_id") REFERENCES "event_series" ("event_series_id"),
    FOREIGN KEY ("place_id") REFERENCES "places" ("place_id"),
    FOREIGN KEY ("country_id") REFERENCES "countries" ("country_id")
);

CREATE TABLE "anniversaries" (  -- What a commemoration marks.
    "anniversary_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "event_id" TEXT NOT NULL,  -- The commemoration. Judged: the commemoration that the same passage describes.
    "commemorates" TEXT NOT NULL,  -- What is commemorated. Supported by the words of the quotes.
    "years" BIGINT NOT NULL,  -- Number of years since. Supported by the words of the quotes.
    "base_date_edtf" TEXT,  -- Date of what is commemorated, only where stated. Supported by the words of the quotes.
    "base_date_min" DATE,  -- Date of what is commemorated, only where stated. Earliest day compatible with it.
    "base_date_max" DATE,  -- Date of what is commemorated, only where stated. Latest day compatible with it.
    "base_date_precision" TEXT CHECK ("base_date_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- Date of what is commemorated, only where stated. To what it is known.
    "base_date_basis" TEXT CHECK ("base_date_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- Date of what is commemorated, only where stated. How it was obtained from the words.
    "base_date_as_reported" TEXT,  -- Date of what is commemorated, only where stated. The article's own words for it.
    PRIMARY KEY ("anniversary_id"),
    FOREIGN KEY ("anniversary_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("event_id") REFERENCES "events" ("event_id")
);

CREATE TABLE "honours" (  -- Honours conferred.
    "honour_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "event_id" TEXT NOT NULL,  -- Where it was conferred. Judged: the event that the article reports.
    "award_name" TEXT,  -- Name of the award, where the article gives it. Supported by the words of the quotes.
    "honoured_year" BIGINT,  -- Year of the merit. Supported by the words of the quotes.
    "reason" TEXT,  -- What is honoured. Supported by the words of the quotes.
    PRIMARY KEY ("honour_id"),
    FOREIGN KEY ("honour_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("event_id") REFERENCES "events" ("event_id")
);

CREATE TABLE "tasks" (  -- Tasks set at review conferences, one row per addressee group and action.
    "task_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "event_id" TEXT NOT NULL,  -- The conference that set the task. Judged: the event that the article reports.
    "task_year" BIGINT,  -- The year the task is for. Judged: the year that the conference sets tasks for.
    "text" TEXT NOT NULL,  -- The task, in canonical wording. Supported by the words of the quotes.
    "task_kind" TEXT NOT NULL CHECK ("task_kind" IN ('action', 'goal')),  -- Action or goal. Judged: action, or the purpose clause of an action.
    "modality" TEXT NOT NULL CHECK ("modality" IN ('asked', 'urged', 'requested', 'should', 'impersonal')),  -- In which words it is set. Supported by the words of the quotes.
    "is_continuing" BOOLEAN NOT NULL CHECK ("is_continuing" IN (TRUE, FALSE)),  -- Whether the addressee is to continue something. Supported by the words of the quotes.
    PRIMARY KEY ("task_id"),
    FOREIGN KEY ("task_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("event_id") REFERENCES "events" ("event_id")
);

CREATE TABLE "achievements" (  -- Reported results.
    "achievement_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "text" TEXT NOT NULL,  -- The result. Supported by the words of the quotes.
    "period_edtf" TEXT,  -- When the result was achieved. Supported by the words of the quotes.
    "period_min" DATE,  -- When the result was achieved. Earliest day compatible with it.
    "period_max" DATE,  -- When the result was achieved. Latest day compatible with it.
    "period_precision" TEXT CHECK ("period_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- When the result was achieved. To what it is known.
    "period_basis" TEXT CHECK ("period_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- When the result was achieved. How it was obtained from the words.
    "period_as_reported" TEXT,  -- When the result was achieved. The article's own words for it.
    "reported_edtf" TEXT,  -- When it was reported. Judged: the date of the conference or of the article that reports it.
    "reported_min" DATE,  -- When it was reported. Earliest day compatible with it.
    "reported_max" DATE,  -- When it was reported. Latest day compatible with it.
    "reported_precision" TEXT CHECK ("reported_precision" IN ('day', 'month', 'year', 'quarter', 'half', 'season', 'decade', 'century', 'interval', 'unknown')),  -- When it was reported. To what it is known.
    "reported_basis" TEXT CHECK ("reported_basis" IN ('stated', 'stated_partial', 'header_line', 'derived_weekday', 'derived_relative', 'inferred_context', 'external', 'none')),  -- When it was reported. How it was obtained from the words.
    "reported_as_reported" TEXT,  -- When it was reported. The article's own words for it.
    "reporting_event_id" TEXT,  -- The conference where it was reported. Judged: the event that the article reports.
    PRIMARY KEY ("achievement_id"),
    FOREIGN KEY ("achievement_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("reporting_event_id") REFERENCES "events" ("event_id")
);

CREATE TABLE "event_names" (  -- Every form in which an article prints the name of a row of `events`.
    "event_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "event_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("event_name_id"),
    FOREIGN KEY ("event_id") REFERENCES "events" ("event_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "event_series_names" (  -- Every form in which an article prints the name of a row of `event_series`.
    "event_series_name_id" TEXT NOT NULL,  -- Id of the name, its form and its article.
    "event_series_id" TEXT NOT NULL,  -- What is named.
    "name_as_printed" TEXT NOT NULL,  -- The exact form.
    "article_id" TEXT NOT NULL,  -- Article that prints it.
    "has_diacritics" BOOLEAN NOT NULL CHECK ("has_diacritics" IN (TRUE, FALSE)),  -- Whether the form has diacritics.
    PRIMARY KEY ("event_series_name_id"),
    FOREIGN KEY ("event_series_id") REFERENCES "event_series" ("event_series_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "themes" (  -- What tasks, results, lessons and programmes are about (SKOS concepts).
    "theme_id" TEXT NOT NULL,  -- Given by the curators: at most 100 characters, never used again. (pattern: [a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    "note" TEXT,  -- A curator's note. Judged: the curator's note.
    "name" TEXT NOT NULL,  -- Preferred label. Judged: by the codebook.
    "definition" TEXT NOT NULL,  -- What falls under the theme. Judged: by the codebook.
    PRIMARY KEY ("theme_id")
);

CREATE TABLE "record_themes" (  -- What the fact is about.
    "record_theme_id" TEXT NOT NULL,  -- Id of the record and of the element.
    "record_id" TEXT NOT NULL,  -- The record it belongs to.
    "theme_id" TEXT NOT NULL,  -- What the fact is about.
    PRIMARY KEY ("record_theme_id"),
    FOREIGN KEY ("record_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("theme_id") REFERENCES "themes" ("theme_id")
);

CREATE TABLE "vocabulary" (  -- Every value of every closed list, with its definition and the term of another standard.
    "vocabulary_id" TEXT NOT NULL,  -- List and value.
    "vocab" TEXT NOT NULL,  -- Name of the closed list.
    "value" TEXT NOT NULL,  -- The value as it stands in cells.
    "definition" TEXT NOT NULL,  -- What the value means.
    "maps_to" TEXT,  -- Term of another standard.
    PRIMARY KEY ("vocabulary_id")
);

CREATE TABLE "article_spans" (  -- Each article from its first character to its last: what is body, and what was read and holds no fact.
    "article_span_id" TEXT NOT NULL,  -- Article and place.
    "article_id" TEXT NOT NULL,  -- The article.
    "char_start" BIGINT NOT NULL CHECK ("char_start" >= 0),  -- Offset of the first code point.
    "char_end" BIGINT NOT NULL CHECK ("char_end" >= 0),  -- Offset behind the last code point.
    "role" TEXT NOT NULL CHECK ("role" IN ('body', 'headline', 'heading', 'dateline', 'question', 'caption', 'teaser', 'crawl_header', 'boilerplate')),  -- What the passage is.
    "reason" TEXT,  -- Why it holds no fact.
    PRIMARY KEY ("article_span_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "searches" (  -- What the curators looked for in an article and did not find.
    "search_id" TEXT NOT NULL,  -- Article, table and number.
    "article_id" TEXT NOT NULL,  -- The article.
    "table" TEXT NOT NULL,  -- The table that was looked for.
    "note" TEXT NOT NULL,  -- What was looked for and not found.
    PRIMARY KEY ("search_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "coverage" (  -- How much of each article is used by records or omitted with a reason.
    "article_id" TEXT NOT NULL,  -- The article.
    "words" BIGINT NOT NULL CHECK ("words" >= 0),  -- Words of the source.
    "words_quoted" BIGINT NOT NULL CHECK ("words_quoted" >= 0),  -- Words that some record quotes.
    "words_omitted" BIGINT NOT NULL CHECK ("words_omitted" >= 0),  -- Words in passages omitted with a reason, and not quoted.
    "mentions" BIGINT NOT NULL CHECK ("mentions" >= 0),  -- Numbers, dates, countries and documents that the source states.
    "mentions_used" BIGINT NOT NULL CHECK ("mentions_used" >= 0),  -- Of these, how many some value is grounded in.
    "mentions_omitted" BIGINT NOT NULL CHECK ("mentions_omitted" >= 0),  -- Of these, how many stand in omitted passages only.
    PRIMARY KEY ("article_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);

CREATE TABLE "evidence" (  -- The words that state each record: quotes with their place in the article (W3C TextQuoteSelector and TextPositionSelector).
    "evidence_id" TEXT NOT NULL,  -- Record, article and place.
    "record_id" TEXT NOT NULL,  -- The record.
    "article_id" TEXT NOT NULL,  -- The article quoted.
    "exact" TEXT NOT NULL,  -- The source's own words; a line break is a space.
    "prefix" TEXT,  -- The words before.
    "suffix" TEXT,  -- The words after.
    "char_start" BIGINT NOT NULL CHECK ("char_start" >= 0),  -- Offset of the first code point.
    "char_end" BIGINT NOT NULL CHECK ("char_end" >= 0),  -- Offset behind the last code point.
    "relation" TEXT NOT NULL CHECK ("relation" IN ('supports', 'partially_supports', 'contradicts', 'context')),  -- How the quote stands to the record's values.
    "attribution" TEXT CHECK ("attribution" IN ('journalist', 'official_speech', 'official_report', 'interviewee', 'interviewer', 'caption', 'dateline', 'crawl_header', 'teaser', 'platform')),  -- Who asserts the words; the article's default where left out. Judged: the curator's reading of who speaks.
    "attributed_to_id" TEXT,  -- The person or body that asserts them, where the article names one. Judged: the curator's reading of who speaks.
    PRIMARY KEY ("evidence_id"),
    FOREIGN KEY ("record_id") REFERENCES "records" ("record_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
    FOREIGN KEY ("attributed_to_id") REFERENCES "actors" ("actor_id")
);

CREATE TABLE "statements" (  -- For every cell of every table, what it rests on: the words that state it, a judgement, a rule or a code list.
    "statement_id" TEXT NOT NULL,  -- Table, row, column and number.
    "table" TEXT NOT NULL,  -- The table.
    "row_id" TEXT NOT NULL,  -- The key of the row.
    "field" TEXT NOT NULL,  -- The column.
    "path" TEXT,  -- Where the value stands in the curated record.
    "value" TEXT NOT NULL,  -- The value, as text, as this article gives it.
    "basis" TEXT NOT NULL CHECK ("basis" IN ('grounded', 'judged', 'derived', 'external')),  -- What it rests on.
    "article_id" TEXT,  -- The article that states it.
    "char_start" BIGINT CHECK ("char_start" >= 0),  -- Offset of the first code point.
    "char_end" BIGINT CHECK ("char_end" >= 0),  -- Offset behind the last code point.
    "evidence_id" TEXT,  -- The quote that holds the words.
    "reason" TEXT,  -- For what is judged, derived or external: why.
    PRIMARY KEY ("statement_id"),
    FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
    FOREIGN KEY ("evidence_id") REFERENCES "evidence" ("evidence_id")
);
