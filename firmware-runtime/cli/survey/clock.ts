// `etc-lane survey clock`: the clock of this computer against time servers, receivers and chrony,
// and with --data against what the platform and the cameras of a running lot tell. Exit 1 when one is missing.
import {
  systemMonoClock,
  systemRandom,
  systemWallClock,
} from '../../adapters/clocks/system-clocks.ts'
import { linkOpener } from '../../adapters/links/link-opener.ts'
import { httpDates } from '../../adapters/survey/http-dates.ts'
import { pulseName, systemPulse } from '../../adapters/time/system-pulse.ts'
import { systemTools } from '../../adapters/time/system-tools.ts'
import { udpDatagrams } from '../../adapters/time/udp-datagrams.ts'
import {
  runClockTests,
  type ClockReading,
  type ClockSourceReport,
  type ClockTests,
  type ClockWorld,
  type DeviceTime,
} from '../../app/survey/clock-run.ts'
import { gnssWayOf } from '../../app/survey/gnss-run.ts'
import { ntpPort, type NtpServer } from '../../app/survey/ntp-run.ts'
import type { Pace, RunFault } from '../../app/survey/pace.ts'
import { faultJson, LaneFault } from '../../core/values/faults.ts'
import { isoOf, minuteMs } from '../../core/values/instant.ts'
import { hostShape } from '../../core/values/link-url.ts'
import { folderOf, jsonText, runningClient } from '../client.ts'
import { flags, oneOf, whole, type CliIo, type Command } from '../command.ts'
import { claimLink } from '../link-claim.ts'
import { clockPlan, type RunPlan } from '../../core/survey/reruns.ts'
import { recordInto } from './record-into.ts'

export const clockWorld = (): ClockWorld => ({
  opener: linkOpener(),
  mono: systemMonoClock(),
  clock: systemWallClock(),
  random: systemRandom(),
  datagrams: udpDatagrams(),
  tools: systemTools(),
  dates: httpDates,
  pulseAt: systemPulse(),
})

/** ARG-01 for what is no HOST or HOST:PORT. */
export function ntpServerOf(text: string): NtpServer {
  const [, host = '', port = String(ntpPort)] =
    /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  if (!hostShape.test(host) || Number(port) < 1 || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: '--ntp', value: text, note: 'HOST or HOST:PORT' })
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) }
}

/** `camera:2=http://192.168.1.64/`: whose clock, which of several, where it tells the time. */
export function deviceTimeOf(text: string): DeviceTime {
  const [, of, device = '', url = ''] =
    /^(camera|rsu|platform):([^=]{1,40})=(https?:\/\/[^\s]{1,200})$/.exec(text) ?? []
  const isOf = of === 'camera' || of === 'rsu' || of === 'platform'
  if (isOf && URL.canParse(url)) return { of, device, url }
  const note = 'camera|rsu|platform:NAME=http(s)://HOST/'
  throw new LaneFault('ARG-01', { field: '--device', value: text, note })
}

/** One receiver speaks NMEA and gives the pulse. */
function pulseOf(pps: string | undefined, gnss: readonly string[]): { readonly pps?: string } {
  if (pps === undefined) return {}
  const isOne = gnss.length === 1 && gnss.every((url) => gnssWayOf(url) === 'nmea')
  if (!pulseName.test(pps) || !isOne)
    throw new LaneFault('ARG-01', {
      field: '--pps',
      value: pps,
      note: 'ppsN, with one NMEA --gnss',
    })
  return { pps }
}

const countMax = 10_000
const everySecMax = 86_400

/** `--count`, `--every` and `--within` in seconds; the usual time is what the readings need, and a minute. */
export function paceOf(
  values: Readonly<Record<'count' | 'every' | 'within', string | undefined>>,
  usual: { readonly count: number; readonly everySec: number },
  io: CliIo,
): Pace {
  const count = Math.min(countMax, Math.max(1, whole(values.count, 'count', usual.count)))
  const everySec = Math.min(everySecMax, Math.max(0, whole(values.every, 'every', usual.everySec)))
  const withinSec = Math.max(1, whole(values.within, 'within', (count - 1) * everySec + 60))
  const stop = new AbortController()
  io.onStop(() => stop.abort())
  return {
    ...{ count, everyMs: everySec * 1000, withinMs: withinSec * 1000, signal: stop.signal },
  }
}

