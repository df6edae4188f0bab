// How long items of a run are expected to take: at once, as a drive says, or until a time of the day in Beijing.
import { describe, expect, it } from 'vitest'
import { expectedEnd, expectedItem, takesOf } from '#acceptance/pure/expected-time.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { drives } from '#acceptance/pure/plant.ts'
import { present } from '#base/pure/values/must.ts'
import { isoOf } from '#base/pure/values/instant.ts'

const at = (text: string): number => Date.parse(`2026-03-02T${text}+08:00`)
const said = (iso: number | null): string | null => (iso === null ? null : isoOf(iso).slice(8, 16))

describe('an item', () => {
  it.each([
    ['nothing planted', null, '23:59:55', null, '03T00:00'],
    ['a car', drives.car.takes, '08:00:00', null, '02T08:04'],
    ['a sign-in before three', drives.signIn.takes, '02:59:59', '02T03:00', '02T05:07'],
    ['a sign-in at three', drives.signIn.takes, '03:00:00', '02T03:00', '02T05:07'],
    ['a sign-in whose minute may be over', drives.signIn.takes, '03:00:01', '03T03:00', '03T05:07'],
    ['a sign-in at night', drives.signIn.takes, '23:30:00', '03T03:00', '03T05:07'],
    ['the hour', drives.hour.takes, '10:20:00', '02T11:00', '02T12:05'],
    ['the last hour of a day', drives.hour.takes, '23:00:01', '03T00:00', '03T01:05'],
    ['the bill', drives.morning.takes, '10:29:00', '02T10:30', '02T11:10'],
  ] as const)('%s', (_, takes, from, until, end) => {
    const { untilMs, endMs } = expectedItem(takes, at(from))
    expect([said(untilMs), said(endMs)]).toEqual([until, end])
  })
})

it('one behind another waits for the next time of the day', () => {
  const twice = [drives.signIn.takes, drives.signIn.takes]
  expect(said(expectedEnd(twice, at('02:00:00')))).toBe('03T05:07')
  expect(expectedEnd([], at('02:00:00'))).toBe(at('02:00:00'))
})

it('each drive says how long it takes, and each item with a fault has one', () => {
  for (const [name, { takes }] of Object.entries(drives)) {
    expect(takes.redMin, name).toBeGreaterThan(0)
    expect(takes.greenMin, name).toBeGreaterThan(0)
  }
  const none = acceptanceItems.filter((item) => takesOf(item) === null).map(({ id }) => id)
  expect(none).toEqual(['E1', 'E2', 'R3', 'R4', 'R5'])
  const f1 = present(
    acceptanceItems.find(({ id }) => id === 'F1'),
    'F1',
  )
  expect(takesOf(f1)).toMatchObject({ at: { fromMin: 180 } })
})
