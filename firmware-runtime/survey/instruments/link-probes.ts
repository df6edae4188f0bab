// The link tests on this machine: network cards, names, ping, sockets.
// Names are resolved separately, so that a slow DNS is not taken for a slow link.
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Card } from '#devices/ports/find.ts'
import type { LinkProbes } from '../ports/link-probes.ts'
import { httpsTimes } from './https-times.ts'
import { packetRun } from './probe-packets.ts'
import { rateRun } from './probe-rate.ts'
import { stampRun } from './probe-stamps.ts'
import { steadyUs } from './steady-clock.ts'
import { systemCongestion } from './system-congestion.ts'
import { systemPing } from './system-ping.ts'
import { tcpConnectTimes } from './tcp-connect.ts'

/** Network cards of this machine, one entry for each address. */
export const cards = (): readonly Card[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map(({ address, cidr, internal, scopeid, family }) => ({
      name,
      // A link-local IPv6 address is valid only with its card.
      address: family === 'IPv6' && (scopeid ?? 0) !== 0 ? `${address}%${name}` : address,
      prefix: Number(cidr?.split('/')[1] ?? 0),
      loopback: internal,
    })),
  )

async function lookUp(host: string): Promise<{ address: string; lookUpMs: number | null }> {
  if (isIP(host) !== 0) return { address: host, lookUpMs: null }
  const startUs = steadyUs()
  try {
    const { address } = await lookup(host)
    return { address, lookUpMs: Math.round(steadyUs() - startUs) / 1000 }
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('NET-02', { value: host, note })
  }
}

export const systemLinkProbes = (stop: AbortSignal): LinkProbes => ({
  cards,
  lookUp,
  stopped: () => stop.aborted,
  ping: (run) => systemPing(run, stop),
  connectTimes: (run) => tcpConnectTimes(run, stop),
  httpsTimes: (run) => httpsTimes(run, stop),
  stamps: (run) => stampRun(run, stop),
  udpStamps: (run) => packetRun(run, stop),
  congestion: systemCongestion,
  rate: (run) => rateRun(run, stop),
})
