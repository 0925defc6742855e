-- Questions to begin with, each with the query that answers it, for SQLite and DuckDB alike. The answers were worked
-- out by hand, and are compared with what the queries give.

-- Which visits abroad did Viet Nam's leaders make in 2022?
SELECT visitor, host_country_id FROM high_level_visits
WHERE direction = 'outgoing' AND visit_year = 2022 AND status = 'realised';

-- Which visits abroad are told for 2023, and which of them was only planned?
SELECT visitor, host_country_id, status FROM high_level_visits
WHERE direction = 'outgoing' AND visit_year = 2023;

-- From which countries did visitors come to Viet Nam, in which year, and is any of them named?
SELECT origin_country_id, visit_year, visitor FROM high_level_visits WHERE direction = 'incoming';

-- How many visits took place, by year and direction?
SELECT visit_year, direction, count(*) FROM high_level_visits
WHERE status = 'realised' AND visit_year IS NOT NULL GROUP BY visit_year, direction;

-- Where in Viet Nam was a visitor, and does an article say when?
SELECT visitor_post, place, date_edtf FROM high_level_visits WHERE place IS NOT NULL;

-- Which sums of money are told, with bound, kind of sum and direction?
SELECT currency, comparator, value_min, value_max, aggregation, flow FROM sums_of_money;

-- For which period is the average disbursement of foreign organizations told?
SELECT period_min, period_max FROM sums_of_money WHERE aggregation = 'annual_average';

-- How many delegates came to which gathering, and from how many countries?
SELECT e.event_type, c.comparator, c.value, c.unit FROM counts AS c
JOIN events AS e ON e.event_id = c.subject_record_id;

-- How many foreign organizations gave support, and how many were at work in Viet Nam at what day?
SELECT comparator, value, aggregation, as_of_edtf FROM counts WHERE unit LIKE '%organizations';

-- Of what is only an order of magnitude told?
SELECT unit, value, value_min FROM counts WHERE comparator = 'magnitude';

-- Who headed the Commission for External Relations, and at what days is that attested?
SELECT person, as_of_min, as_of_max, as_of_basis FROM office_holders
WHERE organization = 'Commission for External Relations';

-- Who is attested as President of the country, and in which year?
SELECT person, as_of_edtf FROM office_holders WHERE post = 'President';

-- Under which names do the articles print the head of the Commission for External Relations?
SELECT DISTINCT n.name_as_printed FROM actor_names AS n
JOIN office_holders AS o ON o.person_id = n.actor_id
WHERE o.organization = 'Commission for External Relations';

-- Which years did the review conferences review, and for which did they set tasks?
SELECT date_min, review_year, task_year FROM events WHERE event_type = 'review_conference';

-- How many tasks did the conference of 2022 set for whom?
SELECT addressee_id, count(DISTINCT task_id) FROM tasks_and_follow_up
WHERE task_year = 2022 AND addressee_id IS NOT NULL GROUP BY addressee_id;

-- In which words were tasks set that continue something, by year?
SELECT DISTINCT task_year, modality FROM tasks_and_follow_up WHERE is_continuing;

-- For which years are there tasks on staff?
SELECT DISTINCT task_year FROM tasks_and_follow_up WHERE theme_id = 'personnel';

-- Which of these tasks of 2022 does a later report say something about?
SELECT w.words FROM (
    SELECT 'environment' AS words UNION ALL SELECT 'resources for national development' UNION ALL SELECT 'position'
    UNION ALL SELECT 'reputation' UNION ALL SELECT 'movements' UNION ALL SELECT 'human resources'
) AS w
WHERE EXISTS (SELECT 1 FROM task_follow_ups AS f
              WHERE f.task_year = 2022 AND f.relation = 'addresses' AND f.task LIKE '%' || w.words || '%');

-- On whom do articles 000 and 001 put the leadership of the Party and the management of the State?
SELECT DISTINCT substr(c.article_id, 1, 3), t.addressee_id FROM contradictions AS c
JOIN tasks_and_follow_up AS t ON t.task_id = c.record_id;

