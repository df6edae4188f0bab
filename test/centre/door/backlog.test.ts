// Lots that come back with a month of rows, beside lots that were never away, in virtual time: the others wait no longer,
// and the backlog uses half of the writers.
import { expect, it } from 'vitest'
import type { ReadBatch } from '../../../centre/door/batch.ts'
import type { Waiting } from '../../../centre/door/commit.ts'
import { Writers, writerLimits } from '../../../centre/door/writer.ts'
import { VirtualClock } from '../../firmware-runtime/devices/pure/camera/virtual-clock.ts'

const full = 500
const everyMs = 2_000

const batchOf = (lotId: string, fromSeq: number, rows: number): ReadBatch =>
  ({ lotId, nodeId: 'n1', fromSeq, toSeq: fromSeq + rows - 1 }) as ReadBatch

class Door {
  readonly clock = new VirtualClock()
  readonly writers: Writers
  /** Groups with full batches that are written at once, and the most there were. */
  private now = 0
  most = 0
  /** Longest time from a batch to its answer, of a lot that was never away. */
  slowestMs = 0
  refused = 0
  taken = 0

  constructor(writers: number, rowUs: number) {
    const commit = async (group: readonly Waiting[]): Promise<void> => {
      const rows = group.reduce((sum, one) => sum + one.rows, 0)
      const isFull = group.some((one) => one.rows === full)
      if (isFull) this.most = Math.max(this.most, ++this.now)
      await this.wait(5 + (rows * rowUs) / 1_000)
      if (isFull) this.now--
      for (const { batch, done } of group) done({ is: 'take', last: batch.toSeq })
    }
    const limits = { ...writerLimits, writers }
    const failed = (error: unknown): never => {
      throw error
    }
    this.writers = new Writers({ mono: this.clock, limits, commit, failed })
  }

  private wait(ms: number): Promise<void> {
    return new Promise((done) => this.clock.after(ms, done))
  }

  /** Sends the next full batch at once; after a refusal it waits. */
  async comeBack(lotId: string, batches: number): Promise<void> {
    for (let sent = 0; sent < batches;) {
      const written = await this.writers.write(batchOf(lotId, sent * full + 1, full))
      if (written.is === 'notNow') await this.wait(written.retryMs)
      else {
        sent++
        this.taken++
      }
    }
  }

  /** Sends a few rows each two seconds. */
  async goOn(lotId: string, firstMs: number): Promise<void> {
    await this.wait(firstMs)
    for (let seq = 1; ; seq += 3) {
      const sinceMs = this.clock.nowUs() / 1_000
      const written = await this.writers.write(batchOf(lotId, seq, 3))
      if (written.is === 'notNow') this.refused++
      this.slowestMs = Math.max(this.slowestMs, this.clock.nowUs() / 1_000 - sinceMs)
      await this.wait(everyMs)
    }
  }

  async run(ms: number): Promise<void> {
    for (let at = 0; at < ms; at++) {
      this.clock.run(1)
      for (let turns = 0; turns < 8; turns++) await Promise.resolve()
    }
  }
}

it.each([
  // writers, lots that come back, microseconds a row, writers that they may use
  [4, 10, 30, 2],
  [4, 100, 30, 2],
  [4, 300, 30, 2],
  [4, 100, 300, 2],
  [2, 100, 30, 1],
  [3, 100, 30, 1],
  [8, 300, 100, 4],
])(
  '%i writers, %i lots back at %i us a row: at most %i writers have full batches',
  async (writers, away, rowUs, most) => {
    const door = new Door(writers, rowUs)
    for (let n = 0; n < away; n++) void door.comeBack(`B${n}`, 32)
    for (let n = 0; n < 20; n++) void door.goOn(`L${n}`, n * 100)
    await door.run(20_000)
    expect(door.most).toBe(most)
    expect(door.refused).toBe(0)
    // Their own group, and the one before it.
    expect(door.slowestMs).toBeLessThan(40)
    expect(door.taken).toBeGreaterThan(away)
  },
)

it('a single writer is shared in turns', async () => {
  const door = new Door(1, 30)
  for (let n = 0; n < 100; n++) void door.comeBack(`B${n}`, 32)
  for (let n = 0; n < 20; n++) void door.goOn(`L${n}`, n * 100)
  await door.run(10_000)
  expect(door.refused).toBe(0)
  // Twenty full batches may wait: three groups of eight.
  expect(door.slowestMs).toBeLessThan(3 * (5 + 8 * 15) + 40)
})

it.each([
  [249, 20_000, 80],
  [250, 20_000, 40],
  [500, 20_000, 20],
  [500, 700, 0],
])('%i rows a batch, %i may wait: room for %i lots', async (rows, waitingRowsMax, count) => {
  const clock = new VirtualClock()
  const never = (): Promise<void> => new Promise(() => undefined)
  const limits = { ...writerLimits, waitingRowsMax }
  const writers = new Writers({ mono: clock, limits, commit: never, failed: () => undefined })
  let room = 0
  for (let n = 0; n < 100; n++) {
    const batch = batchOf(`B${n}`, 1, rows)
    if (!writers.hasRoom(batch)) break
    void writers.write(batch)
    room++
  }
  expect(room).toBe(count)
  expect(writers.hasRoom(batchOf('L1', 1, 10))).toBe(rows * count + 10 <= waitingRowsMax)
})
