// Times a TCP connect: one round trip, for networks that block ICMP.
// A failed connection is a lost probe; the last reason is reported.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { connect } from 'node:net'
import type { Probed, TcpProbeRun } from '../ports/link-probes.ts'
import { restOf, steadyUs } from './steady-clock.ts'

/** A lost SYN is sent again after 1 s (RFC 6298): a slower connect had a loss. */
const resentAfterMs = 950

interface Connected {
  readonly ms: number | null
  readonly complaint: DownText | ''
}

/** Bound to the card's address: the route is chosen by the system. */
function connectOnce(run: TcpProbeRun): Promise<Connected> {
  const { promise, resolve } = Promise.withResolvers<Connected>()
  const startUs = steadyUs()
  const socket = connect({
    host: run.address,
    port: run.port,
    ...(run.card === null ? {} : { localAddress: run.card.address }),
  })
  const settle = (connected: Connected): void => {
    clearTimeout(timer)
    socket.destroy()
    resolve(connected)
  }
  const waitMs = Math.min(run.timeoutMs, resentAfterMs)
  const late: Connected = { ms: null, complaint: note('noConnectionIn', waitMs) }
  const timer = setTimeout(() => settle(late), waitMs)
  socket.once('connect', () =>
    settle({ ms: Math.round(steadyUs() - startUs) / 1000, complaint: '' }),
  )
  // Stays for errors after the end, such as a reset of the closed socket.
  socket.on('error', (error) => settle({ ms: null, complaint: systemText(error) }))
  return promise
}

export async function tcpConnectTimes(run: TcpProbeRun, stop: AbortSignal): Promise<Probed> {
  const latenciesMs: (number | null)[] = []
  let complaint: DownText | '' = ''
  for (let i = 0; i < run.count && !stop.aborted; i++) {
    const startUs = steadyUs()
    const connected = await connectOnce(run)
    latenciesMs.push(connected.ms)
    if (connected.complaint !== '') complaint = connected.complaint
    if (i < run.count - 1) await restOf(run.everyMs, startUs, stop)
  }
  return { latenciesMs, complaint, everyMs: run.everyMs }
}
