// Schema 1: one append-only STRICT table of rows, its indexes and the views of contract.md section 5.
// Partial indexes, one per question, so that a row dirties two to five pages and no more.
import { fenMax } from '#base/pure/values/fen.ts'
import { applicationId } from '#base/sqlite/connection.ts'

/** Business time as people read it; the same text as `isoOf` (a test compares them). */
const isoSql = `strftime('%Y-%m-%dT%H:%M:%f', atMs / 1000.0, 'unixepoch', '+8 hours') || '+08:00'`

// prevHash is not stored: it is the hash of row seq - 1, and a copy could only disagree.
const table = `
CREATE TABLE ledger_row (
  nodeId TEXT NOT NULL CHECK (length(nodeId) BETWEEN 1 AND 64),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
  atMs INTEGER NOT NULL CHECK (atMs BETWEEN 0 AND 253402300799999),
  laneId TEXT,
  stayId TEXT,
  orderId TEXT,
  deductionId TEXT,
  amountFen INTEGER CHECK (
    amountFen BETWEEN ${-fenMax} AND ${fenMax} AND (amountFen >= 0 OR kind = 'adjustment')
  ),
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  atIso TEXT GENERATED ALWAYS AS (${isoSql}) VIRTUAL,
  plate TEXT GENERATED ALWAYS AS (json_extract(body, '$.plate')) VIRTUAL,
  tradeNo TEXT GENERATED ALWAYS AS (
    coalesce(json_extract(body, '$.outTradeNo'), json_extract(body, '$.businessNo'))
  ) VIRTUAL,
  subjectId TEXT GENERATED ALWAYS AS (
    coalesce(
      json_extract(body, '$.outboxId'),
      json_extract(body, '$.refundId'),
      json_extract(body, '$.paymentId')
    )
  ) VIRTUAL,
  CHECK (kind <> 'intent' OR (
    deductionId IS NOT NULL AND orderId IS NOT NULL AND stayId IS NOT NULL AND amountFen IS NOT NULL
  )),
  CHECK (kind <> 'outcome' OR deductionId IS NOT NULL),
  CHECK (kind NOT IN ('payment', 'refund', 'adjustment') OR amountFen IS NOT NULL),
  PRIMARY KEY (nodeId, seq)
) STRICT, WITHOUT ROWID`

// M5 for all three verbs. REPLACE walks past a delete trigger unless recursive_triggers is on
// (reliability-security.md 2.4), which is a setting of the connection; the insert trigger closes
// it for every connection and keeps the numbers without gaps.
const triggers = [
  `CREATE TRIGGER ledger_row_no_update BEFORE UPDATE ON ledger_row
   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: UPDATE'); END`,
  `CREATE TRIGGER ledger_row_no_delete BEFORE DELETE ON ledger_row
   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: DELETE'); END`,
  `CREATE TRIGGER ledger_row_in_order BEFORE INSERT ON ledger_row
   WHEN NEW.seq <> (
     SELECT coalesce(max(seq), 0) + 1 FROM ledger_row WHERE nodeId = NEW.nodeId
   )
   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: seq is not the next one'); END`,
]

