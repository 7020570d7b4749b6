-- The fast way: a duty can only have a fault if its claims' sets of situations do not add up.
--
-- A sum has at most as many bits set as its summands together, and as many only if no two of them share a
-- bit. So where the sizes add up to 125 and the three integers to all bits set, the claims of the duty
-- cover every situation exactly once. All other duties are looked at situation by situation.
CREATE TABLE sound (duty TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO sound
SELECT duty
FROM claim
JOIN choice c0 ON c0.axis = 0 AND c0.words = words0
JOIN choice c1 ON c1.axis = 1 AND c1.words = words1
JOIN choice c2 ON c2.axis = 2 AND c2.words = words2
GROUP BY duty
HAVING sum(c0.size * c1.size * c2.size) = 125
   AND sum(c0.a & c1.a & c2.a) = (1 << 42) - 1
   AND sum(c0.b & c1.b & c2.b) = (1 << 42) - 1
   AND sum(c0.c & c1.c & c2.c) = (1 << 41) - 1;
CREATE TABLE suspect AS SELECT duty FROM duty EXCEPT SELECT duty FROM sound;
