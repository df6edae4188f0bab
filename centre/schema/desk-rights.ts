// Step 3 of the schema: the role of the desk has no right to people, sessions and sign-ins. The lots of its transaction
// come from the session whose token the transaction names, and each table takes only the columns that an act changes
// (ADR 468). The role etc_people signs people in and sees no lot.
import { beatsPart } from './beats.ts'
import { foldPart } from './fold.ts'
import { rowsPart } from './rows.ts'

/** With those of step 2. */
const ofLots = [
  ...[rowsPart, foldPart, beatsPart].flatMap((part) => part.ofLots),
  'centre.set_aside',
  'centre.odd_money',
]

const scope = '(SELECT desk.scope())'
const isOfScope = `${scope} = '*' OR lot_id = ANY (string_to_array(${scope}, ','))`
const who = '(SELECT desk.acting())'

/** Functions of the owner: the roles cannot read the tables behind them. */
const sessionFunctions = `
CREATE FUNCTION desk.session_row(OUT name text, OUT lots text, OUT wall text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.name, CASE WHEN NOT p.one_time THEN p.lots END, s.wall
  FROM desk.session s JOIN desk.person p USING (person_id)
  WHERE s.token_digest = sha256(convert_to(current_setting('etc.token', true), 'UTF8'))
$$;
-- Lots of the session; null without one, and before a one-time password is changed.
CREATE FUNCTION desk.scope() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  'SELECT lots FROM desk.session_row()';
-- Name of the person who acts; null without a session, and for a wall view, which only looks.
CREATE FUNCTION desk.acting() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  'SELECT name FROM desk.session_row() WHERE wall IS NULL AND lots IS NOT NULL';
-- Makes the first person, or gives the first person another one-time password; false: the password was changed.
CREATE FUNCTION desk.first_person(first_name text, first_secret text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH made AS (
    INSERT INTO desk.person (name, secret, one_time)
    SELECT first_name, first_secret, true
    WHERE NOT EXISTS (SELECT FROM desk.person WHERE name <> first_name)
    ON CONFLICT (name) DO UPDATE SET secret = excluded.secret WHERE desk.person.one_time
    RETURNING 1
  ) SELECT EXISTS (SELECT FROM made)
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA desk FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk.scope(), desk.acting() TO etc_desk;
GRANT EXECUTE ON FUNCTION desk.first_person(text, text) TO etc_people;`

const scopeOf = (table: string): string => `
ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY;
DROP POLICY desk ON ${table};
CREATE POLICY desk ON ${table} TO etc_desk USING (${isOfScope});`

