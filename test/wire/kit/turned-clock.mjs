// Loaded into each process of a lot before its program: adds the two numbers of ms in the file of ETC_TURNED_CLOCK, which a
// test writes while they run, to the time of day and to the uptime. All these processes have the same time.
import { openSync, readSync } from 'node:fs'
import os from 'node:os'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'

const file = process.env.ETC_TURNED_CLOCK
if (file !== undefined) {
  const fd = openSync(file, 'r')
  const ms = new Float64Array(2)
  const bytes = new Uint8Array(ms.buffer)
  const aheadMs = (of) => {
    readSync(fd, bytes, 0, bytes.length, 0)
    return ms[of]
  }
  const { now } = Date
  const { uptime } = os
  Date.now = () => now() + aheadMs(0)
  os.uptime = () => uptime() + aheadMs(1) / 1000
  syncBuiltinESMExports()
}
