// The chain of a survey: each record carries a digest of itself and of the record before it, so that
// none can be changed, left out or put between without showing. The digest comes from outside (SM3).
import { canonicalJson } from '../values/json.ts'

/** A record as it lies in a file: its body is text still. */
export interface StoredRecord {
  readonly seq: number
  readonly id: string
  readonly atMs: number
  readonly by: string
  readonly body: string
  readonly hash: string
}

export interface SurveyHead {
  readonly surveyId: string
  readonly createdAtMs: number
}

export type TextDigest = (text: string) => string

/** What the first record follows. */
export const firstHash = ({ surveyId, createdAtMs }: SurveyHead, digest: TextDigest): string =>
  digest(`etc-lane survey 1\n${canonicalJson({ surveyId, createdAtMs })}`)

export function recordHash(
  before: string,
  { seq, id, atMs, by, body }: Omit<StoredRecord, 'hash'>,
  digest: TextDigest,
): string {
  return digest(`${before}\n${canonicalJson({ seq, id, atMs, by })}\n${body}`)
}

/** Sequence numbers at which the chain does not hold: a record changed, or one before it missing. */
export function brokenAt(
  head: SurveyHead,
  records: readonly StoredRecord[],
  digest: TextDigest,
): readonly number[] {
  const broken: number[] = []
  let before = firstHash(head, digest)
  let seq = 0
  for (const record of records) {
    const fits = record.seq === seq + 1 && record.hash === recordHash(before, record, digest)
    if (!fits) broken.push(record.seq)
    before = record.hash
    seq = record.seq
  }
  return broken
}
