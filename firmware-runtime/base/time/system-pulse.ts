// PPS pulses from /sys/class/pps on Linux: the time of the last edge by the system clock and its number
// (`1170026870.983207967#8`, Documentation/driver-api/pps.rst). Read as text, because /dev/ppsN needs ioctl.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PulseAt } from '../ports/pulse.ts'

export const pulseName = /^pps\d{1,3}$/
const shape = /^(\d{9,11})\.(\d{9})#(\d+)$/

export const systemPulse =
  (folder = '/sys/class/pps'): PulseAt =>
  (name) => {
    let said = ''
    try {
      said = readFileSync(join(folder, name, 'assert'), 'utf8').trim()
    } catch {
      return null
    }
    const [, seconds, parts, count] = shape.exec(said) ?? []
    // 0 before the first edge.
    if (seconds === undefined || Number(count) === 0) return null
    return { atMs: Number(seconds) * 1_000 + Number(parts) / 1e6, said: `${name} ${said}\n` }
  }