// The unique indexes guard money: one intent per deduction, one row per payment, refund and upload.
const indexes = [
  `CREATE INDEX row_of_stay ON ledger_row (stayId, kind, seq) WHERE stayId IS NOT NULL`,
  `CREATE UNIQUE INDEX stay_once ON ledger_row (stayId) WHERE kind = 'stayOpened'`,
  `CREATE INDEX stay_at ON ledger_row (atMs, seq) WHERE kind = 'stayOpened'`,
  `CREATE INDEX stay_plate ON ledger_row (plate, atMs, seq) WHERE kind = 'stayOpened'`,
  `CREATE INDEX stay_end ON ledger_row (json_extract(body, '$.end')) WHERE kind = 'stayClosed'`,
  `CREATE UNIQUE INDEX intent_once ON ledger_row (deductionId) WHERE kind = 'intent'`,
  `CREATE INDEX intent_at ON ledger_row (atMs, seq) WHERE kind = 'intent'`,
  `CREATE INDEX intent_plate ON ledger_row (plate, atMs, seq) WHERE kind = 'intent'`,
  `CREATE INDEX outcome_of ON ledger_row (deductionId, seq) WHERE kind = 'outcome'`,
  `CREATE UNIQUE INDEX payment_once ON ledger_row (subjectId) WHERE kind = 'payment'`,
  `CREATE INDEX payment_at ON ledger_row (atMs, seq) WHERE kind = 'payment'`,
  `CREATE UNIQUE INDEX refund_once ON ledger_row (subjectId) WHERE kind = 'refund'`,
  `CREATE INDEX refund_at ON ledger_row (atMs, seq) WHERE kind = 'refund'`,
  `CREATE INDEX refund_state_of ON ledger_row (subjectId, seq) WHERE kind = 'refundState'`,
  `CREATE UNIQUE INDEX outbox_once ON ledger_row (subjectId) WHERE kind = 'outbox'`,
  `CREATE INDEX outbox_trade ON ledger_row (tradeNo, seq) WHERE kind = 'outbox'`,
  `CREATE INDEX outbox_state_of ON ledger_row (subjectId, seq) WHERE kind = 'outboxState'`,
  `CREATE INDEX event_at ON ledger_row (atMs, seq)
   WHERE kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`,
]

interface LastRow {
  /** Alias the row is read through. */
  readonly as: string
  /** Alias of the row it belongs to. */
  readonly of: string
  readonly kind: string
  /** Column both rows share. */
  readonly by: string
  /** Named explicitly: the planner would walk the primary key backwards, row by row. */
  readonly index: string
}

const lastRow = ({ as, of, kind, by, index }: LastRow): string => `
  LEFT JOIN ledger_row ${as} ON ${as}.nodeId = ${of}.nodeId AND ${as}.seq = (
    SELECT max(x.seq) FROM ledger_row x INDEXED BY ${index}
    WHERE x.kind = '${kind}' AND x.${by} = ${of}.${by} AND x.nodeId = ${of}.nodeId
  )`

const outboxView = `
CREATE VIEW v_outbox AS
SELECT b.subjectId AS outboxId, b.stayId, b.orderId, b.deductionId, b.laneId, b.amountFen,
  json_extract(b.body, '$.destination') AS destination,
  json_extract(b.body, '$.op') AS op,
  b.tradeNo AS businessNo,
  coalesce(json_extract(s.body, '$.state'), 'new') AS state,
  coalesce(json_extract(s.body, '$.attempt'), 0) AS attempt,
  json_extract(s.body, '$.httpStatus') AS httpStatus,
  json_extract(s.body, '$.respCode') AS respCode,
  json_extract(s.body, '$.requestId') AS requestId,
  json_extract(s.body, '$.tradeNo') AS tradeNo,
  json_extract(s.body, '$.note') AS note,
  json_extract(b.body, '$.bodySm3') AS bodySm3,
  b.atIso AS madeAtIso, s.atIso AS stateAtIso
FROM ledger_row b ${lastRow({ as: 's', of: 'b', kind: 'outboxState', by: 'subjectId', index: 'outbox_state_of' })}
WHERE b.kind = 'outbox'`

