// Pulses as Linux shows them below /sys/class/pps: the time of the last edge by the system's clock and its number
// (`1170026870.983207967#8`, Documentation/driver-api/pps.rst). Read as text: /dev/ppsN itself speaks by ioctl alone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PulseAt } from '../../ports/pulse.ts'

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
    // Before its first edge a source says 0.
    if (seconds === undefined || Number(count) === 0) return null
    return { atMs: Number(seconds) * 1_000 + Number(parts) / 1e6, said: `${name} ${said}\n` }
  }
