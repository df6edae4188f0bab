// Readings of the lane's clock against its sources, as survey records: network, receiver, chrony.
// Offsets are ours minus theirs; every reading states its error, and what was refused is counted.
import type { ClockBody } from '../../core/survey/record.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { readTracking } from '../../devices/time/chrony/tracking.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { MonoClock, Random, WallClock } from '../../ports/clocks.ts'
import type { Datagrams } from '../../ports/datagrams.ts'
import type { Tools } from '../../ports/tools.ts'
import { readGnss } from './gnss-run.ts'
import { readNtp, type NtpServer } from './ntp-run.ts'
import { nowMsOf, pause, type Pace, type RunFault } from './pace.ts'

export interface ClockReading {
  readonly atMs: InstantMs
  readonly body: ClockBody
}

export type ClockWay = 'sntp' | 'chrony' | 'nmea' | 'gpsd'

/** One source: its readings, how often something was refused and why, what is missing. */
export interface ClockSourceReport {
  readonly by: ClockWay
  readonly server: string
  readonly readings: readonly ClockReading[]
  readonly refused: Readonly<Record<string, number>>
  readonly details: Readonly<Record<string, number | string | null>>
  readonly fault: RunFault | null
}

export interface ClockWorld {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly random: Random
  readonly datagrams: Datagrams
  readonly tools: Tools
}

export interface ClockTests {
  readonly ntp: readonly NtpServer[]
  /** `serial:` and `tcp://…?speaks=nmea` are NMEA, any other `tcp://` a gpsd. */
  readonly gnss: readonly string[]
  readonly chrony: boolean
}

/** Told as they come, so that each can be made durable at once. */
export type ClockTold = (reading: ClockReading) => void

async function readChrony(
  world: ClockWorld,
  pace: Pace,
  told: ClockTold,
): Promise<ClockSourceReport> {
  const { clock, mono, tools } = world
  const readings: ClockReading[] = []
  const refused: Record<string, number> = {}
  const startMs = nowMsOf(mono)
  let fault: RunFault | null = null
  let server = 'chrony'
  const details: Record<string, number | string | null> = {}
  for (let turn = 0; turn < pace.count && !pace.signal.aborted; turn++) {
    if (nowMsOf(mono) - startMs >= pace.withinMs) break
    const answer = await tools.run('chronyc', ['-c', 'tracking'])
    const read = answer.kind === 'said' ? readTracking(answer.text) : null
    if (read?.kind === 'tracking') {
      const { offsetMs, errorMs, stratum } = read.tracking
      server = read.tracking.server
      details['stratum'] = stratum
      const body: ClockBody = {
        ...{ kind: 'clock', source: 'ntp', server, constellation: null, offsetMs, errorMs },
      }
      const reading = { atMs: clock.nowMs(), body }
      readings.push(reading)
      told(reading)
      fault = null
    } else {
      const why = read?.why ?? answer.kind
      refused[why] = (refused[why] ?? 0) + 1
      fault = { code: 'CLOCK-07', note: answer.kind === 'failed' ? answer.note : why }
      if (answer.kind === 'absent') break
    }
    if (turn + 1 < pace.count) await pause(mono, pace.everyMs, pace.signal)
  }
  return { by: 'chrony', server, readings, refused, details, fault }
}

/** All sources side by side: they take their time, and a half hour is one half hour. */
export async function runClockTests(
  world: ClockWorld,
  tests: ClockTests,
  pace: Pace,
  told: ClockTold = () => undefined,
): Promise<readonly ClockSourceReport[]> {
  return Promise.all([
    ...tests.gnss.map((url) => readGnss(world, url, pace, told)),
    ...tests.ntp.map((server) => readNtp(world, server, pace, told)),
    ...(tests.chrony ? [readChrony(world, pace, told)] : []),
  ])
}
