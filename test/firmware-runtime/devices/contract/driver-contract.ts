// One contract for every driver: what a lane may rely on, whatever stands at the other end of the link.
// A driver joins by a bench that puts it opposite the model of its simulator, in virtual time.
import { describe, expect, it } from 'vitest'

/** A driver and the model of its device on a link of ours; nothing here waits on wall time. */
export interface ContractBench {
  /** The link comes up. A bench starts with the link down. */
  connect(): void
  disconnect(): void
  /** Lets virtual time pass with every timer, answer and delay in its order. A promise where a parser
   * of streams takes turns of its own; never wall time. */
  run(forMs: number): void | Promise<void>
  /** True while the driver says that its device can be used. */
  isUp(): boolean
  /** Asks for one piece of work: a plate to be read, a fee to be taken, a boom to open, a line to show. */
  work(): void
  /** Pieces of work that the driver reported as done. */
  done(): number
  /** Bytes from the side of the device that belong to no frame. */
  garbage(bytes: Uint8Array): void
  /** The device takes everything and answers nothing. */
  silence(on: boolean): void
  /** Every reply or report of the device comes twice. */
  duplicate(on: boolean): void
  /** Replies come in pieces of that many bytes; null: as the device sends them. */
  split(bytesAtOnce: number | null): void
  /** The device restarts and has forgotten what it was told; the link may drop with it. */
  restartDevice(): void
  /** The clock of the device is wrong by this from now on. */
  skewClock(ms: number): void
}

export interface ContractDriver {
  readonly name: string
  /** Longest time in which one piece of work is done when all is well. */
  readonly workMs: number
  /** Longest silence after which the driver must not say any more that its device is up; null: one that only speaks when it is used. */
  readonly lossMs: number | null
  /** Longest time from a link that is up to a device that is up, tries included. */
  readonly upMs: number
  /** Longest time in which a cut link is noticed; a second, unless the device has no link that stands. */
  readonly cutMs?: number
  /** Lets pass what a device whose clock was set needs before it is believed. */
  clockWasSet?(bench: ContractBench): Promise<void>
  make(): ContractBench
}

const noise = Uint8Array.from({ length: 300 }, (_, i) => (i * 151 + 7) & 0xff)
const dayMs = 86_400_000
/** Every first cut up to there; the longest frames of antennas to their end in `npm run test:full`. */
const cutsMax = process.env['ETC_LANE_SCALE'] === 'full' ? 300 : 64

/** Registers the tests of one driver. */
export function driverContract(driver: ContractDriver): void {
  const { workMs, upMs, lossMs, cutMs = 1_000 } = driver
  const ready = async (): Promise<ContractBench> => {
    const bench = driver.make()
    bench.connect()
    await bench.run(upMs)
    return bench
  }
  const works = async (bench: ContractBench): Promise<void> => {
    const before = bench.done()
    bench.work()
    await bench.run(workMs)
    expect(bench.done() - before).toBe(1)
  }
  describe(`contract: ${driver.name}`, () => {
    it('connects, and is not up before', async () => {
      const bench = driver.make()
      await bench.run(upMs)
      expect(bench.isUp()).toBe(false)
      bench.connect()
      await bench.run(upMs)
      expect(bench.isUp()).toBe(true)
    })
    it('works, again and again', async () => {
      const bench = await ready()
      for (let i = 0; i < 5; i++) await works(bench)
    })
    it('garbage harms no work before, between and after it', async () => {
      const bench = await ready()
      bench.garbage(noise)
      await bench.run(workMs)
      for (const part of [noise.subarray(0, 1), noise.subarray(3, 20), noise]) {
        await works(bench)
        bench.garbage(part)
        await bench.run(workMs)
      }
      await works(bench)
    })
    it('silence is noticed, and work goes on after it', async () => {
      const bench = await ready()
      bench.silence(true)
      await bench.run(lossMs ?? workMs)
      expect(bench.isUp()).toBe(lossMs === null)
      bench.silence(false)
      await bench.run(upMs)
      expect(bench.isUp()).toBe(true)
      await works(bench)
    })
    it('a duplicate is one piece of work', async () => {
      const bench = await ready()
      bench.duplicate(true)
      for (let i = 0; i < 3; i++) await works(bench)
    })
    it.each([1, 2, 3, 7])('replies in pieces of %i bytes are the same replies', async (size) => {
      const bench = driver.make()
      bench.split(size)
      bench.connect()
      await bench.run(upMs)
      expect(bench.isUp()).toBe(true)
      await works(bench)
    })
    it('replies cut in two at every byte are the same replies', async () => {
      const bench = await ready()
      for (let size = 1; size <= cutsMax; size++) {
        bench.split(size)
        await works(bench)
      }
    })
    it('comes back after each loss of its link', async () => {
      const bench = await ready()
      for (let i = 0; i < 3; i++) {
        bench.disconnect()
        await bench.run(cutMs)
        expect(bench.isUp()).toBe(false)
        bench.connect()
        await bench.run(upMs)
        expect(bench.isUp()).toBe(true)
        await works(bench)
      }
    })
    it('sets a device up again that restarted and forgot', async () => {
      const bench = await ready()
      await works(bench)
      bench.restartDevice()
      await bench.run((lossMs ?? 0) + upMs)
      expect(bench.isUp()).toBe(true)
      await works(bench)
    })
    it.each([-dayMs, -5_000, 5_000, dayMs, 400 * dayMs])(
      'a device clock that is %i ms off changes nothing',
      async (ms) => {
        const bench = driver.make()
        bench.skewClock(ms)
        bench.connect()
        await bench.run(upMs)
        await works(bench)
        bench.skewClock(-ms)
        await driver.clockWasSet?.(bench)
        await works(bench)
      },
    )
  })
}
