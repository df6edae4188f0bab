// A charge whose record cannot be encoded for the platform: nothing of its append is carried out, the car waits for a
// person, its card is not charged again, and another card may still pay.
import { expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  cardNo,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  plate,
  plateEvent,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

interface Case {
  readonly name: string
  readonly options?: BenchOptions
  readonly platformUp?: false
  readonly before?: readonly LaneEvent[]
  readonly antenna: readonly string[]
}

const again = ['rsu release', 'rsu search off', 'rsu search on']
const cases: readonly Case[] = [
  { name: 'while it is searched', antenna: again },
  {
    name: 'while its platform is silent',
    platformUp: false,
    antenna: ['rsu release', 'rsu search off', 'rsu search off'],
  },
  {
    name: 'where its car would have gone and paid later',
    options: { offline: 'settle-later' },
    platformUp: false,
    antenna: again,
  },
  { name: 'while it waits for a person', before: [timerEvent('obu')], antenna: again },
]

it.each(cases)('comes $name', ({ options, platformUp, before = [], antenna }) => {
  const bench = new LaneBench({ ...options, chargeMode: 'online' }).entered()
  bench.give(loop('arrive', 'on'), plateEvent(plate), ...before)
  const rows = bench.rows.length
  bench.platformUp = platformUp ?? true
  bench.notEncodable = true
  bench.done()
  bench.give(cardReadEvent())
  expect([bench.done(), bench.rows.length]).toEqual([
    [...antenna, '+exception cardUnreadable obuInvalid'],
    rows + 1,
  ])
  expect(bench.faults.at(-1)).toBe('obuInvalid')
  expect(bench.state).toMatchObject({
    name: 'manual',
    car: {
      manual: 'obuInvalid',
      deduction: null,
      tries: 1,
      refusedCards: [cardNo],
      turnedAway: { reason: 'obuInvalid', exceptionType: 'cardUnreadable' },
      obu: { obuId },
      pass: null,
    },
  })
  bench.notEncodable = false
  bench.platformUp = true
  const other = cardReadEvent()
  bench.give(other, timerEvent('retry'))
  bench.give({ ...other, card: { ...other.card, cardNo: '45010000000000007777' } })
  expect(bench.done()).toEqual([
    'rsu release',
    ...(platformUp === false && options === undefined ? ['rsu search on'] : []),
    'rsu release',
    'rsu search off',
    '+intent',
    '+outbox charge',
    'charge',
  ])
  expect(bench.state).toMatchObject({ name: 'charging', car: { tries: 2 } })
})
