// What a run against clocks is built with on this machine, and its arguments read from text.
// Links of receivers are claimed for the run.
import {
  systemMonoClock,
  systemRandom,
  systemWallClock,
} from '../../adapters/clocks/system-clocks.ts'
import { linkOpener } from '../../adapters/links/link-opener.ts'
import { httpDates } from '../../adapters/survey/http-dates.ts'
import { systemPulse } from '../../adapters/time/system-pulse.ts'
import { systemTools } from '../../adapters/time/system-tools.ts'
import { udpDatagrams } from '../../adapters/time/udp-datagrams.ts'
import type { ClockTests, DeviceTime } from '../../app/survey/clock-run.ts'
import type { ClockPorts } from '../../app/survey/clock-source.ts'
import { ntpPort, type NtpServer } from '../../app/survey/ntp-run.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isHost } from '../../core/links/link-url.ts'
import { leaseLink } from '../process/link-lease.ts'
import { clockPlan, type RunPlan } from '../../survey/reruns.ts'

export const clockPorts = (): ClockPorts => ({
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
  if (!isHost(host) || Number(port) < 1 || Number(port) > 65_535)
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

/** Links of receivers are claimed for the run: LINK-03 names who holds one. */
export async function claimed<T>(links: readonly string[], run: () => Promise<T>): Promise<T> {
  const free: (() => void)[] = []
  try {
    for (const link of links) free.push(leaseLink(link, 'etc-lane survey clock'))
    return await run()
  } finally {
    for (const release of free) release()
  }
}

/** What a run of these clocks measures. */
export const clocksPlan = ({ ntp, gnss, chrony, of, devices }: ClockTests): RunPlan =>
  clockPlan({
    beidou: gnss.length > 0,
    network: ntp.length > 0 || chrony,
    of: of ?? 'ruler',
    devices: (devices ?? []).map(({ device }) => device),
  })
