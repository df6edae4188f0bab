// Rows of cars that were let go, out of a ledger on disk: boom acts and ends without payment within the requested time,
// with everything known about their stays, and no other stay.
import { afterEach, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import type { OrderEnd, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

afterEach(removeFolders)

const hourMs = 3_600_000
function stay(stayId: string, leftAtMs: number, end: OrderEnd, act: string | null): RowDraft[] {
  const of = { laneId: 'exit', stayId, atMs: leftAtMs }
  const who = { by: '甲', role: 'owner', reason: '熟人', commandId: `act-${stayId}` }
  return [
    cameIn(stayId, leftAtMs - hourMs, { laneId: 'exit' }),
    ...(act === null
      ? []
      : [{ kind: 'audit', ...of, body: { act, ...who, result: 'done' } } as const]),
    { kind: 'stayClosed', ...of, body: { end, leftAtMs } },
  ]
}

it('finds them by their acts and by their ends', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([
    ...stay('opened', startMs, 'later', 'lane.open'),
    ...stay('free', startMs + 1, 'other', 'lane.settle free'),
    ...stay('rule', startMs + 2, 'later', null),
    ...stay('left', startMs + 3, 'open', null),
    ...stay('cash', startMs + 4, 'other', 'lane.settle cash'),
    ...stay('etc', startMs + 5, 'etc', null),
    ...stay('before', startMs - hourMs, 'later', 'lane.open'),
    ...stay('after', startMs + 26 * hourMs, 'later', 'lane.open'),
  ])
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const rows = reader.letGoRows(startMs, startMs + 24 * hourMs)
  reader.close()
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ stayId }) => stayId)
  expect(of('stayOpened').sort()).toEqual(['free', 'left', 'opened', 'rule'])
  expect(of('stayClosed').sort()).toEqual(['free', 'left', 'opened', 'rule'])
  expect(of('audit')).toEqual(['opened', 'free'])
})
