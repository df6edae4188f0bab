// Step 1 of the schema: its parts, row-level security of every table that has a lot, and rights of the roles.
import { beatsPart } from './beats.ts'
import { foldPart } from './fold.ts'
import type { SchemaPart } from './part.ts'
import { rowsPart } from './rows.ts'
import { samplesPart } from './samples.ts'
import { securityOf } from './security.ts'

const parts: readonly SchemaPart[] = [rowsPart, foldPart, beatsPart, samplesPart]

const grants = `
GRANT USAGE ON SCHEMA centre, desk TO etc_door, etc_desk, etc_work;
GRANT SELECT ON ALL TABLES IN SCHEMA centre TO etc_desk;`

export const firstStep = [
  ...parts.map(({ tables }) => tables),
  ...parts.flatMap(({ ofLots }) => ofLots.map(securityOf)),
  grants,
  ...parts.map((part) => part.grants),
].join('\n')
