// A machine clock that the test advances: processes started meanwhile have this time, except the test's own.
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { newFolder } from './live-program.ts'

export class TurnedClock {
  private readonly fd: number
  private aheadMs = 0
  private uptimeMs = 0
  private readonly before = process.env['NODE_OPTIONS']

  constructor() {
    const file = join(newFolder(), 'clock')
    this.fd = openSync(file, 'w')
    this.write()
    const probe = new URL('./turned-clock.mjs', import.meta.url).href
    process.env['ETC_TURNED_CLOCK'] = file
    process.env['NODE_OPTIONS'] = [this.before, `--import=${probe}`].join(' ').trim()
  }

  nowMs(): InstantMs {
    return Date.now() + this.aheadMs
  }

  /** Advances the clock; it never goes back. */
  leap(ms: number): void {
    this.uptimeMs += ms
    this.step(ms)
  }

  /** Somebody sets the time of day, forward or back. */
  step(ms: number): void {
    this.aheadMs += ms
    this.write()
  }

  private write(): void {
    const both = Float64Array.of(this.aheadMs, this.uptimeMs)
    writeSync(this.fd, new Uint8Array(both.buffer), 0, both.byteLength, 0)
  }

  close(): void {
    if (this.before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = this.before
    delete process.env['ETC_TURNED_CLOCK']
    closeSync(this.fd)
  }
}
