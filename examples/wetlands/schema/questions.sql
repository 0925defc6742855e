-- Questions to begin with, each with the query that answers it, for SQLite and DuckDB alike.

-- How many curlews were counted at Alder Fen in each January survey, and by whom?
SELECT date_edtf, count, observer FROM bird_counts WHERE species = 'Eurasian curlew' ORDER BY date_edtf;

-- How many black-faced spoonbills were counted at Bãi Mới?
SELECT date_edtf, comparator, count FROM bird_counts WHERE species = 'black-faced spoonbill' ORDER BY date_edtf;

-- Which counts are ranges, and between which numbers?
SELECT species, site, counted, count_min, count_max FROM bird_counts WHERE comparator = 'between';

-- Which ringed birds were found in another country than the one they were ringed in?
SELECT r.ring, a.country_id, b.country_id FROM recoveries AS r
JOIN sites AS a ON a.site_id = r.ringed_at_id JOIN sites AS b ON b.site_id = r.found_at_id
WHERE a.country_id <> b.country_id ORDER BY r.ring;

-- Which plans came to nothing, and of which is nothing told?
SELECT plan_id, outcome_status FROM plans_and_outcomes
WHERE outcome_status IS NULL OR outcome_status = 'not_done' ORDER BY plan_id;

-- How much money was paid, or granted with no payment told, by currency?
SELECT currency, sum(amount) FROM money
WHERE stage <> 'promised' AND paid_by IS NULL GROUP BY currency ORDER BY currency;

-- Where do two texts give different values?
SELECT record_id, field, preferred FROM conflicts;

-- Which records rest on more than one text, and on how many that do not depend on each other?
SELECT record_id, article_count, independent_count FROM records WHERE article_count > 1 ORDER BY record_id;
