// One contract for every driver: what a lane may rely on with any device at the other end of the link.
// A driver joins with a bench that runs it against the model of its simulator, in virtual time.
import { describe, expect, it } from 'vitest'

/** A driver and the model of its device on a simulated link; nothing here waits on wall time. */
export interface ContractBench {
  /** The link comes up. A bench starts with the link down. */
  connect(): void
  disconnect(): void
  /** Advances virtual time with every timer, answer and delay in order. Asynchronous where a stream parser
   * needs turns of the event loop; never wall time. */
  run(forMs: number): void | Promise<void>
  /** True while the driver reports that its device can be used. */
  isUp(): boolean
  /** Asks for one piece of work: a plate to be read, a fee to be taken, a boom to open, a line to show. */
  work(): void
  /** Pieces of work that the driver reported as done. */
  done(): number
  /** Bytes from the device that belong to no frame. */
  garbage(bytes: Uint8Array): void
  /** The device accepts everything and answers nothing. */
  silence(on: boolean): void
  /** Every reply or report of the device comes twice. */
  duplicate(on: boolean): void
  /** Replies come in pieces of that many bytes; null: as the device sends them. */
  split(bytesAtOnce: number | null): void
  /** The device restarts and loses its settings; the link may drop with it. */
  restartDevice(): void
  /** From now on the clock of the device is off by `ms`. */
  skewClock(ms: number): void
}

export interface ContractDriver {
  readonly name: string
  /** Longest time in ms for one piece of work without faults. */
  readonly workMs: number
  /** Longest silence in ms before the driver must report its device as down; null for one that speaks only when used. */
  readonly lossMs: number | null
  /** Longest time in ms from link up to device up, retries included. */
  readonly upMs: number
  /** Longest time in ms until a cut link is noticed; one second, unless the device has no standing connection. */
  readonly cutMs?: number
  /** Runs what is needed before a device whose clock was set is trusted again. */
  clockWasSet?(bench: ContractBench): Promise<void>
  make(): ContractBench
}

const noise = Uint8Array.from({ length: 300 }, (_, i) => (i * 151 + 7) & 0xff)
const dayMs = 86_400_000
/** Replies are cut once at every byte up to here; up to the end of the longest frames in `npm run test:full`. */
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
        await driver.clockWasSet?.(bench)
        await works(bench)
        bench.skewClock(-ms)
        await driver.clockWasSet?.(bench)
        await works(bench)
      },
    )
  })
}
