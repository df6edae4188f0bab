// Prices of members against a second, small, independent pricer, which walks minute by minute with a list of who holds
// which space and a tariff of one fen a minute. Cars come and go through the lot's own fold and claims.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claim } from '#lane/pure/lot/claim.ts'
import { emptyLot, foldRow, giveOut } from '#ledger/pure/lot/lot.ts'
import { dayMs, instantOfIso, minuteMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { perMinute } from './per-minute.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

const startMs = instantOfIso('2026-11-20T00:00:00+08:00')
const plates = ['测A00001', '测A00002', '测A00003', '测A00004']
const days = ['2026-11-20', '2026-11-21', '2026-11-22']

interface Scene {
  readonly members: readonly Member[]
  /** In minutes; the visits of one plate do not overlap. */
  readonly visits: readonly { readonly plate: string; readonly from: number; readonly to: number }[]
}

const member = (no: string): fc.Arbitrary<Member> =>
  fc.record({
    no: fc.constant(no),
    kind: fc.constantFrom('period' as const, 'white' as const),
    name: fc.constant('n'),
    plates: fc.uniqueArray(fc.constantFrom(...plates), { minLength: 1, maxLength: 3 }),
    spaces: fc.constantFrom(null, 1, 2),
    areas: fc.constantFrom(null, ['B1'], ['B2']),
    from: fc.constantFrom(...days),
    until: fc.constantFrom(null, ...days),
  })

const scene: fc.Arbitrary<Scene> = fc
  .record({
    members: fc.tuple(member('M1'), member('M2')),
    marks: fc.tuple(...plates.map(() => fc.uniqueArray(fc.nat({ max: 4_000 }), { maxLength: 6 }))),
  })
  .map(({ members, marks }) => {
    const visits = marks.flatMap((own, i) => {
      const at = [...own].sort((a, b) => a - b)
      return at.flatMap((from, k) => {
        const to = at[k + 1]
        return k % 2 === 0 && to !== undefined ? [{ plate: plates[i] ?? '', from, to }] : []
      })
    })
    return { members: members.filter((m) => m.until === null || m.until >= m.from), visits }
  })

/** What the lot charges for each visit: the car enters, claims its stay at the exit, and leaves. */
function byLot({ members, visits }: Scene): number[] {
  const lot = emptyLot()
  let seq = 0
  const add = (draft: RowDraft): void =>
    foldRow(lot, { ...draft, nodeId: 'n', seq: ++seq, prevHash: '', hash: '' })
  for (const one of members)
    add({ kind: 'member', atMs: startMs, body: { row: 'issued', member: one } })
  const acts = visits.flatMap(({ from, to }, i) => [
    { at: from, i, leaves: false },
    { at: to, i, leaves: true },
  ])
  acts.sort((a, b) => a.at - b.at || Number(b.leaves) - Number(a.leaves) || a.i - b.i)
  const fen: number[] = []
  for (const { at, i, leaves } of acts) {
    const atMs = startMs + at * minuteMs
    const plate = visits[i]?.plate ?? ''
    const stayId = `n-S${String(i).padStart(4, '0')}`
    if (!leaves) {
      add(cameIn(stayId, atMs, { plate }))
      continue
    }
    const asked = {
      lotId: 'GX1',
      nodeId: 'n',
      laneId: 'exit',
      plate,
      colour: 'blue' as const,
      photo: null,
    }
    const { rows, answer, lastId } = claim(lot, perMinute, {
      ...asked,
      nowMs: atMs,
      plateRaw: plate,
      confidence: null,
      matchRule: null,
      clock: null,
      areaOf: () => 'B1',
    })
    giveOut(lot, lastId)
    rows.forEach(add)
    if (answer.kind !== 'claimed') throw new Error(answer.kind)
    const { lines, amountFen } = answer.order
    fen[i] = amountFen
    expect(lines.reduce((sum, l) => sum + l.amountFen, 0)).toBe(amountFen)
    const long = lines.filter((l) => l.toMs > l.fromMs)
    long.forEach((l, k) =>
      expect(l.fromMs).toBe(long[k - 1]?.toMs ?? startMs + (visits[i]?.from ?? 0) * minuteMs),
    )
    // An unpaid amount would become arrears of its next visit.
    if (amountFen > 0) {
      const body = { paymentId: `n-M${i}`, means: 'cash', by: 'n', reason: 'n' } as const
      const refs = { laneId: 'exit', stayId, orderId: answer.order.orderId }
      add({ kind: 'payment', atMs, ...refs, amountFen, body })
    }
    add({ kind: 'stayClosed', atMs, laneId: 'exit', stayId, body: { end: 'free', leftAtMs: atMs } })
  }
  return fen
}

/** The second pricer: a minute is free if a space is not taken by an earlier car in that minute. */
function byMinutes({ members, visits }: Scene): number[] {
  const fen = visits.map(() => 0)
  const inLot = visits.map((v, i) => ({ ...v, i })).sort((a, b) => a.from - b.from || a.i - b.i)
  const good = members.filter((m) => m.areas === null || m.areas.includes('B1'))
  for (let minute = 0; minute < 4_000; minute++) {
    const day = new Date(startMs + minute * minuteMs + 8 * 3_600_000).toISOString().slice(0, 10)
    const valid = good.filter((m) => m.from <= day && (m.until === null || m.until >= day))
    const here = inLot.filter((v) => v.from <= minute && v.to > minute)
    here.forEach((car, k) => {
      const isFree = valid.some((m) => {
        if (!m.plates.includes(car.plate)) return false
        const before = here.slice(0, k).filter(({ plate }) => m.plates.includes(plate)).length
        return m.spaces === null || before < m.spaces
      })
      if (!isFree) fen[car.i] = (fen[car.i] ?? 0) + 1
    })
  }
  return fen
}

test('one member a plate: the same fen as the pricer that counts minutes', () => {
  fc.assert(
    fc.property(scene, ({ members, visits }) => {
      // With two members of one plate, the spaces left to other cars depend on which member a car uses.
      const own = { members: members.slice(0, 1), visits }
      expect(byLot(own)).toEqual(byMinutes(own))
    }),
    { numRuns: 150 },
  )
})

test('members never make a stay dearer, and never share a space at one time', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const fen = byLot(given)
      const none = byLot({ ...given, members: [] })
      fen.forEach((one, i) => expect(one).toBeLessThanOrEqual(none[i] ?? 0))
      expect(none).toEqual(given.visits.map(({ from, to }) => to - from))
    }),
    { numRuns: 100 },
  )
})

test('a day is covered to its last instant, and not one more', () => {
  const only = (until: string): Member => ({
    no: 'M1',
    kind: 'period',
    name: 'n',
    plates: [plates[0] ?? ''],
    spaces: 1,
    areas: null,
    from: days[0] ?? '',
    until,
  })
  const to = dayMs / minuteMs
  const visits = [{ plate: plates[0] ?? '', from: 0, to: to + 1 }]
  expect(byLot({ members: [only('2026-11-20')], visits })).toEqual([1])
  expect(byLot({ members: [only('2026-11-21')], visits })).toEqual([0])
})