-- Which numbered documents does the union's programme implement?
SELECT DISTINCT document_type, number FROM programme_documents WHERE number IS NOT NULL;

-- Which documents have the number 12, who issued them, and when?
SELECT d.document_type, d.number, a.name, d.issued_edtf FROM policy_documents AS d
LEFT JOIN actors AS a ON a.actor_id = d.issuer_id WHERE d.number LIKE '12-%';

-- Until which year does a document plan, and who issued it when?
SELECT d.number, d.horizon_year, a.name, d.issued_edtf FROM policy_documents AS d
JOIN actors AS a ON a.actor_id = d.issuer_id WHERE d.horizon_year IS NOT NULL;

-- Which main lessons do two articles tell, and do these articles corroborate each other?
SELECT ordinal, article_count, independent_count FROM common_lessons WHERE is_main;

-- Which article alone tells of left-wing organizations, and which of information technology, among the lessons?
SELECT DISTINCT CASE WHEN l.text LIKE '%left-wing%' THEN 'left' ELSE 'technology' END, substr(a.article_id, 1, 3)
FROM lessons AS l JOIN assertions AS a ON a.record_id = l.lesson_id
WHERE l.text LIKE '%left-wing%' OR l.text LIKE '%information technology%';

-- With which countries was Ho Chi Minh honoured?
SELECT country_id FROM partners WHERE kind = 'ho_chi_minh_honour';

-- Which of the lists of partner countries are complete, and which give examples?
SELECT activity_type, list_is_exhaustive FROM partner_activities
WHERE activity_type IN ('ho_chi_minh_honour', 'cooperation_intensified', 'commemorative_event')
  AND activity_id IN (SELECT record_id FROM partners);

-- With which other countries were milestones, national days and holidays marked?
SELECT DISTINCT country_id FROM partners WHERE kind = 'commemorative_event';

-- In how many kinds of relation, done and not only planned, were China, Russia, Cuba and Argentina partners?
SELECT country_id, count(DISTINCT kind) FROM partners
WHERE status = 'realised' AND country_id IN ('CHN', 'RUS', 'CUB', 'ARG') GROUP BY country_id;

-- Which anniversaries were marked, of what country's relations, and what day is the base?
SELECT years, country_id, base_date_edtf FROM commemorated_anniversaries;

-- Does an article say in which year the friendship years with Laos and Cambodia were?
SELECT name, date_edtf FROM events WHERE event_type = 'friendship_year';

-- Which event do all five articles mention, and how many of them are independent?
SELECT label, article_count, independent_count FROM corroboration
WHERE record_type = 'events' AND independent_count > 1;

-- Who says that Vietnamese abroad were brought closer in 2023, and how well is it corroborated?
SELECT c.article_count, c.independent_count FROM corroboration AS c
JOIN achievements AS a ON a.achievement_id = c.record_id
WHERE a.period_edtf = '2023' AND a.text LIKE '%overseas Vietnamese%';

-- Who asserts the results of 2021?
SELECT DISTINCT s.attribution FROM assertions AS s
JOIN achievements AS a ON a.achievement_id = s.record_id WHERE a.period_edtf = '2021';

-- Where do two articles give one date with different precision?
SELECT substr(article_id, 1, 3), value FROM differing_values WHERE table_name = 'events' AND field = 'date_edtf';

-- Which honours were conferred, for the merit of which year?
SELECT e.task_year, h.award_name, h.honoured_year FROM honours AS h JOIN events AS e ON e.event_id = h.event_id;

-- Which gathering is neither held nor scheduled, but expected?
SELECT e.ordinal, e.date_edtf, r.realisation FROM events AS e JOIN records AS r ON r.record_id = e.event_id
WHERE r.realisation NOT IN ('realised', 'planned');

-- Of which articles is the day known only from the line that a crawler put before the text?
SELECT substr(article_id, 1, 3), published_edtf FROM articles WHERE published_basis = 'header_line';
