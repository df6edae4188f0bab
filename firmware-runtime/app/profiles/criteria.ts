// Criteria of the profile library: by what a row of table D.1 is judged whose standard's text is not public.
// Assumed values with their sources; a person's cited text stands before them, survey by survey.
import { readStrictJson } from '../strict-json.ts'
import { criterionSchema } from './criterion-schema.ts'
import type { Findings } from './findings.ts'
import { faultFinding, schemaFindings } from './read-profile.ts'
import { findingWords as words } from './finding-words.ts'

const shape = /^criteria\/([a-z]\d{1,2})\.json$/
/** Files that are a criterion's by their place. */
export const isCriterionPath = (path: string): boolean => path.startsWith('criteria/')

/** What is wrong with a criterion of the library, said as of a profile. */
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
