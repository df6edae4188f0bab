// Clock readings against a satellite receiver: NMEA on a line of its own, or a gpsd that has the line. Without a pulse
// per second the line delays unevenly, and the error of each reading includes that.
import { noteWhy } from '#base/pure/words/notes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { medianOf } from '#base/pure/figures/burst.ts'
import type { ReceivedBytes } from '../pure/file/origin.ts'
import type { ClockBody } from '../pure/file/record.ts'
import { joined } from '#base/pure/data/bytes.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import {
  startGnss,
  stepGnss,
  type GnssEffect,
  type GnssEvent,
  type GnssState,
} from '#devices/pure/position/gpsd/driver.ts'
import {
  startNmea,
  stepNmea,
  type NmeaEffect,
  type NmeaEvent,
  type NmeaState,
} from '#devices/pure/time/nmea/driver.ts'
import { systemsWord } from '#devices/pure/time/nmea/sky.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { Pulse } from '#base/ports/pulse.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import type { ClockReading, ClockSourceReport, OnClockReading, ClockPorts } from './clock-source.ts'
import { nowMsOf, type Pace, type RunFault } from './pace.ts'

/** Sentences without a pulse come 10 to 700 ms late, receiver by receiver (gpsd's documentation of TOFF). */
const noPulseErrorMs = 700
/** Error of the system's time stamp of an edge: less than 1 ms on a serial port, up to 2 ms over USB. */
const pulseErrorMs = 2
/** Number of times in a row without a jump before readings count: a receiver may jump when it starts. */
const settledAfter = 3
const jumpMsMin = 700
/** GPS counts weeks in ten bits: an old receiver starts again after 1,024 weeks. */
const weekMs = 7 * dayMs
const rolloverMs = 1_024 * weekMs
/** A receiver sends some hundred bytes a second. */
const rawBytesMax = 100_000
/** Usual speed of receivers, unless the link sets another one. */
const usualBaud = 9600

type Ports = Pick<ClockPorts, 'opener' | 'mono' | 'clock' | 'pulseAt'>

interface Time {
  readonly utcMs: InstantMs
  readonly arrivedMs: InstantMs
  readonly constellation: string | null
  readonly errorMs: number
  /** The pulse on which it is based. */
  readonly pulse?: Pulse
}

type GnssWay = 'nmea' | 'gpsd'

export function gnssWayOf(url: string): GnssWay {
  const target = parseLinkUrl(url, '--gnss')
  return target.scheme === 'serial' || target.query['speaks'] === 'nmea' ? 'nmea' : 'gpsd'
}

/** One run; it ends by itself, and closes the link then. */
class GnssRun {
  readonly readings: ClockReading[] = []
  readonly counts = { times: 0, noFix: 0, noDate: 0, twoDates: 0, noPulse: 0, jumps: 0 }
  readonly ended = Promise.withResolvers<undefined>()
  heard = false
  downReason = ''
  lastFault: RunFault | null = null
  /** Delay of each sentence after its pulse, ms. */
  readonly delaysMs: number[] = []
  private raw: Uint8Array[] | null = []
  private settled = 0
  private lastReadMs: number | null = null
  private lastTime: { readonly utcMs: InstantMs; readonly atMs: number } | null = null
  private used: readonly string[] = []
  private readonly ports: Ports
  private readonly server: string
  private readonly pace: Pace
  private readonly onReading: OnClockReading
  private readonly pps: string | null

  constructor(
    ports: Ports,
    server: string,
    pace: Pace,
    onReading: OnClockReading,
    pps: string | null,
  ) {
    this.pps = pps
    this.ports = ports
    this.server = server
    this.pace = pace
    this.onReading = onReading
  }

  /** Keeps the raw bytes since the last reading; null: more than the limit. */
  bytes(chunk: Uint8Array): void {
    if (this.raw !== null) this.raw.push(chunk)
    const length = this.raw?.reduce((sum, part) => sum + part.length, 0) ?? 0
    if (length > rawBytesMax) this.raw = null
  }

