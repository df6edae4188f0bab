// Files of one survey that were joined: readings keep the setup and the instrument of their own chain. Files that fit pass; others
// are incomplete, with the sentence why, whichever file is named first.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  firstHash,
  recordHash,
  type StoredRecord,
  type SurveyHead,
} from '#survey/pure/file/chain.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { mergeSurveys, type MergeSource } from '#survey/pure/file/merge.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { ItemId, SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { dayMin, drop, edit, later, type Change } from './attacks/change.ts'
import { recordsOfMade, verdictsOf, whole, type Made } from './attacks/whole-survey.ts'

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').toUpperCase()

/** A file of these records; ids are kept, so that a common beginning is common. */
function source(records: readonly SurveyRecord[], head: SurveyHead): MergeSource {
  let hash = firstHash(head, digest)
  const stored = records.map(({ id, atMs, by, body }, i): StoredRecord => {
    const record = { seq: i + 1, id, atMs, by, body: JSON.stringify(body) }
    hash = recordHash(hash, record, digest)
    return { ...record, hash }
  })
  return { ...head, file: head.surveyId, stored, records }
}
const joined = (
  a: readonly SurveyRecord[],
  b: readonly SurveyRecord[],
): readonly SurveyRecord[] => {
  const merged = mergeSurveys(
    source(a, { surveyId: 'a', createdAtMs: 1 }),
    source(b, { surveyId: 'b', createdAtMs: 2 }),
    digest,
  )
  return merged.records.map(({ hash: _, body, ...record }) => ({
    ...record,
    body: JSON.parse(body) as SurveyBody,
  }))
}
const renamed = (records: readonly SurveyRecord[]): readonly SurveyRecord[] =>
  records.map((record) => ({ ...record, id: `${record.id} b` }))
const fieldTags = ['opened', 'setup', 'instrument', 'background', 'drift', 'point']
const isOfField = ({ tag }: Made): boolean => fieldTags.includes(tag)
const recordsWhere = (is: (one: Made) => boolean, change: Change = (all) => all) =>
  recordsOfMade(change(whole.filter(is)))
const others = (one: Made): boolean =>
  !isOfField(one) || one.tag === 'opened' || one.tag === 'setup'

describe('two files that were joined', () => {
  it.each<[string, readonly SurveyRecord[], readonly SurveyRecord[]]>([
    [
      'the field on one computer, the rest on another',
      recordsWhere(isOfField),
      renamed(recordsWhere(others)),
    ],
    [
      'a copy that went on, and the first that went on alone',
      recordsWhere((one) => isOfField(one) || one.minute < 50),
      recordsWhere((one) => isOfField(one) === false || one.minute < 5),
    ],
    [
      'two halves of a field, each with its own drift',
      recordsWhere((one) => !(one.tag === 'point' && one.minute > 20)),
      renamed(recordsWhere((one) => isOfField(one) && !(one.tag === 'point' && one.minute <= 20))),
    ],
  ])('%s', (_what, a, b) => {
    expect(verdictsOf(joined(a, b))).toEqual([])
    expect(verdictsOf(joined(b, a))).toEqual([])
  })
})

const rowOf = (id: ItemId, records: readonly SurveyRecord[]) =>
  surveyItems.find((one) => one.id === id)?.judge(projectOf(records))
const withPower = (power: number): Change => edit('setup', { settings: { powerStep: power } })

describe('two files that do not fit', () => {
  it.each<[string, ItemId, readonly SurveyRecord[], readonly SurveyRecord[]]>([
    [
      'the field was read with setup 20, the other file states 10',
      'D5',
      recordsWhere(isOfField, edit('setup', { settings: { powerStep: 20 } })),
      renamed(recordsWhere(others, withPower(10))),
    ],
    [
      'the neighbour lane was tried with setup 10, the field file states 20',
      'D6',
      recordsWhere(isOfField, edit('setup', { settings: { powerStep: 20 } })),
      renamed(recordsWhere(others, withPower(10))),
    ],
    [
      'the other file states another firmware',
      'D5',
      recordsWhere(isOfField),
      renamed(recordsWhere(others, edit('setup', { firmware: '2.0.0' }))),
    ],
    [
      'the field file has no setup of its own before the field',
      'D5',
      recordsWhere(isOfField, drop('setup')),
      renamed(recordsWhere(others)),
    ],
    [
      'the runs file has no setup of its own',
      'D6',
      recordsWhere(isOfField),
      renamed(recordsWhere(others, drop('setup'))),
    ],
    [
      'half a grid 30 days later',
      'D5',
      recordsWhere((one) => !(one.tag === 'point' && one.minute > 20)),
      renamed(
        recordsWhere(
          (one) => isOfField(one) && !(one.tag === 'point' && one.minute <= 20),
          later((one) => one.minute > 1.5, 30 * dayMin),
        ),
      ),
    ],
    [
      'the background 180 days before',
      'D5',
      recordsWhere(
        (one) => one.tag !== 'background',
        later((one) => one.minute > 0.5, 180 * dayMin),
      ),
      renamed(
        recordsWhere((one) => ['opened', 'setup', 'instrument', 'background'].includes(one.tag)),
      ),
    ],
    [
      'the instrument of the other file has another correction, and this one has no row',
      'D5',
      recordsWhere((one) => isOfField(one), drop('instrument')),
      renamed(recordsWhere((one) => others(one) || one.tag === 'instrument')),
    ],
    [
      'a clock of one file ran back during the field',
      'D5',
      recordsOfMade(
        whole
          .filter(isOfField)
          .map((one) => (one.minute > 20 ? { ...one, minute: one.minute - 120 } : one)),
      ),
      renamed(recordsWhere(others)),
    ],
  ])('%s', (_what, id, a, b) => {
    for (const records of [joined(a, b), joined(b, a)]) {
      const found = rowOf(id, records)
      expect(found?.verdict, found?.words.en).toBe('incomplete')
      expect(found?.words.zh).not.toBe('')
    }
  })
})
