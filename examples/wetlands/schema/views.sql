-- How many birds of which species were told, where, when and by whom.
CREATE VIEW bird_counts AS
SELECT
    g.sighting_id, s.name AS species, s.scientific_name, t.name AS site, t.country_id, g.date_edtf, g.date_min,
    g.counted, g.comparator, g.count, g.count_min, g.count_max, p.name AS observer, g.survey_id
FROM sightings AS g
JOIN species AS s ON s.species_id = g.species_id
JOIN sites AS t ON t.site_id = g.site_id
LEFT JOIN people AS p ON p.person_id = g.observer_id;

-- What came of each plan: the row that carries it out, or takes its place, and whether that was done.
CREATE VIEW plans_and_outcomes AS
SELECT
    w.work_id AS plan_id, w.work AS plan, w.site_id, w.date_edtf AS planned_for,
    o.work_id AS outcome_id, r.status AS outcome_status, o.date_edtf AS outcome_date
FROM works AS w
JOIN records AS q ON q.record_id = w.work_id AND q.status = 'planned'
LEFT JOIN works AS o ON o.carries_out_id = w.work_id
LEFT JOIN records AS r ON r.record_id = o.work_id;

-- Money given or promised, by stage; a sum that `paid_by` names was paid later, and must not be added up twice.
CREATE VIEW money AS
SELECT
    g.grant_id, d.name AS donor, n.name AS recipient, g.amount, g.currency, g.comparator, g.stage, g.date_edtf,
    g.site_id, g.work_id, l.grant_id AS paid_by
FROM grants AS g
JOIN bodies AS d ON d.body_id = g.donor_id
JOIN bodies AS n ON n.body_id = g.recipient_id
LEFT JOIN grants AS l ON l.follows_id = g.grant_id;
