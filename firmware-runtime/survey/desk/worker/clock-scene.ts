// Builds a clock comparison on this machine, and reads its arguments from text.
// Links of receivers are claimed during the run.
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { httpDates } from '../../instruments/http-dates.ts'
import { cards } from '../../instruments/link-probes.ts'
import { systemPulse } from '#base/time/system-pulse.ts'
import { systemTools } from '#base/time/system-tools.ts'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'
import type { ClockTests, DeviceTime } from '../../runs/clock-run.ts'
import type { ClockPorts } from '../../runs/clock-source.ts'
import { ntpPort, type NtpServer } from '../../runs/ntp-run.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isHost } from '#base/pure/links/link-url.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'
import { clockPlan, type RunPlan } from '../../pure/reruns.ts'

export const clockPorts = (): ClockPorts => ({
  opener: linkOpener(),
  mono: systemMonoClock(),
  clock: systemWallClock(),
  random: systemRandom(),
  datagrams: udpDatagrams(),
  tools: systemTools(),
  dates: httpDates,
  pulseAt: systemPulse(),
  ownAddresses: () => cards().map(({ address }) => address),
})

/** Throws ARG-01 for text that is not HOST or HOST:PORT. */
export function ntpServerOf(text: string): NtpServer {
  const [, host = '', port = String(ntpPort)] =
    /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  if (!isHost(host) || Number(port) < 1 || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: '--ntp', value: text, note: 'HOST or HOST:PORT' })
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) }
}

/** Parses `camera:2=http://192.168.1.64/`: kind of device, its name, and the URL with its time. */
export function deviceTimeOf(text: string): DeviceTime {
  const [, of, device = '', url = ''] =
    /^(camera|rsu|platform):([^=]{1,40})=(https?:\/\/[^\s]{1,200})$/.exec(text) ?? []
  const isOf = of === 'camera' || of === 'rsu' || of === 'platform'
  if (isOf && URL.canParse(url)) return { of, device, url }
  const note = 'camera|rsu|platform:NAME=http(s)://HOST/'
  throw new LaneFault('ARG-01', { field: '--device', value: text, note })
}

/** Claims the links of receivers during the run: LINK-03 names the holder of one in use. */
export async function claimed<T>(links: readonly string[], run: () => Promise<T>): Promise<T> {
  const free: (() => void)[] = []
  try {
    for (const link of links) free.push(leaseLink(link, 'etc-lane survey clock'))
    return await run()
  } finally {
    for (const release of free) release()
  }
}

/** The survey rows of a run with these clocks. */
export const clocksPlan = ({ ntp, gnss, chrony, of, devices }: ClockTests): RunPlan =>
  clockPlan({
    beidou: gnss.length > 0,
    network: ntp.length > 0 || chrony,
    of: of ?? 'ruler',
    devices: (devices ?? []).map(({ device }) => device),
  })
