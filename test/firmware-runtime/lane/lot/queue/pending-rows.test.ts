// Rows that a full disk refused: written in order once it accepts rows again, and only those that are still true. A pass is
// never written late.
import { describe, expect, it } from 'vitest'
import { PendingRows } from '#lane/lot/queue/pending-rows.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'
import { cameIn } from '../../pure/lot/row-kit.ts'

const atMs = 1_795_156_200_000
const stayOpened = cameIn('n1-S1', atMs, { plate: '测A11111' })
const closed: RowDraft = {
  kind: 'stayClosed',
  atMs,
  laneId: 'exit',
  stayId: 'n1-S1',
  body: { end: 'later', leftAtMs: atMs },
}
const audit = (commandId: string): RowDraft => ({
  kind: 'audit',
  atMs,
  laneId: 'exit',
  body: { act: 'lane.open', by: '测试员', role: 'owner', reason: 'r', commandId, result: 'ok' },
})
const pass: RowDraft = {
  kind: 'pass',
  atMs,
  laneId: 'exit',
  stayId: 'n1-S1',
  body: { passId: 'n1-P2', cause: 'emergency', by: null, reason: null },
}

function bench() {
  const lot = emptyLot()
  const written: string[] = []
  const ledger = {
    lot,
    full: true,
    append: (rows: readonly RowDraft[]) => {
      if (ledger.full) throw new LaneFault('DATA-02')
      for (const row of rows) {
        foldRow(lot, { ...row, nodeId: 'n1', seq: written.length + 1, prevHash: '', hash: '' })
        written.push(row.kind === 'audit' ? row.body.commandId : row.kind)
      }
    },
  }
  const clock = new HandClock()
  const inLanes = new Set<string>()
  const pending = new PendingRows(ledger, clock, { inLanes: () => inLanes, tried: () => undefined })
  return { lot, ledger, clock, inLanes, pending, written }
}

function withStay() {
  const made = bench()
  made.ledger.full = false
  made.ledger.append([stayOpened])
  made.ledger.full = true
  made.written.length = 0
  return made
}

describe('rows that are owed', () => {
  it('are written in their order, without passes, and once', () => {
    const { pending, ledger, written } = withStay()
    pending.note([audit('c-1'), pass])
    pending.note([pass])
    pending.note([closed])
    pending.settle()
    expect(written).toEqual([])
    ledger.full = false
    pending.settle()
    pending.settle()
    expect(written).toEqual(['c-1', 'stayClosed'])
  })
  it('are tried again every ten seconds, and at the end', () => {
    const { pending, ledger, written, clock } = bench()
    pending.note([audit('c-1')])
    clock.advance(25_000)
    ledger.full = false
    clock.advance(4_999)
    expect(written).toEqual([])
    clock.advance(1)
    expect(written).toEqual(['c-1'])
    ledger.full = true
    pending.note([audit('c-2')])
    ledger.full = false
    pending.stop()
    expect(written).toEqual(['c-1', 'c-2'])
  })
  it('are left out where the stay ended otherwise, or its car is back in a lane', () => {
    const byHand = withStay()
    byHand.pending.note([closed])
    byHand.lot.stays.clear()
    byHand.ledger.full = false
    byHand.pending.settle()
    expect(byHand.written).toEqual([])
    const back = withStay()
    back.pending.note([closed])
    back.inLanes.add('n1-S1')
    back.ledger.full = false
    back.pending.settle()
    expect(back.written).toEqual([])
  })
  it('are left out where the deduction was settled another way', () => {
    const { pending, ledger, written } = bench()
    const body = { state: 'paid', source: 'b5', reason: 'paid', obuId: null, cardNo: null } as const
    pending.note([
      { kind: 'outcome', atMs, deductionId: 'n1-O2.D1', body: { ...body, proof: null } },
    ])
    ledger.full = false
    pending.settle()
    expect(written).toEqual([])
  })
})
