// Recovers the records of a damaged survey: of all records found under a number, the one that follows the chain. A record
// that follows nothing is suspect, a missing one is lost; both are listed by number.
import { brokenAt, firstHash, recordHash, type StoredRecord, type SurveyHead } from './chain.ts'
import type { TextDigest } from './chain.ts'

interface Rechained {
  readonly records: readonly StoredRecord[]
  readonly lost: readonly number[]
  readonly suspect: readonly number[]
}

export function rechained(
  head: SurveyHead,
  found: readonly StoredRecord[],
  digest: TextDigest,
): Rechained {
  const bySeq = new Map<number, StoredRecord[]>()
  for (const one of found) bySeq.set(one.seq, [...(bySeq.get(one.seq) ?? []), one])
  const last = Math.max(0, ...bySeq.keys())
  const records: StoredRecord[] = []
  const lost: number[] = []
  let before = firstHash(head, digest)
  for (let seq = 1; seq <= last; seq++) {
    const candidates = bySeq.get(seq) ?? []
    const fits = candidates.find((one) => one.hash === recordHash(before, one, digest))
    const record = fits ?? candidates[0]
    if (record === undefined) lost.push(seq)
    else {
      records.push(record)
      before = record.hash
    }
  }
  return { records, lost, suspect: brokenAt(head, records, digest) }
}
