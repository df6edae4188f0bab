// What a run over a data link is built with on this machine, and its arguments read from text.
// Addresses are ARG-01 where they are none.
import { isIPv6 } from 'node:net'
import { systemMonoClock, systemRandom } from '../../adapters/clocks/system-clocks.ts'
import { systemLinkProbes } from '../../adapters/survey/link-probes.ts'
import type { LinkAddress, LinkTestPorts, RatePlan } from '../../app/survey/link-tests.ts'
import { rateApartMs, rateRunMsMin, rateRuns, rateStreams } from '../../survey/rate-figures.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isHost } from '../../core/links/link-url.ts'

const mib = 1_048_576

/** Of one run: a SIM card is paid by volume, and twenty runs are a series. */
export const rateMibMax = 24

const httpsPort = 443

/** HOST, HOST:PORT, [IPV6]:PORT or IPV6; https:// before it where whole exchanges are to be timed. */
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

/** HOST:PORT: a probe-server listens on no usual port. */
export function peerAddress(text: string, field: string): LinkAddress & { readonly port: number } {
  const { host, port, https } = linkAddress(text, field)
  if (https === true) throw new LaneFault('ARG-01', { field, value: text, note: 'HOST:PORT' })
  if (port === null) throw new LaneFault('ARG-01', { field, value: host, note: 'HOST:PORT' })
  return { host, port }
}

/**
 * A connection has found its speed after two of ten seconds. Runs of ten seconds are those of the rows: five over
 * one connection, five over four. Shorter ones are a look, and show nothing. Null: nobody asks for rates.
 */
export function rateOf(seconds: number, streams: number, mibMax: number): RatePlan | null {
  if (seconds === 0) return null
  const each = { warmMs: seconds * 200, runMs: seconds * 800, bytesMax: mib * mibMax }
  if (seconds * 1000 < rateRunMsMin) return { ...each, streams: [streams], apartMs: 0 }
  const runs = rateStreams.flatMap((count) => Array<number>(rateRuns).fill(count))
  return { ...each, streams: runs, apartMs: rateApartMs }
}

/** Probes, clock and chance of this machine. */
export const linkPorts = (signal: AbortSignal): Omit<LinkTestPorts, 'step'> => ({
  probes: systemLinkProbes(signal),
  signal,
  mono: systemMonoClock(),
  random: systemRandom(),
})
