// Heartbeats of a feed over real HTTPS: which request goes first.
import { expect, test } from 'vitest'
import { arrives, beatsOf, isPending, opened, TestLot, until } from './feed-kit.ts'

test('a heartbeat goes before the rows: after the pairing, a restart and a silence', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.beats = beatsOf(lot)
  lot.drive(2)
  const first = lot.open(door.url)
  await isPending(first, door)
  expect(door.requests).not.toContain('POST /v1/beat')
  door.decide('accepted')
  await arrives(lot, first)
  const firstOf = (from: number): string | undefined =>
    door.requests.slice(from).find((one) => /beat|rows/.test(one))
  expect(firstOf(0)).toBe('POST /v1/beat')
  expect(first.view().beatAtIso).not.toBeNull()
  await first.close()
  const atRestart = door.requests.length
  lot.drive(1)
  const second = lot.open(door.url)
  await arrives(lot, second)
  expect(firstOf(atRestart)).toBe('POST /v1/beat')
  await door.close()
  lot.drive(1)
  await until(() => (second['feed']?.failures ?? 0) >= 2)
  const atReturn = door.requests.length
  await door.open()
  await arrives(lot, second)
  expect(firstOf(atReturn)).toBe('POST /v1/beat')
  expect(door.beats.at(-1)).toMatchObject({ nodeId: 'lot-1', version: '1' })
  expect(door.lines).toEqual(lot.lines)
})

test('a heartbeat that a busy worker delays keeps no row back', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.beats = { ...beatsOf(lot), books: () => new Promise(() => undefined) }
  lot.drive(2)
  const feed = lot.open(door.url)
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  expect(door.lines).toEqual(lot.lines)
})

test('a centre that does not say what it has gets what it lost with the next row, and none before', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.beats = beatsOf(lot)
  lot.drive(2)
  const feed = lot.open(door.url)
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  door.lines.length = 3
  door.heads.length = 4
  const [beats, requests] = [door.beats.length, door.requests.length]
  await until(() => door.beats.length >= beats + 2)
  expect(door.requests.slice(requests)).not.toContain('POST /v1/rows')
  lot.drive(1)
  await arrives(lot, feed)
  expect(door.lines).toEqual(lot.lines)
  expect(lot.told).toEqual([])
})
