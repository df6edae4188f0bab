// `etc-lane survey clock`: the clock of this computer against time servers, receivers and chrony, and with --data
// against the clocks reported by platform and cameras of a running lot. Exit 1 when one is missing.
import { t } from '#base/pure/words/fault-text.ts'
import { pulseName } from '#base/time/system-pulse.ts'
import { freshMs as platformFreshMs } from '#lane/lot/upkeep/platform-watch.ts'
import { runClockTests, type ClockTests } from '../../runs/clock-run.ts'
import type { ClockReading, ClockSourceReport } from '../../runs/clock-source.ts'
import { gnssWayOf } from '../../runs/gnss-run.ts'
import type { Pace, RunFault } from '../../runs/pace.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, minuteMs } from '#base/pure/values/instant.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { type CliIo, wrongFlag } from '#base/commands/command.ts'
import { recordInto } from './record-into.ts'
import {
  clockPorts,
  ntpServerOf,
  deviceTimeOf,
  claimed,
  clocksPlan,
} from '../worker/clock-scene.ts'

/** A single receiver sends NMEA and gives the pulse. */
function pulseOf(pps: string | undefined, gnss: readonly string[]): { readonly pps?: string } {
  if (pps === undefined) return {}
  const isOne = gnss.length === 1 && gnss.every((url) => gnssWayOf(url) === 'nmea')
  if (!pulseName.test(pps) || !isOne)
    throw wrongFlag('--pps', t('ppsN,另加一个 NMEA 的 --gnss', 'ppsN, with one NMEA --gnss'), pps)
  return { pps }
}

const countMax = 10_000

const everySecMax = 86_400

/** `--count`, `--every` and `--within` in seconds; by default the time that the readings need, and a minute. */
export function paceOf(
  values: { readonly [name in 'count' | 'every' | 'within']: number | undefined },
  usual: { readonly count: number; readonly everySec: number },
  io: CliIo,
): Pace {
  const count = Math.min(countMax, Math.max(1, values.count ?? usual.count))
  const everySec = Math.min(everySecMax, Math.max(0, values.every ?? usual.everySec))
  const withinSec = Math.max(1, values.within ?? (count - 1) * everySec + 60)
  const stop = new AbortController()
  io.onStop(() => stop.abort())
  return { count, everyMs: everySec * 1000, withinMs: withinSec * 1000, signal: stop.signal }
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
    by,
    server,
    readings: readings.map(readingView),
    overMin: first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / minuteMs,
    /** Offset and error of the worst reading together: D14 and D15 are judged by it. */
    withinMs: worst.length === 0 ? null : Math.max(...worst),
    refused,
    details,
    fault: faultView(fault),
  }
}

/**
 * Our clock minus the device's; null: it never reported its time. An antenna gets its time from us and reports none.
 */
interface DeviceClock {
  readonly device: 'platform' | 'camera' | 'rsu'
  readonly laneId: string | null
  readonly offsetMs: number | null
}

const ours = (theirs: number | null | undefined): number | null =>
  theirs === null || theirs === undefined ? null : -theirs + 0

/** The clocks known to the runtime of a folder. RUN-02 without a runtime. */
async function deviceClocks(dir: string): Promise<readonly DeviceClock[]> {
  const client = runningClient(dir)
  const [status, board] = [await client.call('status.get', {}), await client.call('board.get', {})]
  const platform: DeviceClock = {
    device: 'platform',
    laneId: null,
    // An old answer says nothing about the current clock.
    offsetMs:
      (status.clock.offsetMsAgo ?? 0) > platformFreshMs
        ? null
        : ours(status.clock.platformOffsetMs),
  }
  const lanes = board.lanes.flatMap(({ laneId, devices }) =>
    (['camera', 'rsu'] as const).map((device): DeviceClock => ({
      device,
      laneId,
      offsetMs: ours(devices[device].clockOffsetMs),
    })),
  )
  return [platform, ...lanes]
}

export const surveyClock = act(
  [
    'survey clock [FILE --by NAME [--reason TEXT]] [--ntp HOST|HOST:PORT ...] [--gnss URL ...] [--pps PPSN] [--chrony] [--of lane|ruler] [--device KIND:NAME=URL ...] [--data DIR] [--count N] [--every SEC] [--within SEC]',
  ],
  async ({ words: [file], ...values }, io) => {
    const tests: ClockTests = {
      ntp: values.ntp.map(ntpServerOf),
      gnss: values.gnss,
      chrony: values.chrony,
      of: values.of ?? 'ruler',
      devices: values.device.map(deviceTimeOf),
      ...pulseOf(values.pps, values.gnss),
    }
    for (const url of tests.gnss) gnssWayOf(url)
    const isRequested = tests.ntp.length + tests.gnss.length > 0 || tests.chrony
    if (!isRequested && values.data === undefined)
      throw wrongFlag(
        '',
        t(
          '--ntp、--gnss、--chrony、--data,可写几个',
          '--ntp, --gnss, --chrony, --data, or several',
        ),
      )
    const pace = paceOf(values, { count: 4, everySec: 1 }, io)
    const devices = values.data === undefined ? [] : await deviceClocks(folderOf(values.data))
    const again = { plan: clocksPlan(tests), reason: values.reason }
    return recordInto(file, values.by, again, async (to) => {
      const recordReading = ({ body, heard }: ClockReading): void => to.record(body, heard)
      const reports = await claimed(tests.gnss, () =>
        runClockTests(clockPorts(), tests, pace, recordReading),
      )
      const ok = reports.every(({ fault }) => fault === null)
      const { recorded } = to
      return printed({ ok, sources: reports.map(sourceView), devices, recorded }, ok)
    })
  },
)
