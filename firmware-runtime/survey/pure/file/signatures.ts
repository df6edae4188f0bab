// Signatures of a survey as records, each with the number of records before and after it.
// A signature covers the records before it; later ones are reported as unsigned.
import { standingRecords } from './project.ts'
import type { SignatureBody, SurveyRecord } from './record.ts'
import { isoOf } from '#base/pure/values/instant.ts'

export interface SignatureView extends Omit<SignatureBody, 'kind'> {
  readonly atIso: string
  /** Records that were there when it was made. */
  readonly covers: number
  /** Records made later; signatures, and taking them back, change nothing that was measured. */
  readonly after: number
}

export function signatureViews(records: readonly SurveyRecord[]): readonly SignatureView[] {
  const standing = new Set(standingRecords(records).map(({ id }) => id))
  const signed = new Set(
    records.filter(({ body }) => body.kind === 'signature').map(({ id }) => id),
  )
  const counts = ({ body }: SurveyRecord): boolean =>
    body.kind !== 'signature' && !(body.kind === 'withdrawn' && signed.has(body.recordId))
  return records.flatMap(({ id, seq, atMs, body }) => {
    if (body.kind !== 'signature' || !standing.has(id)) return []
    const { kind: _, ...made } = body
    const after = records.filter((one) => one.seq > seq && counts(one)).length
    return [{ ...made, atIso: isoOf(atMs), covers: seq - 1, after }]
  })
}

/** The box of a signature as a drawing of its own; the path is checked where it is recorded. */
export const signatureSvg = (path: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" width="180" height="60">` +
  `<path d="${path}" fill="none" stroke="#000" stroke-width="4" stroke-linecap="round" ` +
  `stroke-linejoin="round"/></svg>`