// With several destinations `upload` is that of the least finished one.
export const deductionView = (amountSql: string, counts = ''): string => `
CREATE VIEW v_deduction AS
SELECT i.deductionId, i.stayId, i.orderId, i.laneId, i.plate,
  coalesce(json_extract(o.body, '$.obuId'), json_extract(i.body, '$.obuId')) AS obuId,
  coalesce(json_extract(o.body, '$.cardNo'), json_extract(i.body, '$.cardNo')) AS cardNo,
  ${amountSql}, 'etc' AS means,
  coalesce(json_extract(o.body, '$.state'), 'intent') AS state,
  i.atIso AS intentAtIso, o.atIso AS outcomeAtIso,
  CASE WHEN json_extract(o.body, '$.proof') IS NULL THEN NULL ELSE json_object(
    'tac', json_extract(o.body, '$.proof.tac'),
    'cardSerial', json_extract(o.body, '$.proof.cardSerial'),
    'psamTerminal', json_extract(o.body, '$.proof.psamTerminal'),
    'psamSerial', json_extract(o.body, '$.proof.psamSerial')
  ) END AS proof,
  i.tradeNo AS outTradeNo,
  (SELECT u.state FROM v_outbox u
   WHERE u.businessNo = i.tradeNo AND u.op IN ('charge', 'exitUpload')${counts}
   ORDER BY u.state = 'confirmed' LIMIT 1) AS upload
FROM ledger_row i ${lastRow({ as: 'o', of: 'i', kind: 'outcome', by: 'deductionId', index: 'outcome_of' })}
WHERE i.kind = 'intent'`

const lastOfStay = (as: string, kind: string): string =>
  lastRow({ as, of: 's', kind, by: 'stayId', index: 'row_of_stay' })

export const stayView = (plateSql: string, colourSql: string): string => `
CREATE VIEW v_stay AS
SELECT s.stayId, s.laneId, ${plateSql} AS plate,
  ${colourSql} AS colour,
  strftime('%Y-%m-%dT%H:%M:%f', json_extract(s.body, '$.enteredAtMs') / 1000.0,
    'unixepoch', '+8 hours') || '+08:00' AS enteredAtIso,
  strftime('%Y-%m-%dT%H:%M:%f', json_extract(c.body, '$.leftAtMs') / 1000.0,
    'unixepoch', '+8 hours') || '+08:00' AS leftAtIso,
  c.laneId AS exitLaneId,
  json_extract(s.body, '$.noEntry') AS noEntry,
  m.orderId, m.amountFen,
  json_extract(c.body, '$.end') AS end
FROM ledger_row s ${lastOfStay('m', 'orderMade')} ${lastOfStay('c', 'stayClosed')}
WHERE s.kind = 'stayOpened'`

const paymentView = `
CREATE VIEW v_payment AS
SELECT p.subjectId AS paymentId, p.stayId, p.orderId, p.laneId, p.amountFen,
  json_extract(p.body, '$.means') AS means,
  json_extract(p.body, '$.by') AS "by",
  json_extract(p.body, '$.reason') AS reason,
  p.atIso
FROM ledger_row p WHERE p.kind = 'payment'`

export const refundView = `
CREATE VIEW v_refund AS
SELECT r.subjectId AS refundId, r.stayId, r.orderId, r.deductionId, r.laneId, r.amountFen,
  r.tradeNo AS outTradeNo,
  json_extract(r.body, '$.reason') AS reason,
  json_extract(r.body, '$.operator') AS operator,
  json_extract(r.body, '$.approvedBy') AS approvedBy,
  coalesce(json_extract(s.body, '$.state'), 'pending') AS state,
  r.atIso AS askedAtIso, s.atIso AS stateAtIso
FROM ledger_row r ${lastRow({ as: 's', of: 'r', kind: 'refundState', by: 'subjectId', index: 'refund_state_of' })}
WHERE r.kind = 'refund'`

const eventView = `
CREATE VIEW v_event AS
SELECT e.nodeId, e.seq, e.atIso, e.laneId, e.stayId,
  CASE e.kind WHEN 'event' THEN json_extract(e.body, '$.type') ELSE e.kind END AS type,
  CASE e.kind WHEN 'event' THEN json_extract(e.body, '$.detail') ELSE e.body END AS detail
FROM ledger_row e
WHERE e.kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`

export const rowsMigration = {
  version: 1,
  name: 'rows',
  up: [
    `PRAGMA application_id = ${applicationId}`,
    table,
    ...triggers,
    ...indexes,
    outboxView,
    deductionView('i.amountFen'),
    stayView('s.plate', `json_extract(s.body, '$.colour')`),
    paymentView,
    refundView,
    eventView,
  ],
} as const
