// Heartbeats of a feed over real HTTPS: which request goes first.
import { expect, test } from 'vitest'
import type { BeatSource } from '../../../../firmware-runtime/app/centre/beat-sender.ts'
import type { BeatBoard } from '../../../../firmware-runtime/app/centre/make-beat.ts'
import { arrives, isPending, opened, TestLot, until } from './feed-kit.ts'

const beatsOf = (lot: TestLot): BeatSource => ({
  board: () =>
    ({
      lanes: [],
      status: {
        capacity: 9,
        inside: 0,
        free: 9,
        clock: { platformOffsetMs: null },
        platform: { state: 'off' },
        network: 'off',
        queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
        ledger: { headSeq: lot.headSeq },
        version: '1',
        upkeep: null,
      },
    }) as unknown as BeatBoard,
  certificates: () => [],
  matters: async () => [],
  books: async () => ({ hours: [], sums: { payments: [] } }),
})

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
