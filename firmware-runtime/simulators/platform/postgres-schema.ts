// The PostgreSQL schema for other programs: one append-only table of rows, and views with the present state of charges
// and refunds. The views are independent of the simulator's own fold.

const table = `
CREATE TABLE IF NOT EXISTS platform_row (
  seq bigint PRIMARY KEY CHECK (seq > 0),
  t text NOT NULL,
  kind text,
  app_id text,
  no text,
  status text,
  fen bigint CHECK (fen >= 0),
  of_no text,
  at_ms bigint,
  body json NOT NULL
)`

/** Rows are only added; the owner of the database could still remove this trigger first. */
const appendOnly = `
CREATE OR REPLACE FUNCTION platform_row_stays() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''platform_row is append-only''; END'`
const guard = `
CREATE OR REPLACE TRIGGER platform_row_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_row
  FOR EACH STATEMENT EXECUTE FUNCTION platform_row_stays()`

/** The last status of an act, and the number of its repetitions. */
const acts = `
CREATE OR REPLACE VIEW v_act AS
SELECT a.seq, a.kind, a.app_id, a.no, coalesce(s.status, a.status) AS status, a.fen, a.of_no,
  1 + coalesce(r.times, 0) AS requests, to_timestamp(a.at_ms / 1000.0) AS at
FROM platform_row a
LEFT JOIN (
  SELECT DISTINCT ON (kind, app_id, no) kind, app_id, no, status
  FROM platform_row WHERE t = 'status' ORDER BY kind, app_id, no, seq DESC
) s USING (kind, app_id, no)
LEFT JOIN (
  SELECT kind, app_id, no, count(*) AS times FROM platform_row WHERE t = 'again'
  GROUP BY kind, app_id, no
) r USING (kind, app_id, no)
WHERE a.t = 'act'`

const refunds = `
CREATE OR REPLACE VIEW v_refund AS
SELECT seq, app_id, no AS out_refund_no, of_no AS out_trade_no, fen AS refund_fen, status, requests, at
FROM v_act WHERE kind = 'refunds'`

const charges = `
CREATE OR REPLACE VIEW v_charge AS
SELECT c.seq, c.app_id, c.no AS out_trade_no, c.fen AS fee_fen, coalesce(g.fen, 0) AS refunded_fen,
  CASE WHEN g.fen >= c.fen THEN 'REFUNDED' ELSE c.status END AS status, c.requests, c.at
FROM v_act c
LEFT JOIN (
  SELECT app_id, out_trade_no, sum(refund_fen)::bigint AS fen FROM v_refund
  WHERE status = 'SUCCESS' GROUP BY app_id, out_trade_no
) g ON g.app_id = c.app_id AND g.out_trade_no = c.no
WHERE c.kind = 'exit-charges'`

export const postgresSchema: readonly string[] = [table, appendOnly, guard, acts, refunds, charges]
