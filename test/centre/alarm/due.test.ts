// What a way is told now: a table of matters, what was told, and times.
import { expect, it } from 'vitest'
import { dueOf, retryMs, type Telling, type Told } from '../../../centre/alarm/due.ts'

const nowMs = 1_000_000_000
const way = { wayId: '1', kind: 'mail', address: 'a@example.com', afterS: 600 } as const
const open = (agoS: number, more: Partial<Telling> = {}): Telling => ({
  matterId: '1',
  sinceMs: nowMs - agoS * 1_000,
  endedMs: null,
  isHeld: false,
  ...more,
})
const told = (more: Partial<Told> = {}): Told => ({
  matterId: '1',
  wayId: '1',
  tries: 1,
  lastMs: nowMs - 60_000,
  why: '',
  beginMs: null,
  endMs: null,
  ...more,
})
const begun = { tries: 0, beginMs: nowMs - 60_000 }
const over = { endedMs: nowMs - 1_000 }

it.each<readonly [string, readonly Telling[], readonly Told[], readonly string[]]>([
  ['before its time', [open(599)], [], []],
  ['at its time', [open(600)], [], ['1 begin']],
  ['taken or quiet', [open(900, { isHeld: true })], [], []],
  ['told', [open(900)], [told(begun)], []],
  ['ended before it was told', [open(900, over)], [], []],
  ['ended while it failed', [open(900, over)], [told({ why: 'no' })], []],
  ['ended after it was told', [open(900, over)], [told(begun)], ['1 end']],
  [
    'its end, though a person had taken it',
    [open(900, { ...over, isHeld: true })],
    [told(begun)],
    ['1 end'],
  ],
  ['its end told', [open(900, over)], [told({ ...begun, endMs: nowMs })], []],
  ['failed a minute ago', [open(900)], [told({ why: 'no', tries: 2 })], ['1 begin']],
  ['failed just now', [open(900)], [told({ why: 'no', lastMs: nowMs - 14_000 })], []],
  ['failed for the fourth time a minute ago', [open(900)], [told({ why: 'no', tries: 4 })], []],
  ['under way in a program that ended', [open(900)], [told({ why: 'sending' })], ['1 begin']],
  [
    'its end failed just now',
    [open(900, over)],
    [told({ ...begun, why: 'no', tries: 1, lastMs: nowMs })],
    [],
  ],
  [
    'another one, while one fails',
    [open(900), open(700, { matterId: '2' })],
    [told({ why: 'no', lastMs: nowMs })],
    [],
  ],
  [
    'all of them once it is tried again',
    [open(900), open(700, { matterId: '2' })],
    [told({ why: 'no' })],
    ['1 begin', '2 begin'],
  ],
  [
    'another one, while a taken one had failed',
    [open(900, { isHeld: true }), open(700, { matterId: '2' })],
    [told({ why: 'no', lastMs: nowMs })],
    ['2 begin'],
  ],
])('%s', (_, matters, before, wanted) => {
  expect(dueOf(way, matters, before, nowMs).map(({ matterId, is }) => `${matterId} ${is}`)).toEqual(
    wanted,
  )
})

it('at most fifty at once', () => {
  const many = Array.from({ length: 80 }, (_, at) => open(900, { matterId: String(at) }))
  expect(dueOf(way, many, [], nowMs)).toHaveLength(50)
})

it('waits longer after each failure, up to half an hour', () => {
  expect([0, 1, 2, 3, 7, 8, 9, 1_000].map((tries) => retryMs(tries) / 1_000)).toEqual([
    15, 15, 30, 60, 960, 1_800, 1_800, 1_800,
  ])
})
