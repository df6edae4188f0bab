// `etc-lane demo-lots --data DIR --door URL`: the ten lots of the centre's demo in one process. Their cars follow the clock,
// and each lot sends its rows to the centre. A new folder has the past day behind it within minutes.
import { join, resolve } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { faultJson, type LaneFault } from '#base/pure/faults/faults.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import { closeAll } from '#base/process/close-all.ts'
import { DiskShelves } from '../lot/disk-shelves.ts'
import { centreLots } from './demo-lots.ts'
import { openTownFeed } from './town-feed.ts'
import { TownLot } from './town-lot.ts'

/** A lot that is behind makes up so much in one go: other lots, and the connections to the centre, have their turn in between. */
const sliceMs = 2 * minuteMs
const tickMs = 1_000
const stopWithinMs = 4_000
/** Entries of each book of each lot that stay in memory. */
const hotEntries = 32

interface Town {
  readonly lot: TownLot
  feed: ReturnType<typeof openTownFeed> | null
  /** Digits that were told. */
  digits: string | null
}

export interface TownsOptions {
  /** Has a folder for each lot. */
  readonly dir: string
  /** URL of the centre's door; null: they send nothing. */
  readonly door: string | null
  readonly clock: WallClock
  say(value: object): void
  failed(error: unknown): void
}

export class Towns {
  readonly towns: readonly Town[]
  readonly #options: TownsOptions
  readonly #shelves = new DiskShelves(hotEntries)
  #isClosed = false
  /** No feed is away before the past day is there: each lot joins soon after the first start. */
  #isFilled = false
  #pause = () => undefined as void
  #running: Promise<void> = Promise.resolve()

  constructor(options: TownsOptions) {
    this.#options = options
    const nowMs = options.clock.nowMs()
    const { shelf } = this.#shelves
    this.towns = centreLots.map((of, i) => {
      const dir = join(options.dir, String(i + 1))
      return { lot: new TownLot({ dir, of, nowMs, shelf }), feed: null, digits: null }
    })
  }

  start(): void {
    this.#running = this.#run()
  }

  /** One turn of all lots; false: some are still behind. */
  async turn(): Promise<boolean> {
    const nowMs = this.#options.clock.nowMs()
    let isThere = true
    for (const town of this.towns) {
      if (this.#isClosed) return true
      const untilMs = Math.min(town.lot.nowMs + sliceMs, nowMs)
      town.lot.to(untilMs)
      if (untilMs < nowMs) isThere = false
      await new Promise(setImmediate)
    }
    return isThere
  }

  async #run(): Promise<void> {
    const { say, failed } = this.#options
    try {
      while (!this.#isClosed) {
        await this.#tend()
        const isThere = await this.turn()
        if (!isThere || this.#isClosed) continue
        if (!this.#isFilled) say({ event: 'filled' })
        this.#isFilled = true
        await this.#wait()
      }
    } catch (error) {
      failed(error)
    }
  }

  #wait(): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, tickMs)
      this.#pause = () => {
        clearTimeout(timer)
        done()
      }
    })
  }

  /** Opens and closes feeds, and tells the digits of those that ask to join. */
  async #tend(): Promise<void> {
    const { door, clock, say, failed } = this.#options
    if (door === null) return
    for (const town of this.towns) {
      const { away, lotId } = town.lot.of
      const isAway = this.#isFilled && away !== null && clock.nowMs() % away.everyMs < away.forMs
      const isOpen = town.feed !== null
      if (isAway && isOpen) {
        await town.feed?.close()
        town.feed = null
      }
      if (!isAway && !isOpen) {
        const tell = (fault: LaneFault): void => say({ event: 'fault', lotId, ...faultJson(fault) })
        town.feed = openTownFeed(town.lot, { url: door, tell, failed })
      }
      if (isAway === isOpen && away !== null) say({ event: 'line', lotId, up: !isAway })
      const digits = town.feed?.view().digits ?? null
      if (digits !== null && digits !== town.digits) say({ event: 'pairing', lotId, digits })
      town.digits = digits
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#pause()
    await this.#running
    await closeAll([
      ...this.towns.map(
        ({ feed }) =>
          () =>
            feed?.close(),
      ),
      ...this.towns.map(
        ({ lot }) =>
          () =>
            lot.stop(),
      ),
      () => this.#shelves.close(),
    ])
  }
}

const lots = act(['demo-lots --data DIR --door URL [--die-with-parent]'], async (values, io) => {
  const ended = Promise.withResolvers<number>()
  const stop = (): void => {
    ended.resolve(0)
    setTimeout(() => process.exit(0), stopWithinMs).unref()
  }
  io.onStop(stop)
  if (values['die-with-parent']) process.stdin.once('close', stop).once('end', stop).resume()
  const failed = (error: unknown): void => {
    io.stderr(`demo-lots: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`)
    ended.resolve(1)
  }
  const say = (value: object): void => io.stdout(`${JSON.stringify(value)}\n`)
  const options = { dir: resolve(values.data), door: values.door, clock: systemWallClock() }
  const towns = new Towns({ ...options, say, failed })
  say({ event: 'ready', apiVersion: 1, pid: process.pid, endpoints: {} })
  towns.start()
  const code = await ended.promise
  if (values['die-with-parent']) process.stdin.destroy()
  await towns.close()
  return code
})

export const demoLotsCommand = commandOf('demo-lots', [lots])
