// The hash chain of a survey: each record carries a digest of itself and of the previous record, so that a changed, removed
// or inserted record is detected. The caller supplies the digest function (SM3).
import { canonicalJson } from '#base/pure/data/json.ts'

/** A record as stored in a file, with its body as text. */
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

/** The hash that the first record follows. */
export const firstHash = ({ surveyId, createdAtMs }: SurveyHead, digest: TextDigest): string =>
  digest(`etc-lane survey 1\n${canonicalJson({ surveyId, createdAtMs })}`)

export const recordHash = (
  before: string,
  { seq, id, atMs, by, body }: Omit<StoredRecord, 'hash'>,
  digest: TextDigest,
): string => digest(`${before}\n${canonicalJson({ seq, id, atMs, by })}\n${body}`)

/** A chain before two files were joined (merge.ts): its head and its records in order. */
interface OldChain extends SurveyHead {
  readonly head: string
  readonly ids: readonly string[]
}

/** The hashes of an old chain, recomputed from the records at their present positions; null where a record is missing. */
function oldHashes(
  chain: OldChain | null,
  byId: ReadonlyMap<string, StoredRecord>,
  digest: TextDigest,
): readonly string[] | null {
  if (chain === null) return null
  const { surveyId, createdAtMs, head, ids } = chain
  let hash = firstHash({ surveyId, createdAtMs }, digest)
  const hashes = [hash]
  for (const [i, id] of ids.entries()) {
    const record = byId.get(id)
    if (record === undefined) return null
    hash = recordHash(hash, { ...record, seq: i + 1 }, digest)
    hashes.push(hash)
  }
  return hash === head ? hashes : null
}

const isOldChain = (value: unknown): value is OldChain => {
  if (typeof value !== 'object' || value === null) return false
  const { surveyId, createdAtMs, head, ids } = value as Partial<OldChain>
  const named = typeof surveyId === 'string' && typeof head === 'string'
  return named && typeof createdAtMs === 'number' && Array.isArray(ids)
}

/** The members of a record of this kind; null for any other. */
function bodyOf({ body }: StoredRecord, kind: string): Readonly<Record<string, unknown>> | null {
  if (!body.includes(`"${kind}"`)) return null
  try {
    const value = JSON.parse(body) as Readonly<Record<string, unknown>>
    return value['kind'] === kind ? value : null
  } catch {
    // Not JSON: the reader of the body reports it.
    return null
  }
}

/** The old chains named by joining records, by sequence number; null: malformed. Withdrawn records are skipped. */
function oldChains(
  records: readonly StoredRecord[],
): readonly { readonly seq: number; readonly chain: OldChain | null }[] {
  const gone = new Set(records.map((record) => bodyOf(record, 'withdrawn')?.['recordId']))
  return records.flatMap((record) => {
    const body = gone.has(record.id) ? null : bodyOf(record, 'merged')
    if (body === null) return []
    const parts: readonly unknown[] = Array.isArray(body['parts']) ? body['parts'] : [null]
    return parts.map((one) => ({ seq: record.seq, chain: isOldChain(one) ? one : null }))
  })
}

const recordsById = (records: readonly StoredRecord[]): ReadonlyMap<string, StoredRecord> =>
  new Map(records.map((record) => [record.id, record]))

/** Every hash that these records prove: their own, and those of the files joined in them. */
export function heldHashes(
  head: SurveyHead,
  records: readonly StoredRecord[],
  digest: TextDigest,
): ReadonlySet<string> {
  const byId = recordsById(records)
  const old = oldChains(records).flatMap(({ chain }) => oldHashes(chain, byId, digest) ?? [])
  return new Set([firstHash(head, digest), ...records.map(({ hash }) => hash), ...old])
}

/**
 * Sequence numbers at which the chain is broken: a changed record, or one with a missing predecessor; and joining
 * records whose old chains cannot be recomputed from the records any more.
 */
export function brokenAt(
  head: SurveyHead,
  records: readonly StoredRecord[],
  digest: TextDigest,
): readonly number[] {
  const broken: number[] = []
  const byId = recordsById(records)
  const unproven = new Set(
    oldChains(records)
      .filter(({ chain }) => oldHashes(chain, byId, digest) === null)
      .map((old) => old.seq),
  )
  let before = firstHash(head, digest)
  let seq = 0
  for (const record of records) {
    const fits = record.seq === seq + 1 && record.hash === recordHash(before, record, digest)
    if (!fits || unproven.has(record.seq)) broken.push(record.seq)
    before = record.hash
    seq = record.seq
  }
  return broken
}