  private receivedSince(pulse?: Pulse): ReceivedBytes {
    const edge = pulse === undefined ? [] : [new TextEncoder().encode(pulse.said)]
    const raw = this.raw === null ? null : joined([...this.raw, ...edge])
    this.raw = []
    return { link: this.server, raw }
  }

  nmea(event: NmeaEvent): void {
    if (event.type === 'nmeaUp') this.heard = true
    else if (event.type === 'nmeaDown') this.down(event.reason)
    else if (event.type === 'jumped') this.jumped(event.byMs)
    else if (event.type === 'noTime') this.noTime(event.why)
    else if (this.pps === null) this.time({ ...event, errorMs: noPulseErrorMs })
    else this.pulsed(event, this.ports.pulseAt(this.pps))
  }

  /** A sentence names the second that began with the pulse before it. */
  private pulsed(event: Omit<Time, 'errorMs'>, pulse: Pulse | null): void {
    const delayMs = pulse === null ? NaN : event.arrivedMs - pulse.atMs
    const isOfIt = delayMs >= 0 && delayMs < 1_000 && event.utcMs % 1_000 === 0
    if (pulse === null || !isOfIt) return this.noTime('noPulse')
    this.delaysMs.push(delayMs)
    this.time({ ...event, arrivedMs: pulse.atMs, errorMs: pulseErrorMs, pulse })
  }

  gpsd(event: GnssEvent): void {
    if (event.type === 'gnssUp') this.heard = true
    if (event.type === 'gnssDown') this.down(event.reason)
    if (event.type !== 'clock') return
    const { clock } = event
    if (clock.kind === 'sky') {
      this.used = clock.used
      return
    }
    const { utcMs, isFix, errorMs } = clock
    if (!isFix || utcMs === null) return this.noTime('noFix')
    const last = this.lastTime
    const atMs = nowMsOf(this.ports.mono)
    // Several reports of one moment count once; a daemon that hangs repeats the same time.
    if (last?.utcMs === utcMs) return
    const byMs = last === null ? 0 : utcMs - last.utcMs - (atMs - last.atMs)
    if (Math.abs(byMs) >= jumpMsMin) this.jumped(byMs)
    this.lastTime = { utcMs, atMs }
    const constellation = systemsWord(this.used)
    const arrivedMs = this.ports.clock.nowMs()
    this.time({ utcMs, arrivedMs, constellation, errorMs: noPulseErrorMs + (errorMs ?? 0) })
  }

  private down(reason: string): void {
    this.downReason = reason
    this.settled = 0
    this.lastTime = null
  }

  private noTime(why: 'noFix' | 'noDate' | 'twoDates' | 'noPulse'): void {
    this.counts[why]++
    this.settled = 0
    this.lastTime = null
    this.lastFault = { code: 'CLOCK-05', note: why }
  }

  private jumped(byMs: number): void {
    this.counts.jumps++
    this.settled = 0
    this.lastReadMs = null
    this.readings.length = 0
    this.lastFault = { code: 'CLOCK-06', note: `${byMs} ms` }
  }

  private time({ utcMs, arrivedMs, constellation, errorMs, pulse }: Time): void {
    const heard = this.receivedSince(pulse)
    // The date is wrong by more than a day, for example after a week rollover: no offset can be computed.
    if (Math.abs(arrivedMs - utcMs) > dayMs) {
      const weeks = Math.round((arrivedMs - utcMs) / rolloverMs) * 1_024
      const isRollover = weeks > 0 && Math.abs(arrivedMs - utcMs - weeks * weekMs) <= dayMs
      this.lastFault = isRollover
        ? { code: 'CLOCK-10', note: t(`早了 ${weeks} 周`, `${weeks} weeks behind`) }
        : { code: 'CLOCK-05', note: t('日期相差一天以上', 'the date differs by more than a day') }
      return
    }
    this.counts.times++
    this.settled++
    const nowMs = nowMsOf(this.ports.mono)
    const isDue = this.lastReadMs === null || nowMs - this.lastReadMs >= this.pace.everyMs
    if (this.settled < settledAfter || !isDue) return
    this.lastReadMs = nowMs
    const offsetMs = Math.round((arrivedMs - utcMs) * 10) / 10
    const body: ClockBody = {
      kind: 'clock',
      source: 'beidou',
      server: this.server,
      constellation,
      offsetMs,
      errorMs,
    }
    this.readings.push({ atMs: Math.round(arrivedMs), body, heard })
    if (this.readings.length >= this.pace.count) this.ended.resolve(undefined)
  }

