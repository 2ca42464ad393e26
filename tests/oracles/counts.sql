-- Every count of a response file: for each measure and each group of responses the numerator, the denominator and
-- the respondents of every formula. Runs with the variable `file` set to the path of the responses.

WITH items (item, factor, part) AS (
    VALUES ('a1', 'a', 'first'), ('a2', 'a', 'first'), ('a3', 'a', 'first'),
           ('b1', 'b', 'first'), ('b2', 'b', 'first'),
           ('c1', 'c', 'second'), ('c2', 'c', 'second'), ('c3', 'c', 'second'), ('c4', 'c', 'second'),
           ('d1', 'd', 'second')
),
-- place: the order of the measures in the results. subset: what mean-of-factors averages.
measures AS (
    SELECT 1 AS place, 'overall' AS measure, item, factor AS subset FROM items
    UNION ALL SELECT 2, part, item, factor FROM items
    UNION ALL SELECT 3, factor, item, factor FROM items
    UNION ALL SELECT 4, item, item, item FROM items
),
responses AS (
    SELECT * FROM read_csv(getvariable('file'), header = true, all_varchar = true)
),
-- The day is that of Vietnam. All times of these files are written at +07:00, so the text can be cut.
placed AS (
    SELECT *, finished_at[1:7] AS month,
           finished_at[1:4] || '-Q' || CAST(ceil(CAST(finished_at[6:7] AS INTEGER) / 3.0) AS INTEGER) AS quarter
    FROM responses
),
members AS (
    SELECT response_id, '{}' AS "where" FROM placed
    UNION ALL SELECT response_id, json_object('unit', unit) FROM placed
    UNION ALL SELECT response_id, json_object('field', field) FROM placed
    UNION ALL SELECT response_id, json_object('gender', gender) FROM placed
    UNION ALL SELECT response_id, json_object('unit', unit, 'field', field) FROM placed
    UNION ALL SELECT response_id, json_object('month', month) FROM placed
    UNION ALL SELECT response_id, json_object('quarter', quarter) FROM placed
),
cells AS (
    SELECT response_id, item, cell
    FROM responses UNPIVOT INCLUDE NULLS (cell FOR item IN (a1, a2, a3, b1, b2, c1, c2, c3, c4, d1))
),
answers AS (
    SELECT response_id, item, coalesce(cell IN ('1', '2', '3', '4', '5'), false) AS valid,
           CASE WHEN valid THEN CAST(cell AS INTEGER) ELSE 0 END AS points, points >= 4 AS satisfied
    FROM cells
),
people AS (
    SELECT "where", place, measure, response_id, count(*) FILTER (valid) AS m,
           count(*) FILTER (satisfied) AS y, CAST(sum(points) AS BIGINT) AS p
    FROM members JOIN answers USING (response_id) JOIN measures USING (item)
    -- Groups are counted for the overall figure and the factors.
    WHERE "where" = '{}' OR place IN (1, 3)
    GROUP BY ALL
),
counts AS (
    SELECT "where", place, measure, count(*) FILTER (m > 0) AS n,
           CAST(sum(m) AS BIGINT) AS m, CAST(sum(y) AS BIGINT) AS y, CAST(sum(p) AS BIGINT) AS p,
           count(*) FILTER (m > 0 AND y = m) AS content, count(*) FILTER (m > 0 AND p >= 4 * m) AS top2
    FROM people GROUP BY ALL
),
-- Shares of items and of factors; one without a valid answer has none, and avg() passes over it.
item_shares AS (
    SELECT "where", place, measure, item, count(*) FILTER (satisfied) / nullif(count(*) FILTER (valid), 0) AS share
    FROM members JOIN answers USING (response_id) JOIN measures USING (item) GROUP BY ALL
),
subset_shares AS (
    SELECT "where", place, measure, subset, count(*) FILTER (satisfied) / nullif(count(*) FILTER (valid), 0) AS share
    FROM members JOIN answers USING (response_id) JOIN measures USING (item) GROUP BY ALL
),
item_means AS (
    SELECT "where", place, measure, avg(share ORDER BY item) AS mean FROM item_shares GROUP BY ALL
),
subset_means AS (
    SELECT "where", place, measure, avg(share ORDER BY subset) AS mean FROM subset_shares GROUP BY ALL
),
results AS (
    SELECT "where", place, measure, 1 AS turn, 'top2-pooled' AS formula, n, y AS numerator, m AS denominator,
           NULL::DOUBLE AS mean FROM counts
    UNION ALL SELECT "where", place, measure, 2, 'all-satisfied', n, content, n, NULL FROM counts
    UNION ALL SELECT "where", place, measure, 3, 'respondent-top2', n, top2, n, NULL FROM counts
    UNION ALL SELECT "where", place, measure, 4, 'mean-score', n, p, m, NULL FROM counts
    UNION ALL SELECT "where", place, measure, 5, 'mean-over-5', n, p, 5 * m, NULL FROM counts
    UNION ALL SELECT "where", place, measure, 6, 'mean-minus-1-over-4', n, p - m, 4 * m, NULL FROM counts
    UNION ALL SELECT "where", place, measure, 7, 'top2-mean-of-items', n, NULL, NULL, item_means.mean
        FROM counts JOIN item_means USING ("where", place, measure)
    UNION ALL SELECT "where", place, measure, 8, 'mean-of-factors', n, NULL, NULL, subset_means.mean
        FROM counts JOIN subset_means USING ("where", place, measure)
)
SELECT "where", measure, formula, n, numerator, denominator, coalesce(mean, numerator / nullif(denominator, 0)) AS estimate
FROM results
ORDER BY length("where") > 2, "where", place, measure, turn
