// A car that pays cash to a person at an exit without an antenna: its rows, and the stored turns of its lane.
// Made by a running lot.
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { carAtExit, makeLot, type TestLot } from '../../../runtime/control/control-kit.ts'

export const stayId = 'n1-S900'

export interface KeptCar {
  readonly lot: TestLot
  readonly rows: readonly LedgerRow[]
  readonly turns: readonly TurnRecord[]
}

export async function paidByHand(): Promise<KeptCar> {
  const lot = makeLot()
  const lines: string[] = []
  lot.runtime.turnRecords.listeners.add((of, turn) => {
    if (of === stayId) lines.push(JSON.stringify(turn))
  })
  carAtExit(lot, '测A12345', undefined, 'p9')
  lot.clock.advance(10_000)
  const who = { commandId: 'command-1', by: 'Guo', reason: '无标签' }
  const settled = await lot.control.call(
    'lane.settle',
    { laneId: 'exit', means: 'cash', ...who },
    'owner',
  )
  if (!settled.ok) throw new Error(settled.error.message)
  const loop = (name: 'arrive' | 'under', state: 'on' | 'off'): void =>
    lot.runtime.dispatch('exit', { type: 'loop', loop: name, state })
  lot.runtime.dispatch('exit', { type: 'position', position: 'open' })
  loop('under', 'on')
  loop('arrive', 'off')
  loop('under', 'off')
  const pass = lot.ledger.list.findLast((row) => row.kind === 'pass')
  lot.runtime.dispatch('exit', { type: 'passed', passId: pass?.body.passId ?? '' })
  const rows = lot.ledger.list.filter((row) => row.stayId === stayId)
  return { lot, rows, turns: lines.map((line) => JSON.parse(line) as TurnRecord) }
}
