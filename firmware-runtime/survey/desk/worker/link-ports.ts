// Builds the ports of a data link test on this machine, and reads its arguments from text.
// An invalid address throws ARG-01.
import { isIPv6 } from 'node:net'
import { systemMonoClock, systemRandom } from '#base/time/system-clocks.ts'
import { systemLinkProbes } from '../../instruments/link-probes.ts'
import type { LinkAddress, LinkTestPorts, RatePlan } from '../../runs/link-tests.ts'
import {
  rateApartMs,
  rateRunMsMin,
  rateRuns,
  rateStreams,
} from '../../pure/figures/rate-figures.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isHost } from '#base/pure/links/link-url.ts'

const mib = 1_048_576

/** Limit of one run in MiB: a SIM card is paid by volume, and a series has many runs. */
export const rateMibMax = 24

const httpsPort = 443

/** Reads HOST, HOST:PORT, [IPV6]:PORT or IPV6; `https://` in front asks for timing of whole exchanges. */
export function linkAddress(given: string, field: string): LinkAddress {
  const [, scheme = '', text = ''] = /^(https:\/\/)?(.*?)\/?$/.exec(given) ?? []
  const [, named = '', port] = isIPv6(text)
    ? [null, `[${text}]`]
    : (/^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [])
  const ok = isHost(named) && Number(port ?? 1) >= 1 && Number(port ?? 1) <= 65_535
  if (!ok) throw new LaneFault('ARG-01', { field, value: given, note: 'HOST or HOST:PORT' })
  const host = named.replace(/^\[(.*)\]$/, '$1')
  if (scheme !== '') return { host, port: Number(port ?? httpsPort), https: true }
  return { host, port: port === undefined ? null : Number(port) }
}

/** HOST:PORT, both required: a probe server has no standard port. */
export function peerAddress(text: string, field: string): LinkAddress & { readonly port: number } {
  const { host, port, https } = linkAddress(text, field)
  if (https === true) throw new LaneFault('ARG-01', { field, value: text, note: 'HOST:PORT' })
  if (port === null) throw new LaneFault('ARG-01', { field, value: host, note: 'HOST:PORT' })
  return { host, port }
}

/**
 * A connection reaches its speed after two of ten seconds. Runs of ten seconds give the survey rows: five over one
 * connection, five over four. Shorter runs are a quick look without a verdict. Null for 0 seconds: no rate test.
 */
export function rateOf(seconds: number, streams: number, mibMax: number): RatePlan | null {
  if (seconds === 0) return null
  const each = { warmMs: seconds * 200, runMs: seconds * 800, bytesMax: mib * mibMax }
  if (seconds * 1000 < rateRunMsMin) return { ...each, streams: [streams], apartMs: 0 }
  const runs = rateStreams.flatMap((count) => Array<number>(rateRuns).fill(count))
  return { ...each, streams: runs, apartMs: rateApartMs }
}

/** Probes, clock and random source of this machine. */
export const linkPorts = (signal: AbortSignal): Omit<LinkTestPorts, 'step'> => ({
  probes: systemLinkProbes(signal),
  signal,
  mono: systemMonoClock(),
  random: systemRandom(),
})
