// Heartbeats of a lot of the centre's demo: what the door takes, with the figures of its own ledger and its cut devices.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readBeat } from '../../../../centre/beat/read-beat.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { beatBytes, beatOf, todayOf } from '#ledger/desk/centre/make-beat.ts'
import { dayMs, dayStartMs, instantOf } from '#base/pure/values/instant.ts'
import { centreLots } from '#harness/centre/demo-lots.ts'
import { townBeats } from '#harness/centre/town-beats.ts'
import { TownLot, townKeys } from '#harness/centre/town-lot.ts'
import { DiskShelves } from '#harness/lot/disk-shelves.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const hour = 3_600_000

it.each([0, 4, 8])('lot %i', async (at) => {
  const shelves = new DiskShelves(32)
  const nowMs = instantOf(2026, 5, 21) + 9 * hour
  const dir = join(folderOfTest('town-beats-'), 'lot')
  const of = centreLots[at]
  if (of === undefined) throw new Error('no such lot')
  const town = new TownLot({ dir, of, nowMs, shelf: shelves.shelf })
  town.to(town.startMs + hour)
  const reader = openLedgerReader({ ...townKeys, dir })
  const source = townBeats(town, reader)
  const beat = async () => {
    const fromMs = dayStartMs(town.nowMs)
    return readBeat(
      beatBytes(
        beatOf({
          nodeId: 'n1',
          nowMs: town.nowMs,
          board: source.board(),
          matters: await source.matters(),
          today: todayOf('2026-05-20', await source.books(fromMs, fromMs + dayMs)),
          certificates: source.certificates(),
          centreUntilMs: nowMs,
        }),
      ),
    )
  }
  const first = await beat()
  const { entered, left, takings } = first.today
  expect(entered).toBeGreaterThan(10)
  expect(first.spaces.inside).toBe(town.lot.runtime.lot.stays.size)
  // A car that was let in before this hour, or that no entry lane saw, only leaves.
  expect(Math.abs(entered - left - first.spaces.inside)).toBeLessThan(5)
  const paid = [...reader.rows()].filter(({ kind }) => kind === 'payment')
  expect(takings.reduce((sum, { n }) => sum + n, 0)).toBe(paid.length)
  expect(takings.reduce((sum, { fen }) => sum + fen, 0)).toBe(
    paid.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
  )
  expect(first).toMatchObject({
    lastSeq: town.headSeq,
    version: 'sim',
    platform: expect.any(String) as string,
  })
  expect(first.lanes.length).toBeGreaterThan(1)
  const laneId = first.lanes.find(({ direction }) => direction === 'exit')?.laneId ?? ''
  town.lot.devices.setLine(laneId, false)
  town.driver.to(town.nowMs + 120_000)
  const cut = (await beat()).devices.filter((one) => one.laneId === laneId)
  expect(new Set(cut.map(({ kind }) => kind))).toEqual(new Set(['rsu', 'camera', 'barrier']))
  expect(new Set(cut.map(({ state }) => state))).toEqual(new Set(['down']))
  reader.close()
  town.stop()
  shelves.close()
})