/** What an act of the desk may find and leave behind, beyond the lots of the person. */
const acts = `
CREATE POLICY desk_add ON centre.lot AS RESTRICTIVE FOR INSERT TO etc_desk WITH CHECK (${who} IS NOT NULL);
CREATE POLICY desk_change ON centre.lot AS RESTRICTIVE FOR UPDATE TO etc_desk USING (${who} IS NOT NULL);
CREATE POLICY desk_add ON desk.lot_key AS RESTRICTIVE FOR INSERT TO etc_desk WITH CHECK (${who} IS NOT NULL);
CREATE POLICY desk_change ON desk.lot_key AS RESTRICTIVE FOR UPDATE TO etc_desk
  USING (revoked_at IS NULL AND ${who} IS NOT NULL)
  WITH CHECK (revoked_at IS NOT NULL AND revoked_by = ${who});
CREATE POLICY desk_change ON desk.pairing AS RESTRICTIVE FOR UPDATE TO etc_desk
  USING (state = 'pending' AND ${who} IS NOT NULL)
  WITH CHECK (state IN ('accepted', 'refused') AND decided_by = ${who});
CREATE POLICY desk_change ON desk.aside_row AS RESTRICTIVE FOR UPDATE TO etc_desk
  USING (passed_at IS NULL AND ${who} IS NOT NULL)
  WITH CHECK (passed_at IS NOT NULL AND passed_by = ${who});
CREATE POLICY desk_change ON desk.matter AS RESTRICTIVE FOR UPDATE TO etc_desk
  USING (ended_at IS NULL AND ${who} IS NOT NULL) WITH CHECK (${who} IS NOT NULL);

ALTER TABLE desk.act ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk ON desk.act FOR SELECT TO etc_desk USING (${isOfScope});
CREATE POLICY desk_add ON desk.act FOR INSERT TO etc_desk
  WITH CHECK (person = ${who} AND (lot_id IS NULL OR ${isOfScope}));
CREATE POLICY people_add ON desk.act FOR INSERT TO etc_people WITH CHECK (
  lot_id IS NULL
  AND act IN ('session.begin', 'person.secret', 'person.lastTry', 'wall.open', 'wall.end')
  AND person IN (SELECT name FROM desk.person)
);

ALTER TABLE desk.alarm_way ENABLE ROW LEVEL SECURITY;
CREATE POLICY work ON desk.alarm_way FOR SELECT TO etc_work USING (true);
CREATE POLICY desk ON desk.alarm_way FOR SELECT TO etc_desk USING (${scope} IS NOT NULL);
CREATE POLICY desk_add ON desk.alarm_way FOR INSERT TO etc_desk
  WITH CHECK (${scope} = '*' AND ${who} IS NOT NULL);
CREATE POLICY desk_change ON desk.alarm_way FOR UPDATE TO etc_desk
  USING (removed_at IS NULL AND ${scope} = '*' AND ${who} IS NOT NULL)
  WITH CHECK (removed_at IS NOT NULL);
ALTER TABLE desk.mail_server ENABLE ROW LEVEL SECURITY;
CREATE POLICY work ON desk.mail_server FOR SELECT TO etc_work USING (true);
CREATE POLICY desk ON desk.mail_server FOR SELECT TO etc_desk USING (${scope} = '*');
CREATE POLICY desk_add ON desk.mail_server FOR INSERT TO etc_desk
  WITH CHECK (${scope} = '*' AND ${who} IS NOT NULL);
CREATE POLICY desk_change ON desk.mail_server FOR UPDATE TO etc_desk
  USING (${scope} = '*' AND ${who} IS NOT NULL);`

const grants = `
REVOKE ALL ON ALL TABLES IN SCHEMA desk FROM etc_desk;
REVOKE INSERT, UPDATE ON centre.lot FROM etc_desk;
REVOKE UPDATE ON desk.lot_key FROM etc_door;
GRANT INSERT (lot_id, name), UPDATE (name, state) ON centre.lot TO etc_desk;
GRANT SELECT ON desk.pairing, desk.lot_key, desk.aside_row, desk.matter, desk.act, desk.sample, desk.alarm_way,
  desk.mail_server, desk.alarm_told TO etc_desk;
GRANT UPDATE (state, decided_at, decided_by, tls_certificate, sign_certificate) ON desk.pairing TO etc_desk;
GRANT INSERT (serial, lot_id, use, certificate, from_at, to_at), UPDATE (revoked_at, revoked_by)
  ON desk.lot_key TO etc_desk;
GRANT UPDATE (passed_at, passed_by, reason) ON desk.aside_row TO etc_desk;
GRANT UPDATE (ended_at, taken_at, taken_by, quiet_until) ON desk.matter TO etc_desk;
GRANT INSERT (at, person, act, lot_id, detail) ON desk.act TO etc_desk, etc_people;
GRANT INSERT (kind, address, after_s), UPDATE (removed_at) ON desk.alarm_way TO etc_desk;
GRANT INSERT (server), UPDATE (server) ON desk.mail_server TO etc_desk;
GRANT USAGE ON SCHEMA desk TO etc_people;
GRANT SELECT, UPDATE (secret, one_time) ON desk.person TO etc_people;
GRANT SELECT, INSERT (token_digest, person_id, since, last_seen, wall), UPDATE (last_seen), DELETE
  ON desk.session TO etc_people;
GRANT SELECT, INSERT, UPDATE, DELETE ON desk.sign_in_try TO etc_people;`

export const deskRights = [sessionFunctions, ...ofLots.map(scopeOf), acts, grants].join('\n')
