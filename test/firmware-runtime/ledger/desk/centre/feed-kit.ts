// A lot with a ledger in a folder and its feed over real HTTPS, for tests against the door of the kit. Time runs fifty times
// as fast.
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished } from 'vitest'
import { noRowsMark as noRows } from '#ledger/pure/centre/follower.ts'
import { keepMark } from '#ledger/centre/feed-file.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedBatch, feedDigest } from '#ledger/sqlite/feed-batch.ts'
import { openLedger, type OpenedLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import type { BeatSource } from '#ledger/desk/centre/beat-sender.ts'
import type { BeatBoard } from '#ledger/desk/centre/make-beat.ts'
import type { CentreFeed } from '#ledger/desk/centre/centre-feed.ts'
import { openCentreFeed } from '#runtime/site/centre.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import { eventually } from '../../../../kit/eventually.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'
import { TestDoor } from '../../../../kit/test-door.ts'
import { carRows, optionsFor, testKey } from '../../sqlite/ledger-kit.ts'

const crypto = openGmCrypto()
export const until = (look: () => boolean) => eventually(look).toBe(true)
const fast = 50
const mono: MonoClock = {
  nowUs: () => performance.now() * 1_000 * fast,
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs / fast)
    return () => clearTimeout(timer)
  },
}

/** A lot with a ledger in a folder, without lanes. */
export class TestLot {
  readonly dir = folderOfTest('etc-centre-')
  readonly nodeId: string
  readonly onRows = new Set<() => void>()
  readonly told: string[] = []
  readonly errors: unknown[] = []
  private opened: OpenedLedger
  private reader: ReturnType<typeof openLedgerReader>
  private cars: number
  readonly lotId: string
  /** First rows of the batches that were read for sending. */
  readonly readFrom: number[] = []

  constructor(firstCar = 0, lotId = '37010042', nodeId = 'lot-1') {
    this.cars = firstCar
    this.lotId = lotId
    this.nodeId = nodeId
    this.opened = openLedger(optionsFor(this.dir, { crypto, nodeId }))
    this.reader = openLedgerReader({ dir: this.dir, nodeId, chainKey: testKey, crypto })
    onTestFinished(() => {
      this.reader.close()
      this.opened.ledger.close()
      expect(this.errors).toEqual([])
    })
  }

  get headSeq(): number {
    return this.opened.ledger.head.seq
  }

  /** `paid`: false: in cash, behind a charge that failed. */
  drive(cars: number, paid = true): void {
    for (let n = 0; n < cars; n++) this.opened.ledger.append(carRows(this.cars++, paid))
    for (const call of this.onRows) call()
  }

  get lines(): readonly string[] {
    const batch = feedBatch(this.reader.storedAfter, noRows, 100_000, crypto.sm3)
    return batch === null ? [] : gunzipSync(batch.body).toString('utf8').slice(0, -1).split('\n')
  }

  readonly rows: FeedRows = {
    feedBatch: async (from, rowsMax) => {
      this.readFrom.push(from.seq + 1)
      return feedBatch(this.reader.storedAfter, from, rowsMax, crypto.sm3)
    },
    feedDigest: async (toSeq, from) => {
      const steps = feedDigest(this.reader.storedAfter, toSeq, from, crypto.sm3)
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
    },
    feedKeep: async (url, mark) => keepMark(this.dir, this.nodeId, url, mark),
  }

  /** Absent: it sends none. */
  beats?: BeatSource

  open(url: string): CentreFeed {
    const { lotId, nodeId } = this
    const config = { lotId, nodeId, name: { zh: '测试', en: 'Test' } }
    const feed = openCentreFeed({
      dir: this.dir,
      config: { ...config, centre: { url } },
      lot: this,
      rows: this.rows,
      beats: this.beats,
      mono,
      clock: { nowMs: () => Date.now() },
      tell: ({ code }) => this.told.push(code),
      failed: (error) => this.errors.push(error),
    })
    onTestFinished(() => feed.close())
    return feed
  }
}

/** Heartbeats of a lot without lanes. */
export const beatsOf = (lot: TestLot): BeatSource => ({
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

export async function opened(): Promise<TestDoor> {
  const door = await new TestDoor().open()
  onTestFinished(() => door.close())
  return door
}
export const isPending = (feed: CentreFeed, door: TestDoor) =>
  until(() => feed.view().state === 'pending' && door.digits.length === 1)
export const arrives = (lot: TestLot, feed: CentreFeed) =>
  until(() => feed.view().backlog === 0 && feed.view().lastSeq === lot.headSeq)

export async function paired(cars = 3) {
  const [door, lot] = [await opened(), new TestLot()]
  lot.drive(cars)
  const feed = lot.open(door.url)
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  return { door, lot, feed }
}
