// Two files of one survey joined: every record of both, by time, in a new chain that proves both old ones.
// The same two files always make the same file, whichever is named first; no clock and no chance has a say.
import { t } from '#base/pure/words/fault-text.ts'
import { heldHashes, recordHash, firstHash, type StoredRecord, type SurveyHead } from './chain.ts'
import type { TextDigest } from './chain.ts'
import { checkedBody } from './body-schema.ts'
import { projectOf } from './project.ts'
import type { MergedBody, OpenedBody, SurveyRecord } from './record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'

/** A file that is whole: nothing lost, nothing broken. */
export interface MergeSource extends SurveyHead {
  /** As people know it, for faults. */
  readonly file: string
  readonly stored: readonly StoredRecord[]
  readonly records: readonly SurveyRecord[]
}

export interface MergedSurvey extends SurveyHead {
  readonly records: readonly StoredRecord[]
  /** Records of one of the two alone, in the order in which the files were named. */
  readonly added: readonly [number, number]
}

/** Author of the joining record, which is no measurement by a person. */
const joiner = 'merge'

const headHash = ({ stored, ...head }: MergeSource, digest: TextDigest): string =>
  stored.at(-1)?.hash ?? firstHash(head, digest)

/** Members that must be equal for two files to belong to one survey. */
const sameOf = (opened: OpenedBody): Readonly<Record<string, unknown>> => {
  const { site, lane, grid, trigger, zone, rules } = opened
  return { site, lane, grid, trigger, zone: zone ?? null, rules: rules ?? null }
}

/** SURVEY-30 with the first member that differs. */
function checkSame(one: MergeSource, other: MergeSource): void {
  const [a, b] = [projectOf(one.records).opened, projectOf(other.records).opened]
  if (a === null || b === null)
    throw new LaneFault('SURVEY-30', {
      file: a === null ? one.file : other.file,
      field: 'opened',
      note: t('文件没有写勘测的是什么', 'the file does not say what was surveyed'),
    })
  const [mine, theirs] = [sameOf(a), sameOf(b)]
  for (const name of Object.keys(mine)) {
    const [x, y] = [canonicalJson(mine[name]), canonicalJson(theirs[name])]
    if (x !== y)
      throw new LaneFault('SURVEY-30', {
        file: other.file,
        field: name,
        value: y,
        note: `not ${x}`,
      })
  }
}

const contentOf = ({ id, atMs, by, body }: StoredRecord): string =>
  canonicalJson({ id, atMs, by, body })

/** SURVEY-31 with every record that is not the same in both. */
function checkConflicts(one: MergeSource, other: MergeSource): void {
  const mine = new Map(one.stored.map((record) => [record.id, contentOf(record)]))
  const apart = other.stored
    .filter((record) => (mine.get(record.id) ?? contentOf(record)) !== contentOf(record))
    .map(({ id }) => id)
  if (apart.length > 0)
    throw new LaneFault('SURVEY-31', { file: other.file, field: 'id', value: apart.join(', ') })
}

const before = (a: StoredRecord, b: StoredRecord): boolean =>
  a.atMs !== b.atMs ? a.atMs < b.atMs : a.id < b.id

/** By time; each file keeps its own order, even where its clock was set back in between. */
function inOrder(
  one: readonly StoredRecord[],
  other: readonly StoredRecord[],
): readonly StoredRecord[] {
  const out = new Map<string, StoredRecord>()
  let [i, j] = [0, 0]
  for (;;) {
    const [a, b] = [one[i], other[j]]
    if (a !== undefined && out.has(a.id)) i++
    else if (b !== undefined && out.has(b.id)) j++
    else {
      const first = b === undefined || (a !== undefined && before(a, b)) ? a : b
      if (first === undefined) return [...out.values()]
      out.set(first.id, first)
    }
  }
}

const earlierHead = (a: SurveyHead, b: SurveyHead): SurveyHead => {
  const first =
    a.createdAtMs !== b.createdAtMs ? a.createdAtMs < b.createdAtMs : a.surveyId <= b.surveyId
  const { surveyId, createdAtMs } = first ? a : b
  return { surveyId, createdAtMs }
}

function joining(
  sources: readonly MergeSource[],
  records: readonly StoredRecord[],
  digest: TextDigest,
): Omit<StoredRecord, 'seq' | 'hash'> {
  const parts = sources
    .map((source) => ({
      surveyId: source.surveyId,
      createdAtMs: source.createdAtMs,
      head: headHash(source, digest),
      ids: source.stored.map(({ id }) => id),
    }))
    .toSorted((a, b) => (a.head < b.head ? -1 : 1))
  const body: MergedBody = { kind: 'merged', parts }
  const text = JSON.stringify(checkedBody(body))
  const atMs = Math.max(...records.map((record) => record.atMs))
  return { id: `merge-${digest(text).slice(0, 32)}`, atMs, by: joiner, body: text }
}

function chained(
  head: SurveyHead,
  records: readonly Omit<StoredRecord, 'seq' | 'hash'>[],
  digest: TextDigest,
): readonly StoredRecord[] {
  let hash = firstHash(head, digest)
  return records.map(({ id, atMs, by, body }, i) => {
    const record = { seq: i + 1, id, atMs, by, body }
    hash = recordHash(hash, record, digest)
    return { ...record, hash }
  })
}

/** SURVEY-30 where they are of different surveys, SURVEY-31 where one record differs. */
export function mergeSurveys(
  one: MergeSource,
  other: MergeSource,
  digest: TextDigest,
): MergedSurvey {
  checkSame(one, other)
  checkConflicts(one, other)
  const [mine, theirs] = [
    new Set(one.stored.map(({ id }) => id)),
    new Set(other.stored.map(({ id }) => id)),
  ]
  const added: [number, number] = [
    one.stored.filter(({ id }) => !theirs.has(id)).length,
    other.stored.filter(({ id }) => !mine.has(id)).length,
  ]
  // A file that proves the other already is what both amount to.
  for (const [whole, part] of [
    [one, other],
    [other, one],
  ] as const)
    if (heldHashes(whole, whole.stored, digest).has(headHash(part, digest)))
      return {
        surveyId: whole.surveyId,
        createdAtMs: whole.createdAtMs,
        records: whole.stored,
        added,
      }
  const head = earlierHead(one, other)
  const records = inOrder(one.stored, other.stored)
  const all = [...records, joining([one, other], records, digest)]
  return { ...head, records: chained(head, all, digest), added }
}
