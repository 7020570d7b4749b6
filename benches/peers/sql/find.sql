-- Finds the gaps and overlaps of the duties in the table `suspect`, situation by situation.
.mode list
CREATE TABLE held AS
SELECT duty, number, min(party) <> max(party) AS twice
FROM suspect CROSS JOIN claim USING (duty)
JOIN choice c0 ON c0.axis = 0 AND c0.words = words0
JOIN choice c1 ON c1.axis = 1 AND c1.words = words1
JOIN choice c2 ON c2.axis = 2 AND c2.words = words2
CROSS JOIN situation ON c0.bits & bit0 AND c1.bits & bit1 AND c2.bits & bit2
GROUP BY duty, number;

CREATE TABLE incomplete AS
SELECT duty FROM suspect
EXCEPT SELECT duty FROM held GROUP BY duty HAVING count(*) = 125;

CREATE TABLE fault AS
SELECT 'gap' AS kind, duty, number
FROM (SELECT duty, number FROM incomplete, situation
      EXCEPT SELECT duty, number FROM held WHERE duty IN (SELECT duty FROM incomplete))
UNION ALL
SELECT 'overlap', duty, number FROM held WHERE twice;

SELECT kind || ' ' || duty || ' ' || name FROM fault JOIN situation USING (number);
SELECT 'gaps ' || count(*) FILTER (WHERE kind = 'gap') || ', overlaps ' || count(*) FILTER (WHERE kind = 'overlap')
FROM fault;
