// Readings of the lane's clock against its sources, as survey records: network, receiver, chrony. Offsets are our clock
// minus the source; every reading states its error, and refusals are counted.
import { t } from '#base/pure/words/fault-text.ts'
import {
  serverAt,
  type ClockReading,
  type ClockSourceReport,
  type ClockPorts,
  type OnClockReading,
} from './clock-source.ts'
import type { ClockBody } from '../pure/file/record.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { readTracking } from '#devices/pure/time/chrony/tracking.ts'
import { readGnss } from './gnss-run.ts'
import { readNtp, type NtpServer } from './ntp-run.ts'
import { nowMsOf, pause, type Pace, type RunFault } from './pace.ts'

export interface ClockTests {
  readonly ntp: readonly NtpServer[]
  /** `serial:` and `tcp://…?speaks=nmea` are NMEA, any other `tcp://` is a gpsd. */
  readonly gnss: readonly string[]
  /** The pulse of the NMEA receiver in `gnss`; absent: its sentences alone. */
  readonly pps?: string
  readonly chrony: boolean
  /** Role of this computer's clock; absent: a reference clock, which is not judged. */
  readonly of?: 'lane' | 'ruler'
  /** Clocks of other devices with HTTP; this computer's clock is the reference then. */
  readonly devices?: readonly DeviceTime[]
}

export interface DeviceTime {
  readonly of: 'camera' | 'rsu' | 'platform'
  readonly device: string
  readonly url: string
}

const utf8 = new TextEncoder()

async function readChrony(
  ports: ClockPorts,
  pace: Pace,
  onReading: OnClockReading,
): Promise<ClockSourceReport> {
  const { clock, mono, tools } = ports
  const readings: ClockReading[] = []
  const refused: Record<string, number> = {}
  const startMs = nowMsOf(mono)
  let fault: RunFault | null = null
  let server = 'chrony'
  const details: Record<string, number | string | null> = {}
  for (let turn = 0; turn < pace.count && !pace.signal.aborted; turn++) {
    if (nowMsOf(mono) - startMs >= pace.withinMs) break
    const answer = await tools.run('chronyc', ['-n', '-c', 'tracking'])
    const text = answer.kind === 'said' ? answer.text : ''
    const read = answer.kind === 'said' ? readTracking(text) : null
    if (read?.kind === 'tracking') {
      const { offsetMs, errorMs, stratum, receivedMs: syncedAtMs } = read.tracking
      server = read.tracking.server
      details['stratum'] = stratum
      const body: ClockBody = {
        kind: 'clock',
        source: 'ntp',
        server,
        constellation: null,
        offsetMs,
        errorMs,
        syncedAtMs,
        ...serverAt(server, ports),
      }
      const heard = { link: 'chronyc -n -c tracking', raw: utf8.encode(text) }
      const reading = { atMs: clock.nowMs(), body, heard }
      readings.push(reading)
      onReading(reading)
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

/** Their clock against the source: ours against it, minus ours against theirs. */
async function readDevice(
  ports: ClockPorts,
  at: DeviceTime,
  pace: Pace,
  ruler: () => ClockBody | null,
  onReading: OnClockReading,
): Promise<ClockSourceReport> {
  const { clock, mono, dates } = ports
  const readings: ClockReading[] = []
  const refused: Record<string, number> = {}
  const startMs = nowMsOf(mono)
  const isOver = (): boolean => pace.signal.aborted || nowMsOf(mono) - startMs >= pace.withinMs
  let fault: RunFault | null = null
  for (let turn = 0; turn < pace.count && !isOver(); turn++) {
    while (ruler() === null && !isOver()) await pause(mono, rulerEachMs, pace.signal)
    const by = ruler()
    if (by === null) break
    try {
      const { atMs, secondMs, errorMs, said } = await dates(at.url)
      const offsetMs = by.offsetMs - (atMs - secondMs)
      const { source, server, constellation, serverAddress, serverIsSelf } = by
      const isOfToday = Math.abs(offsetMs) <= dayMs
      fault = isOfToday
        ? null
        : { code: 'CLOCK-02', note: t('日期相差一天以上', 'the date differs by more than a day') }
      if (isOfToday) {
        const of = { of: at.of, device: at.device }
        const uncertain = Math.round((errorMs + by.errorMs) * 10) / 10
        const body: ClockBody = {
          kind: 'clock',
          source,
          server,
          constellation,
          ...(serverAddress === undefined ? {} : { serverAddress }),
          ...(serverIsSelf === undefined ? {} : { serverIsSelf }),
          ...of,
          offsetMs: Math.round(offsetMs * 10) / 10,
          errorMs: uncertain,
        }
        const heard = { link: at.url, raw: utf8.encode(said) }
        const reading = { atMs: clock.nowMs(), body, heard }
        readings.push(reading)
        onReading(reading)
      }
    } catch (error) {
      const note = error instanceof Error ? error.message : String(error)
      refused['noAnswer'] = (refused['noAnswer'] ?? 0) + 1
      fault = { code: 'CLOCK-01', note }
    }
    if (turn + 1 < pace.count) await pause(mono, pace.everyMs, pace.signal)
  }
  if (readings.length === 0)
    fault ??= {
      code: 'CLOCK-01',
      note: t('没有可对照的时间源', 'there is no time source to compare with'),
    }
  const way = new URL(at.url).pathname.startsWith('/onvif/') ? 'onvif' : 'httpDate'
  return { by: way, server: at.url, readings, refused, details: {}, fault }
}

const rulerEachMs = 100

/** All sources in parallel: each takes its time, and half an hour is half an hour for all. */
export async function runClockTests(
  ports: ClockPorts,
  tests: ClockTests,
  pace: Pace,
  onReading: OnClockReading = () => undefined,
): Promise<readonly ClockSourceReport[]> {
  const { of = 'ruler', devices = [] } = tests
  let ruler: ClockBody | null = null
  const better = (body: ClockBody): boolean =>
    ruler === null || body.source === 'ntp' || ruler.source !== 'ntp'
  const own: OnClockReading = (reading) => {
    const { body } = reading
    if (better(body)) ruler = body
    onReading({ ...reading, body: { ...body, of } })
  }
  const reports = await Promise.all([
    ...tests.gnss.map((url) => readGnss(ports, url, pace, own, tests.pps)),
    ...tests.ntp.map((server) => readNtp(ports, server, pace, own)),
    ...(tests.chrony ? [readChrony(ports, pace, own)] : []),
    ...devices.map((at) => readDevice(ports, at, pace, () => ruler, onReading)),
  ])
  const marked = (one: ClockReading): ClockReading => ({ ...one, body: { of, ...one.body } })
  return reports.map((one) => ({ ...one, readings: one.readings.map(marked) }))
}
