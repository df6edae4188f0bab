// The price of a stay by kind of member: a pass, a white list, an emergency vehicle by its registered plate or by the last
// character of such plates, a visitor of a day; one that only earns points pays. An hour at one fen a minute.
import { expect, it } from 'vitest'
import { claim } from '#lane/pure/lot/claim.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { instantOfIso, minuteMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { perMinute } from './per-minute.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

const enteredAtMs = instantOfIso('2026-11-20T10:00:00+08:00')
function owedFen(plate: string, member: Partial<Member>): number | null {
  const lot = emptyLot()
  let seq = 0
  const add = (draft: RowDraft): void =>
    foldRow(lot, { ...draft, nodeId: 'n', seq: ++seq, prevHash: '', hash: '' })
  const issued: Member = {
    no: 'M1',
    kind: 'period',
    name: 'n',
    plates: [plate],
    spaces: null,
    areas: null,
    from: '2026-11-20',
    until: '2026-11-20',
    ...member,
  }
  add({ kind: 'member', atMs: enteredAtMs - 1, body: { row: 'issued', member: issued } })
  const seen = { plate, colour: 'white' as const, photo: null }
  add(cameIn('n-S1', enteredAtMs, seen))
  const { answer } = claim(lot, perMinute, {
    ...seen,
    lotId: 'GX1',
    nodeId: 'n',
    laneId: 'exit',
    nowMs: enteredAtMs + 60 * minuteMs,
    plateRaw: plate,
    confidence: null,
    matchRule: null,
    clock: null,
  })
  return answer.kind === 'claimed' ? answer.order.amountFen : null
}

it.each<[string, string, Partial<Member>, number]>([
  ['a pass', '测A00001', {}, 0],
  ['a pass of another plate', '测A00001', { plates: ['测A00002'] }, 60],
  ['the white list', '测A00001', { kind: 'white' }, 0],
  ['an emergency vehicle by its plate', '测A0001警', { kind: 'emergency' }, 0],
  ['one by the last character', '测A0001警', { kind: 'emergency', plates: ['*警'] }, 0],
  ['another last character', '测A00011', { kind: 'emergency', plates: ['*警'] }, 60],
  [
    'a last character that stands elsewhere',
    '测警00011',
    { kind: 'emergency', plates: ['*警'] },
    60,
  ],
  ['a visitor of the day', '测A00001', { kind: 'visitor' }, 0],
  [
    'a visitor of another day',
    '测A00001',
    { kind: 'visitor', from: '2026-11-21', until: '2026-11-21' },
    60,
  ],
  ['who earns points', '测A00001', { kind: 'points' }, 60],
])('%s: %s', (_, plate, member, fen) => {
  expect(owedFen(plate, member)).toBe(fen)
})
