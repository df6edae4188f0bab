// What a centre measures of itself, an hour each, for the page of its limits; kept for two weeks.
import type { SchemaPart } from './part.ts'

export const samplesPart: SchemaPart = {
  tables: `
CREATE TABLE desk.sample (
  hour timestamptz PRIMARY KEY,
  -- HourFigures of centre/limits/figures.ts
  figures jsonb NOT NULL
);`,
  ofLots: [],
  grants: `
GRANT SELECT, INSERT, UPDATE, DELETE ON desk.sample TO etc_work;
REVOKE INSERT, UPDATE ON desk.sample FROM etc_desk;`,
}
