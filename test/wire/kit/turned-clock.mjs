// Loaded into each process of a lot before its program: the time of day of their machine, and how long it is up, are ahead by what
// the file of ETC_TURNED_CLOCK says, a number in ms that a test writes while they run. All of them have the same time.
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
