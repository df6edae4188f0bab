// Balances of points against a second calculation, point by point: points that expire first are spent first, none twice and
// none after its last day; points withdrawn after they were spent are owed from those earned later.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balanceAt, type GotPoints, type SpentPoints } from '#money/pure/member/points.ts'

const dayMs = 86_400_000
const t0 = 1_795_156_200_000
interface Event {
  readonly day: number
  readonly points: number
  /** Days until they expire; null: they are spent. */
  readonly lasts: number | null
}
const event: fc.Arbitrary<Event> = fc.record({
  day: fc.integer({ min: 0, max: 60 }),
  points: fc.integer({ min: 0, max: 20 }),
  lasts: fc.option(fc.integer({ min: 1, max: 40 })),
})
const events = fc.array(event, { maxLength: 25 })

const account = (all: readonly Event[]) => {
  const got: GotPoints[] = []
  const spent: SpentPoints[] = []
  for (const [i, { day, points, lasts }] of all.entries()) {
    const atMs = t0 + day * dayMs
    if (lasts === null) spent.push({ code: String(i), stayId: null, atMs, points })
    else got.push({ stayId: String(i), atMs, untilMs: atMs + lasts * dayMs, points })
  }
  return { got, spent }
}

/** The balance on `onDay`, from one entry per point: the day on which it expires. */
function counted(all: readonly Event[], onDay: number): number {
  let have: number[] = []
  let owed = 0
  const inTurn = all
    .filter(({ day }) => day <= onDay)
    .sort((a, b) => a.day - b.day || Number(a.lasts === null) - Number(b.lasts === null))
  for (const { day, points, lasts } of inTurn)
    for (let n = 0; n < points; n++)
      if (lasts === null) {
        const next = have.filter((end) => end > day).sort((a, b) => a - b)[0]
        if (next === undefined) owed++
        else have = have.toSpliced(have.indexOf(next), 1)
      } else if (owed > 0) owed--
      else have.push(day + lasts)
  return have.filter((end) => end > onDay).length - owed
}

test('a balance is what counting point by point comes to', () => {
  fc.assert(
    fc.property(events, (all) => {
      const onDay = 60
      expect(balanceAt(account(all), t0 + onDay * dayMs)).toBe(counted(all, onDay))
    }),
    { numRuns: 500 },
  )
})

test('spent only within the balance, there is never less than nothing, and never more spent than got', () => {
  fc.assert(
    fc.property(events, (all) => {
      const done: Event[] = []
      for (const one of all.toSorted((a, b) => a.day - b.day)) {
        const atMs = t0 + one.day * dayMs
        if (one.lasts !== null || one.points <= balanceAt(account(done), atMs)) done.push(one)
        expect(balanceAt(account(done), atMs)).toBeGreaterThanOrEqual(0)
      }
      const sum = (isSpent: boolean): number =>
        done.reduce(
          (all, { points, lasts }) => ((lasts === null) === isSpent ? all + points : all),
          0,
        )
      expect(sum(true)).toBeLessThanOrEqual(sum(false))
    }),
  )
})

test('what is long over changes nothing', () => {
  const old = [
    { day: 0, points: 10, lasts: 30 },
    { day: 5, points: 7, lasts: null },
  ]
  const onDay = 500
  const fresh = { day: onDay - 1, points: 3, lasts: 30 }
  const nowMs = t0 + onDay * dayMs
  expect(balanceAt(account([...old, fresh]), nowMs)).toBe(3)
  expect(balanceAt(account([old[1] ?? fresh, fresh]), nowMs)).toBe(3)
})
