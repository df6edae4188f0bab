// Whose rows a ledger has: what the boot rows say decides, and a change of lot, node or mode begins anew.
import { describe, expect, it } from 'vitest'
import { provenanceOf } from '../../../firmware-runtime/acceptance/provenance.ts'
import type { RowBodies } from '../../../firmware-runtime/core/values/rows/ledger-row.ts'

const lot = { lotId: 'GX00099', nodeId: 'n1', mode: 'production' }
const boot = (seq: number, over: Partial<RowBodies['boot']> = {}, nodeId = 'n1') => ({
  kind: 'boot',
  nodeId,
  seq,
  atMs: seq * 1000,
  hash: '',
  body: {
    repair: 'B',
    version: `1.${seq}`,
    mode: 'production',
    lotId: 'GX00099',
    chargeMode: 'card',
    simulated: [],
    ...over,
  },
})
type Boots = Parameters<typeof provenanceOf>[0]
const of = (boots: readonly object[], sinceMs = 0) =>
  provenanceOf(boots as unknown as Boots, lot, sinceMs)

describe('rows count from', () => {
  it.each<[string, readonly object[], number | null]>([
    ['the first, where every start is of this lot', [boot(1), boot(9)], 0],
    ['the first, before any start', [], 0],
    ['the start after the last of another lot', [boot(1, { lotId: 'GX00001' }), boot(9)], 9],
    ['the start after the last of another node', [boot(1, {}, 'n2'), boot(9)], 9],
    ['the start after the last demo', [boot(1), boot(5, { mode: 'demo' }), boot(9)], 9],
    ['nowhere, where the last start is of another lot', [boot(1), boot(9, { lotId: 'X' })], null],
    ['nowhere, where the last start is a demo', [boot(1, { mode: 'demo' })], null],
    [
      'the first, in rows of versions that named no lot',
      [boot(1, { lotId: undefined as never })],
      0,
    ],
  ])('%s', (_, boots, fromSeq) => {
    expect(of(boots).fromSeq).toBe(fromSeq)
  })
})

describe('a period is simulated', () => {
  const sims = { simulated: ['exit/rsu'] }
  it.each<[string, readonly object[], number, boolean]>([
    ['where a link of a start in it went to a simulator', [boot(1), boot(9, sims)], 0, true],
    ['where the start in force at its beginning had one', [boot(1, sims), boot(9)], 5000, true],
    ['not by a start that was over before it', [boot(1, sims), boot(4), boot(9)], 5000, false],
    ['not where every link was real', [boot(1), boot(9)], 0, false],
    ['not by a version that did not say', [boot(1, { simulated: undefined as never })], 0, false],
  ])('%s', (_, boots, sinceMs, simulated) => {
    expect(of(boots, sinceMs).simulated).toBe(simulated)
  })
  it('and its starts are named with their programs', () => {
    expect(of([boot(1, sims), boot(9)], 9000).starts).toEqual([
      { atIso: '1970-01-01T08:00:09.000+08:00', program: '1.9', mode: 'production', simulated: [] },
    ])
  })
})
