// Loaded into each process of a lot before its program: adds the number of ms in the file of ETC_TURNED_CLOCK, which a
// test writes while they run, to the time of day and the uptime. All these processes have the same time.
import { openSync, readSync } from 'node:fs'
import os from 'node:os'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'

const file = process.env.ETC_TURNED_CLOCK
if (file !== undefined) {
  const fd = openSync(file, 'r')
  const ms = new Float64Array(1)
  const bytes = new Uint8Array(ms.buffer)
  const aheadMs = () => {
    readSync(fd, bytes, 0, bytes.length, 0)
    return ms[0]
  }
  const { now } = Date
  const { uptime } = os
  Date.now = () => now() + aheadMs()
  os.uptime = () => uptime() + aheadMs() / 1000
  syncBuiltinESMExports()
}
