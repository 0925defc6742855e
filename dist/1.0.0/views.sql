-- Views on the published tables, for SQLite and DuckDB alike. Load the tables under their names, then run this file.

-- Every visit with names for its codes: visits by direction, country, year and status.
-- A planned visit is not a visit that happened: filter by `status`. `visitor` is empty where no article names
-- the person. One visitor who goes to two countries makes two rows.
CREATE VIEW high_level_visits AS
SELECT
    v.visit_id, v.direction, v.visit_year, v.status,
    a.name AS visitor, p.name AS visitor_post,
    v.origin_country_id, o.name AS origin_country,
    v.host_country_id, h.name AS host_country,
    l.name AS place, v.date_edtf, v.date_basis,
    r.article_count, r.independent_count
FROM visits AS v
JOIN records AS r ON r.record_id = v.visit_id
JOIN posts AS p ON p.post_id = v.visitor_post_id
JOIN countries AS o ON o.country_id = v.origin_country_id
JOIN countries AS h ON h.country_id = v.host_country_id
LEFT JOIN actors AS a ON a.actor_id = v.visitor_id
LEFT JOIN places AS l ON l.place_id = v.place_id;

-- Who held which post, and at what time an article attests it.
-- A date says when the office is attested, not when it began or ended; it is empty where the article has no date.
CREATE VIEW office_holders AS
SELECT
    t.tenure_id, t.person_id, a.name AS person, t.post_id, p.name AS post, b.name AS organization,
    t.as_of_edtf, t.as_of_min, t.as_of_max, t.as_of_basis,
    r.article_count, r.independent_count
FROM tenures AS t
JOIN records AS r ON r.record_id = t.tenure_id
JOIN actors AS a ON a.actor_id = t.person_id
JOIN posts AS p ON p.post_id = t.post_id
LEFT JOIN actors AS b ON b.actor_id = p.organization_id;

-- Every sum of money with its bound, period and direction.
-- "Over 5 million" is `gt` with `value_min` 5000000 and no `value_max`: add up minima, never values. Sums of
-- different currencies, aggregations or flows do not add up.
CREATE VIEW sums_of_money AS
SELECT
    q.quantity_id, q.measure, q.value, q.unit AS currency, q.comparator, q.value_min, q.value_max,
    q.value_as_reported, q.aggregation, q.period_edtf, q.period_min, q.period_max, q.as_of_edtf, q.flow,
    q.subject_record_id, s.label AS subject, r.article_count, r.independent_count
FROM quantities AS q
JOIN records AS r ON r.record_id = q.quantity_id
LEFT JOIN records AS s ON s.record_id = q.subject_record_id
WHERE length(q.unit) = 3 AND q.unit = upper(q.unit);

-- Every count of people, bodies or things with its comparator.
-- Where only a magnitude or an unspecified many is printed, `value` is empty.
CREATE VIEW counts AS
SELECT
    q.quantity_id, q.measure, q.value, q.unit, q.comparator, q.value_min, q.value_max,
    q.value_as_reported, q.aggregation, q.period_edtf, q.as_of_edtf, q.flow,
    q.subject_record_id, s.label AS subject, r.article_count, r.independent_count
FROM quantities AS q
JOIN records AS r ON r.record_id = q.quantity_id
LEFT JOIN records AS s ON s.record_id = q.subject_record_id
WHERE NOT (length(q.unit) = 3 AND q.unit = upper(q.unit));

-- Tasks by year, theme and addressee, and how many later records say anything about them.
-- One row per task, theme and addressee: count `DISTINCT task_id`. `addressed_by` counts results reported later that
-- address the task, `restated_by` later tasks and programmes that repeat it; both are the curators' links.
CREATE VIEW tasks_and_follow_up AS
SELECT
    t.task_id, t.task_year, t.event_id, t.text, t.task_kind, t.modality, t.is_continuing,
    h.theme_id, i.actor_id AS addressee_id, a.name AS addressee,
    (SELECT count(*) FROM record_links AS k
      WHERE k.to_record_id = t.task_id AND k.relation = 'addresses') AS addressed_by,
    (SELECT count(*) FROM record_links AS k
      WHERE k.to_record_id = t.task_id AND k.relation = 'restates') AS restated_by,
    r.article_count, r.independent_count
FROM tasks AS t
JOIN records AS r ON r.record_id = t.task_id
LEFT JOIN record_themes AS h ON h.record_id = t.task_id
LEFT JOIN involvements AS i ON i.record_id = t.task_id AND i.role = 'addressee'
LEFT JOIN actors AS a ON a.actor_id = i.actor_id;

-- What follows up which task: a row for every later record that addresses or restates it.
CREATE VIEW task_follow_ups AS
SELECT
    t.task_id, t.task_year, t.text AS task, k.relation,
    k.from_record_id AS record_id, r.record_type, r.label, r.article_count, r.independent_count
FROM tasks AS t
JOIN record_links AS k ON k.to_record_id = t.task_id AND k.relation IN ('addresses', 'restates')
JOIN records AS r ON r.record_id = k.from_record_id;

-- Which documents a programme implements: by its own words, or by meeting what a document demands.
-- `demand_id` is the demand that it meets, and empty where it names the document itself.
CREATE VIEW programme_documents AS
SELECT
    g.programme_id, g.implementer_id, g.ordinal, g.text, d.document_id, d.document_type, d.number, d.subject,
    m.demand_id
