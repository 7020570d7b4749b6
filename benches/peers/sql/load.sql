-- Loads the three tables and works out what every set of values of an axis means.
-- The working folder holds value.csv, duty.csv and claim.csv.
.mode csv
CREATE TABLE value (axis INTEGER, place INTEGER, name TEXT);
CREATE TABLE duty (duty TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE claim (duty TEXT, party TEXT, words0 TEXT, words1 TEXT, words2 TEXT);
.import value.csv value
.import duty.csv duty
.import claim.csv claim

-- The 125 situations; `bitN` says which value of axis N.
CREATE TABLE situation AS
SELECT v0.name || ' ' || v1.name || ' ' || v2.name AS name,
       1 << v0.place AS bit0, 1 << v1.place AS bit1, 1 << v2.place AS bit2,
       row_number() OVER (ORDER BY v0.place, v1.place, v2.place) - 1 AS number
FROM value v0, value v1, value v2
WHERE v0.axis = 0 AND v1.axis = 1 AND v2.axis = 2;

-- The sets of values of each axis, by the words of a claim. A set of situations is the bits of three
-- integers of 42, 42 and 41 bits, so that sums of them stay far from the limit of 64 bits.
CREATE TABLE choice (axis INTEGER, words TEXT, bits INTEGER, size INTEGER, a INTEGER, b INTEGER, c INTEGER,
                     PRIMARY KEY (axis, words)) WITHOUT ROWID;
WITH RECURSIVE
  chain (axis, words, bits, size, last) AS (
    SELECT axis, name, 1 << place, 1, place FROM value
    UNION ALL
    SELECT chain.axis, words || '|' || name, bits | (1 << place), size + 1, place
    FROM chain JOIN value ON value.axis = chain.axis AND place > last
  ),
  named (axis, words, bits, size) AS (
    SELECT axis, words, bits, size FROM chain
    UNION ALL
    SELECT axis, '', sum(1 << place), count(*) FROM value GROUP BY axis
  )
INSERT INTO choice
SELECT axis, words, bits, size,
       sum(iif(number / 42 = 0, 1 << number, 0)),
       sum(iif(number / 42 = 1, 1 << (number - 42), 0)),
       sum(iif(number / 42 = 2, 1 << (number - 84), 0))
FROM named JOIN situation ON bits & CASE axis WHEN 0 THEN bit0 WHEN 1 THEN bit1 ELSE bit2 END
GROUP BY axis, words;
