// The part of the page that is loaded with the first file: sql.js, SM2 and SM3, the checks of record bodies.
// Takes bytes and returns views; it has no access to files, a runtime or a network.
import { z } from 'zod'
import { mergeSurveys } from '#survey/pure/file/merge.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { digests } from '../../sandbox/gm.ts'
import { loadSql } from '../../sandbox/load-sql.ts'
import { openEvidenceBytes, openSurveyBytes, type OpenedSurvey } from '../../sandbox/open-survey.ts'
import { surveyBytes } from '../../sandbox/write-survey.ts'

export { fingerprintsInPem } from '../../sandbox/gm.ts'
export { revocationsIn } from '../../sandbox/revocations.ts'

// zod would compile its checks with `new Function`, which the window's policy forbids.
z.config({ jitless: true })

export async function openSurveyInWindow(name: string, bytes: Uint8Array) {
  return openSurveyBytes(await loadSql(), name, bytes)
}

export const openEvidenceInWindow = openEvidenceBytes

/** A damaged file is not merged; throws SURVEY-02, as on the command line. */
function sourceOf({ name, content, records }: OpenedSurvey) {
  const { surveyId, createdAtMs, lost, broken } = content
  if (lost.length + broken.length > 0)
    throw new LaneFault('SURVEY-02', { file: name, value: [...lost, ...broken].join(', ') })
  return { file: name, surveyId, createdAtMs, stored: content.records, records }
}

/** Throws SURVEY-02, SURVEY-30 or SURVEY-31, like `survey merge`. */
export async function joinInWindow(one: OpenedSurvey, other: OpenedSurvey) {
  const merged = mergeSurveys(sourceOf(one), sourceOf(other), digests.ofText)
  const photos = new Map([...one.photos, ...other.photos].map((photo) => [photo.digest, photo]))
  const sql = await loadSql()
  return { merged, bytes: surveyBytes(sql, merged, merged.records, [...photos.values()]) }
}