export const faultView = (fault: RunFault | null): ReturnType<typeof faultJson>['error'] | null =>
  fault === null
    ? null
    : faultJson(new LaneFault(fault.code, fault.note === '' ? {} : { note: fault.note })).error

const readingView = ({ atMs, body }: ClockReading) => ({ atIso: isoOf(atMs), ...body })

function sourceView({ by, server, readings, refused, details, fault }: ClockSourceReport) {
  const first = readings[0]
  const last = readings.at(-1)
  const worst = readings.map(({ body }) => Math.abs(body.offsetMs) + body.errorMs)
  return {
    ...{ by, server, readings: readings.map(readingView) },
    overMin: first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / minuteMs,
    /** Offset and error of the worst one together: what D14 and D15 are judged by. */
    withinMs: worst.length === 0 ? null : Math.max(...worst),
    ...{ refused, details, fault: faultView(fault) },
  }
}

/** Ours minus theirs; null: it never told its time. An antenna is set by us and tells none. */
export interface DeviceClock {
  readonly device: 'platform' | 'camera' | 'rsu'
  readonly laneId: string | null
  readonly offsetMs: number | null
}

const ours = (theirs: number | null | undefined): number | null =>
  theirs === null || theirs === undefined ? null : -theirs + 0

/** What the runtime of a folder knows of other clocks. RUN-02 where none runs. */
export async function deviceClocks(dir: string): Promise<readonly DeviceClock[]> {
  const client = runningClient(dir)
  const [status, board] = [await client.call('status.get', {}), await client.call('board.get', {})]
  const platform: DeviceClock = {
    ...{ device: 'platform', laneId: null, offsetMs: ours(status.clock.platformOffsetMs) },
  }
  const lanes = board.lanes.flatMap(({ laneId, devices }) =>
    (['camera', 'rsu'] as const).map((device): DeviceClock => ({
      ...{ device, laneId, offsetMs: ours(devices[device].clockOffsetMs) },
    })),
  )
  return [platform, ...lanes]
}

/** Links of receivers are claimed for the run: LINK-03 names who holds one. */
export async function claimed<T>(links: readonly string[], run: () => Promise<T>): Promise<T> {
  const free: (() => void)[] = []
  try {
    for (const link of links) free.push(claimLink(link, 'etc-lane survey clock'))
    return await run()
  } finally {
    for (const release of free) release()
  }
}

/** What a run of these clocks measures. */
export const clocksPlan = ({ ntp, gnss, chrony, of, devices }: ClockTests): RunPlan =>
  clockPlan({
    ...{ beidou: gnss.length > 0, network: ntp.length > 0 || chrony, of: of ?? 'ruler' },
    devices: (devices ?? []).map(({ device }) => device),
  })

export const surveyClock: Command = {
  async run(args, io: CliIo) {
    const { values, words } = flags(args, {
      ...{ ntp: 'list', gnss: 'list', chrony: 'boolean', data: 'string', by: 'string' },
      ...{ of: 'string', device: 'list', pps: 'string' },
      ...{ count: 'string', every: 'string', within: 'string', reason: 'string' },
    } as const)
    const tests: ClockTests = {
      ntp: values.ntp.map(ntpServerOf),
      gnss: values.gnss,
      chrony: values.chrony,
      of: oneOf(values.of, 'of', ['lane', 'ruler'], 'ruler'),
      devices: values.device.map(deviceTimeOf),
      ...pulseOf(values.pps, values.gnss),
    }
    for (const url of tests.gnss) gnssWayOf(url)
    const isAsked = tests.ntp.length + tests.gnss.length > 0 || tests.chrony
    if (!isAsked && values.data === undefined)
      throw new LaneFault('ARG-01', { note: '--ntp, --gnss, --chrony, --data, or several' })
    const pace = paceOf(values, { count: 4, everySec: 1 }, io)
    const devices = values.data === undefined ? [] : await deviceClocks(folderOf(values.data))
    const again = { plan: clocksPlan(tests), reason: values.reason }
    return recordInto(words, values.by, again, async (to) => {
      const told = ({ body, heard }: ClockReading): void => to.record(body, heard)
      const reports = await claimed(tests.gnss, () =>
        runClockTests(clockWorld(), tests, pace, told),
      )
      const ok = reports.every(({ fault }) => fault === null)
      const { recorded } = to
      io.stdout(jsonText({ ok, sources: reports.map(sourceView), devices, recorded }, io.json))
      return ok ? 0 : 1
    })
  },
}
