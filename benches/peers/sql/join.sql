-- The direct way: every claim is joined with every situation that it holds in.
CREATE VIEW suspect AS SELECT duty FROM duty;
