// The runs of an acceptance in the ledger: every run of a session stays with its verdicts, and a red half counts only
// where a run recorded it.
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { describe, expect, it } from 'vitest'
import {
  isRedKept,
  keptSessions,
  noteRow,
  type RunNote,
} from '#acceptance/desk/service/run-notes.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { opened } from './acceptance-kit.ts'

const rowsOf = (notes: readonly RunNote[]): readonly LedgerRow[] =>
  notes.map((note, i) => ({ ...noteRow(note, i * 1000), nodeId: 'n1', seq: i + 1 }) as LedgerRow)
const about = { fromIso: '2026-03-02T00:00:00.000+08:00', aimedAt: null, isRed: false }
const begun = (sessionId: string): RunNote => ({ sessionId, ...about, judged: null })
const verdict = (sessionId: string, is: 'pass' | 'fail', red: string | null = null): RunNote => ({
  ...begun(sessionId),
  judged: [
    {
      id: 'E1',
      verdict: is,
      failed: [],
      red: red === null ? null : { assertion: 'x', atIso: red },
    },
  ],
})

it('a service notes the start of a run and each verdict, before anybody can read its file', async () => {
  const { service, notes } = opened()
  await service.run({ item: 'E1' })
  await service.ended()
  expect(notes.map(({ judged }) => judged)).toEqual([
    null,
    [{ id: 'E1', verdict: 'pass', failed: [], red: null }],
  ])
  await service.run({ item: 'E2', isAnew: true })
  await service.ended()
  const ids = new Set(notes.map(({ sessionId }) => sessionId))
  expect([notes.length, ids.size]).toEqual([4, 2])
})

it('a verdict that the ledger does not take is in no file', async () => {
  let left = 1
  const { service, session } = opened({
    note: () => {
      if (left-- === 0) throw new Error('disk full')
    },
  })
  await service.run({ item: 'E1' })
  await expect(service.ended()).rejects.toThrow('disk full')
  expect(session().results).toEqual({})
})

describe('sessions of a ledger', () => {
  it.each<[string, readonly RunNote[], readonly (readonly string[])[]]>([
    ['none', [], []],
    [
      'one that failed and one that passed',
      [begun('A1'), verdict('A1', 'fail'), begun('A2'), verdict('A2', 'pass')],
      [['fail'], ['pass']],
    ],
    [
      'a run that was repeated in its session',
      [begun('A1'), verdict('A1', 'fail'), begun('A1'), verdict('A1', 'pass')],
      [['fail', 'pass']],
    ],
    [
      'one that was broken off',
      [begun('A1'), begun('A2'), verdict('A2', 'pass')],
      [[''], ['pass']],
    ],
  ])('%s', (_, notes, expected) => {
    const said = keptSessions(rowsOf(notes)).map(({ runs }) =>
      runs.map(({ judged }) => judged.map((one) => one.verdict).join()),
    )
    expect(said).toEqual(expected)
  })
  it('skip other events, and rows that nobody can read', () => {
    const row = (type: string, detail: string) =>
      ({ kind: 'event', atMs: 0, nodeId: 'n1', seq: 1, body: { type, detail } }) as LedgerRow
    expect(keptSessions([row('clock', '{}'), row('acceptance', 'x')])).toEqual([])
  })
})

it.each([
  ['as it was recorded', 'A1', 'G5', 'refused', 'T1', true],
  ['at another time', 'A1', 'G5', 'refused', 'T2', false],
  ['by another assertion', 'A1', 'G5', 'late', 'T1', false],
  ['of another item', 'A1', 'G10', 'refused', 'T1', false],
  ['of an item without a fault', 'A1', 'E2', 'refused', 'T1', false],
  ['of another session', 'A2', 'G5', 'refused', 'T1', false],
])('a red half counts %s: %s %s %s %s', (_, sessionId, id, assertion, atIso, counts) => {
  const red = (of: string): RunNote => {
    const note = verdict('A1', 'pass')
    const judged = [{ ...note.judged?.[0], id: of, red: { assertion: 'refused', atIso: 'T1' } }]
    return { ...note, judged } as RunNote
  }
  const kept = keptSessions(rowsOf([begun('A1'), red('G5'), red('E2'), begun('A2')]))
  const item = present(
    acceptanceItems.find((one) => one.id === id),
    id,
  )
  expect(isRedKept(kept, sessionId, item, { assertion, atIso })).toBe(counts)
})

it('a red half that is in the file of a run alone is not shown', async () => {
  const scene = opened()
  await scene.service.run({ item: 'G5' })
  await scene.service.ended()
  const { ports, session, service } = scene
  const red = { assertion: 'refused', words: t('坏', 'bad'), atIso: '2026-03-02T08:00:00+08:00' }
  const shown = async () => (await service.view()).items.find(({ id }) => id === 'G5')?.red
  const { G5 } = session().results
  ports.keep({ ...session(), results: { G5: { ...present(G5, 'G5'), red } } })
  expect(await shown()).toBeNull()
  const { sessionId, fromMs } = session()
  const { assertion, atIso } = red
  const judged = [
    { id: 'G5' as const, verdict: 'pass' as const, failed: [], red: { assertion, atIso } },
  ]
  const of = { sessionId: sessionId ?? '', fromIso: isoOf(fromMs ?? 0), aimedAt: null, isRed: true }
  ports.note({ ...of, judged })
  expect(await shown()).toEqual(red)
})
