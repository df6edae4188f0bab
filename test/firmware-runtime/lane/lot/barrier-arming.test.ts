// A barrier whose configuration changed is disarmed until a person re-arms it: recorded, reported once, kept over restarts,
// and not lost when the disk was full.
import { describe, expect, it } from 'vitest'
import type { roles } from '#base/pure/values/roles.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { makeLot, withBoom, type TestLot } from '../../runtime/control/control-kit.ts'

const who = { commandId: 'command-0001', by: '安装员', reason: '接线已核对' }
const lotWith = (wiring: string | null, rows: readonly LedgerRow[] = []): TestLot =>
  makeLot(rows, null, null, wiring)
const again = (lot: TestLot, wiring: string): TestLot => lotWith(wiring, lot.ledger.list)
const arm = (lot: TestLot, over: object = {}, role: (typeof roles)[number] = 'installer') =>
  lot.control.call('lane.arm', { laneId: 'exit', ...who, ...over }, role)
const armedRows = (lot: TestLot) =>
  lot.ledger.list.filter((row) => row.kind === 'event' && row.body.type === 'barrierArmed')
const faults = (lot: TestLot): string[] =>
  lot.runtime.events.since(0).events.flatMap((e) => (e.type === 'fault' ? [e.detail] : []))
const exitOf = (lot: TestLot) => lot.runtime.lanes.get('exit')

/** A lot that ran with one wiring and starts again with another. */
const changed = (): TestLot => again(lotWith('one'), 'two')

describe('a barrier configuration', () => {
  it('of a first start is let work, and written', () => {
    const lot = lotWith('one')
    expect(armedRows(lot)).toMatchObject([{ laneId: 'exit', body: { detail: /^[0-9A-F]{16}$/ } }])
    expect(lot.told).toEqual([])
    expect(exitOf(lot)?.barrierArmed).toBe(true)
  })
  it('that stays the same is written once', () => {
    const lot = again(again(lotWith('one'), 'one'), 'one')
    expect(armedRows(lot)).toHaveLength(1)
    expect(lot.told).toEqual([])
  })
  it('that changed disarms: before anything else is told, by name, on the board', async () => {
    const lot = changed()
    expect(lot.told).toEqual([{ do: 'disarm' }])
    expect(faults(lot)).toEqual(['barrierDisarmed'])
    const board = await lot.control.call('board.get', {}, 'auditor')
    expect(board).toMatchObject({
      data: { lanes: [{ barrierArmed: true }, { laneId: 'exit', barrierArmed: false }] },
    })
  })
  it('stays disarmed over every restart, and is armed again when it is as it was', () => {
    const lot = again(again(changed(), 'two'), 'two')
    expect(lot.told).toEqual([{ do: 'disarm' }])
    expect(again(lot, 'one').told).toEqual([])
  })
  it('of a lane without a barrier is nothing', () => {
    const lot = lotWith(null)
    expect(armedRows(lot)).toEqual([])
    expect(exitOf(lot)?.barrierArmed).toBe(true)
  })
})

describe('arming', () => {
  it('is audited, written with it, told, and holds over a restart', async () => {
    const lot = changed()
    const rowsBefore = lot.ledger.list.length
    expect(await arm(lot)).toEqual({ ok: true, data: { ok: true, repeated: false } })
    expect(lot.ledger.list.slice(rowsBefore)).toMatchObject([
      { kind: 'audit', laneId: 'exit', body: { act: 'lane.arm', ...who, role: 'installer' } },
      { kind: 'event', laneId: 'exit', body: { type: 'barrierArmed' } },
    ])
    expect(lot.told).toEqual([{ do: 'disarm' }, { do: 'arm' }])
    expect(exitOf(lot)?.barrierArmed).toBe(true)
    expect(await arm(lot)).toMatchObject({ data: { repeated: true } })
    const next = again(lot, 'two')
    expect(next.told).toEqual([])
    expect(again(next, 'one').told, 'the old one counts no more').toEqual([{ do: 'disarm' }])
  })
  it.each(['auditor', 'attendant'] as const)('is not for a %s', async (role) => {
    const lot = changed()
    expect(await arm(lot, {}, role)).toMatchObject({ error: { code: 'API-02' } })
    expect(exitOf(lot)?.barrierArmed).toBe(false)
  })
  it.each([
    ['a barrier that is armed', () => lotWith('one'), {}, 'LANE-02'],
    ['a lane without a barrier', changed, { laneId: 'entry' }, 'LANE-02'],
    ['a lane that is not there', changed, { laneId: 'side' }, 'LANE-01'],
    ['without a reason', changed, { reason: '' }, 'API-01'],
  ])('%s is refused', async (_, lotOf, over, code) => {
    const lot = lotOf()
    const rows = lot.ledger.list.length
    expect(await arm(lot, over)).toMatchObject({ error: { code } })
    expect(lot.ledger.list).toHaveLength(rows)
    expect(lot.told.filter((command) => command.do === 'arm')).toEqual([])
  })
  it('does not happen when it cannot be written', async () => {
    const lot = changed()
    lot.ledger.fault = new LaneFault('DATA-02')
    expect(await arm(lot)).toMatchObject({ error: { code: 'DATA-02' } })
    expect(lot.told).toEqual([{ do: 'disarm' }])
    expect(exitOf(lot)?.barrierArmed).toBe(false)
  })
  it('a person opens a disarmed barrier by hand, at once', async () => {
    const lot = changed()
    const open = { laneId: 'exit', ...who }
    const reply = lot.control.call('lane.open', open, 'attendant')
    expect(await withBoom(lot, 'opens', reply)).toMatchObject({ data: { result: 'done' } })
    expect(lot.told.at(-1)).toMatchObject({ do: 'open', byHand: true })
  })
})
