// Step 1 of the schema: its parts, row-level security of every table that has a lot, and rights of the roles.
import { beatsPart } from './beats.ts'
import { foldPart } from './fold.ts'
import type { SchemaPart } from './part.ts'
import { rowsPart } from './rows.ts'
import { samplesPart } from './samples.ts'

const parts: readonly SchemaPart[] = [rowsPart, foldPart, beatsPart, samplesPart]

const securityOf = (table: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY door ON ${table} TO etc_door USING (true) WITH CHECK (true);
CREATE POLICY work ON ${table} TO etc_work USING (true) WITH CHECK (true);
CREATE POLICY desk ON ${table} TO etc_desk USING (
  current_setting('etc.lots', true) = '*'
  OR lot_id = ANY (string_to_array(current_setting('etc.lots', true), ','))
);`

const grants = `
GRANT USAGE ON SCHEMA centre, desk TO etc_door, etc_desk, etc_work;
GRANT SELECT ON ALL TABLES IN SCHEMA centre TO etc_desk;`

export const firstStep = [
  ...parts.map(({ tables }) => tables),
  ...parts.flatMap(({ ofLots }) => ofLots.map(securityOf)),
  grants,
  ...parts.map((part) => part.grants),
].join('\n')
