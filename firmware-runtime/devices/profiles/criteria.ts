// Criteria of the profile library, for rows of table D.1 whose standard is not published. Assumed values with their
// sources; a text cited by a person takes precedence in each survey.
import { readStrictJson } from '#base/process/strict-json.ts'
import { criterionSchema } from './criterion-schema.ts'
import type { Findings } from './findings.ts'
import { faultFinding, schemaFindings } from './read-profile.ts'
import { findingWords as words } from './finding-words.ts'

const shape = /^criteria\/([a-z]\d{1,2})\.json$/
/** Whether a path is that of a criterion. */
export const isCriterionPath = (path: string): boolean => path.startsWith('criteria/')

/** Findings of a criterion in the library, in the form of profile findings. */
export function checkCriterion(bytes: Uint8Array, findings: Findings): void {
  let value
  try {
    value = readStrictJson(bytes, findings.file)
  } catch (error) {
    faultFinding(error, findings)
    return
  }
  const parsed = criterionSchema.safeParse(value)
  if (!parsed.success) {
    schemaFindings(parsed.error, value, findings)
    return
  }
  const { item, basis: known, triesMin, readsMax } = parsed.data
  const { obusMin, placesMin, rounds, stressDb, neighbourDbmMax, procedure } = parsed.data
  if (shape.exec(findings.file)?.[1] !== item.toLowerCase())
    findings.add('PROFILE-02', '', findings.file, words.contentSays(item))
  for (const [name, { source: named }] of Object.entries({
    triesMin,
    readsMax,
    neighbourDbmMax,
    procedure,
    obusMin,
    placesMin,
    rounds,
    stressDb,
  }))
    if (!known.some(({ id }) => id === named))
      findings.add('PROFILE-12', [name, 'source'], named, words.noBasis())
  if (readsMax.value >= triesMin.value)
    findings.add('PROFILE-05', '/readsMax/value', readsMax.value, words.notFewerThanTries())
}