FROM programmes AS g
JOIN record_links AS k ON k.from_record_id = g.programme_id AND k.relation = 'implements'
LEFT JOIN policy_demands AS m ON m.demand_id = k.to_record_id
JOIN policy_documents AS d ON d.document_id = coalesce(m.document_id, k.to_record_id);

-- Lessons that more than one article tells.
-- Articles that render one text do not corroborate each other: see `independent_count`.
CREATE VIEW common_lessons AS
SELECT l.lesson_id, l.ordinal, l.is_main, l.text, r.article_count, r.independent_count
FROM lessons AS l
JOIN records AS r ON r.record_id = l.lesson_id
WHERE r.article_count > 1;

-- Partner countries by kinds of relation: a row for each country, kind and record.
-- `kind` is a type of activity or event, or the kind of record; `status` tells what is planned from what is
-- reported. Countries that are only mentioned, and Viet Nam itself, are left out, groups of countries too.
CREATE VIEW partners AS
SELECT
    c.country_id, n.name AS country,
    coalesce(p.activity_type, e.event_type,
             CASE r.record_type WHEN 'anniversaries' THEN 'anniversary' WHEN 'programmes' THEN 'programme'
                  WHEN 'achievements' THEN 'achievement' WHEN 'lessons' THEN 'lesson' END) AS kind,
    r.record_id, r.label, r.realisation AS status
FROM record_countries AS c
JOIN records AS r ON r.record_id = c.record_id
JOIN countries AS n ON n.country_id = c.country_id
LEFT JOIN partner_activities AS p ON p.activity_id = c.record_id
LEFT JOIN events AS e ON e.event_id = c.record_id
WHERE c.role IN ('partner', 'honoree', 'beneficiary') AND c.country_id <> 'VNM'
  AND r.record_type IN ('partner_activities', 'events', 'anniversaries', 'programmes', 'achievements', 'lessons')
UNION ALL
SELECT a.partner_country_id, n.name, 'agreement', a.agreement_id, r.label, r.realisation
FROM agreements AS a
JOIN records AS r ON r.record_id = a.agreement_id
JOIN countries AS n ON n.country_id = a.partner_country_id
UNION ALL
SELECT n.country_id, n.name, 'visit', v.visit_id, r.label, v.status
FROM visits AS v
JOIN records AS r ON r.record_id = v.visit_id
JOIN countries AS n
  ON n.country_id = CASE v.direction WHEN 'outgoing' THEN v.host_country_id ELSE v.origin_country_id END;

-- Anniversaries with the commemoration that marks them and the country whose relation they are about.
CREATE VIEW commemorated_anniversaries AS
SELECT
    y.anniversary_id, y.years, y.commemorates, y.base_date_edtf, e.event_id, e.name AS event, e.event_type,
    e.date_edtf AS event_date_edtf, c.country_id, n.name AS country
FROM anniversaries AS y
JOIN events AS e ON e.event_id = y.event_id
LEFT JOIN record_countries AS c ON c.record_id = y.anniversary_id AND c.role = 'honoree' AND c.country_id <> 'VNM'
LEFT JOIN countries AS n ON n.country_id = c.country_id;

-- On how many articles each record rests, and on how many that do not depend on each other.
-- Only quotes that support a record count; what contradicts it is counted apart, what only gives context not at all.
CREATE VIEW corroboration AS
SELECT
    r.record_id, r.record_type, r.label, r.article_count, r.independent_count,
    (SELECT count(*) FROM evidence AS e
      WHERE e.record_id = r.record_id AND e.relation IN ('supports', 'partially_supports')) AS supporting_quotes,
    (SELECT count(DISTINCT e.article_id) FROM evidence AS e
      WHERE e.record_id = r.record_id AND e.relation = 'contradicts') AS contradicting_articles
FROM records AS r;

-- Where articles contradict each other: for each contradicting quote the words that support the record.
CREATE VIEW contradictions AS
SELECT
    r.record_id, r.record_type, r.label,
    s.article_id, s.exact AS words, c.article_id AS contradicting_article_id, c.exact AS contradicting_words
FROM evidence AS c
JOIN records AS r ON r.record_id = c.record_id
JOIN evidence AS s ON s.record_id = c.record_id AND s.relation IN ('supports', 'partially_supports')
WHERE c.relation = 'contradicts';

-- Where articles state one value differently, also without contradiction, such as a month beside its year.
-- One row per article's own value; the tables hold the one that the dataset prefers.
CREATE VIEW differing_values AS
SELECT DISTINCT s."table" AS table_name, s.row_id, s.field, s.article_id, s.value
FROM statements AS s
JOIN (
    SELECT "table" AS table_name, row_id, field
    FROM statements
    WHERE basis = 'grounded'
    GROUP BY "table", row_id, field
    HAVING count(DISTINCT value) > 1
) AS d ON d.table_name = s."table" AND d.row_id = s.row_id AND d.field = s.field
WHERE s.basis = 'grounded';

-- Who asserts what: each quote that supports a record, with its voice and, where named, the person or body.
CREATE VIEW assertions AS
SELECT
    e.evidence_id, e.attribution, e.attributed_to_id, a.name AS attributed_to, e.article_id,
    r.record_id, r.record_type, r.label, e.exact
FROM evidence AS e
JOIN records AS r ON r.record_id = e.record_id
LEFT JOIN actors AS a ON a.actor_id = e.attributed_to_id
WHERE e.relation IN ('supports', 'partially_supports');