  /** Reports the readings at the end only: a jump discards earlier readings, and records never change. */
  report(): void {
    for (const reading of this.readings) this.onReading(reading)
  }

  fault(isUp: boolean): RunFault | null {
    if (this.readings.length >= this.pace.count) return null
    if (!isUp && !this.heard) return { code: 'LINK-01', note: noteWhy(this.downReason) }
    if (!this.heard) return { code: 'CLOCK-04', note: noteWhy(this.downReason) }
    return this.lastFault ?? { code: 'CLOCK-04', note: noteWhy(this.downReason) }
  }
}

function withBaud(url: string): string {
  const { scheme, query } = parseLinkUrl(url, '--gnss')
  if (scheme === 'tcp' || query['baud'] !== undefined) return url
  return `${url}${url.includes('?') ? '&' : '?'}baud=${usualBaud}`
}

interface Opened {
  open(): void
  close(): void
}

/** An opener that reports the bytes of a link before the driver gets them. */
const overheard = (opener: LinkOpener, report: (chunk: Uint8Array) => void): LinkOpener => ({
  open: (url, handlers) =>
    opener.open(url, {
      up: () => handlers.up(),
      down: (reason) => handlers.down(reason),
      bytes(chunk) {
        report(chunk)
        handlers.bytes(chunk)
      },
    }),
})

function hostOf(ports: Ports, url: string, by: GnssWay, run: GnssRun, up: () => void): Opened {
  const common = {
    opener: overheard(ports.opener, (chunk) => run.bytes(chunk)),
    mono: ports.mono,
    business: ports.clock,
    other: () => undefined,
    linkChanged: (isUp: boolean, reason: string) => {
      if (isUp) up()
      else run.downReason = reason
    },
  }
  if (by === 'nmea')
    return new DeviceHost<NmeaState, never, NmeaEvent, NmeaEffect>({
      ...common,
      url: withBaud(url),
      driver: { initial: startNmea, step: stepNmea },
      emit: (event) => run.nmea(event),
    })
  return new DeviceHost<GnssState, never, GnssEvent, GnssEffect>({
    ...common,
    url,
    driver: { initial: () => startGnss({ tellsClock: true }), step: stepGnss },
    emit: (event) => run.gpsd(event),
  })
}

export async function readGnss(
  ports: Ports,
  url: string,
  pace: Pace,
  onReading: OnClockReading,
  pps: string | null = null,
): Promise<ClockSourceReport> {
  const by = gnssWayOf(url)
  const server = url.split('?')[0] ?? url
  const run = new GnssRun(ports, server, pace, onReading, by === 'nmea' ? pps : null)
  let wasUp = false
  const host = hostOf(ports, url, by, run, () => (wasUp = true))
  const end = (): void => run.ended.resolve(undefined)
  const cancel = ports.mono.after(pace.withinMs, end)
  pace.signal.addEventListener('abort', end)
  if (pace.signal.aborted) end()
  else host.open()
  await run.ended.promise
  cancel()
  pace.signal.removeEventListener('abort', end)
  host.close()
  run.report()
  const { noFix, noDate, twoDates, noPulse, times, jumps } = run.counts
  const refused = Object.fromEntries(
    Object.entries({ noFix, noDate, twoDates, noPulse }).filter(([, count]) => count > 0),
  )
  const { readings, delaysMs } = run
  // Delay of the line: measured only with a pulse.
  const line = delaysMs.length === 0 ? {} : { lineDelayMs: Math.round(medianOf(delaysMs)) }
  const details = { times, jumps, ...line }
  return { by, server, readings, refused, details, fault: run.fault(wasUp) }
}
