// A satellite receiver, a time server, a device with an HTTP clock and the chrony of a lane computer in one process:
// NMEA on a pty or on TCP; SNTP, chronyd's socket and HTTP on loopback.
// `POST /knobs {"offsetMs":250,"constellation":"GP"}` sets the receiver, `POST /ntp {...}` the server, `POST /chrony`
// chronyd.
import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:http'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { nowUs } from '../shell/driver.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { ChronyModel } from './chrony-model.ts'
import { NmeaModel, nmeaFaults } from './nmea-model.ts'
import { SntpModel } from './sntp-model.ts'
import { listenOn } from '../shell/listening.ts'

function ntpPortOf(text: string | undefined): number {
  const [, port] = /^udp:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(text ?? 'udp://127.0.0.1:0') ?? []
  if (port === undefined || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: '--ntp', value: text ?? '', note: 'udp://127.0.0.1:0' })
  return Number(port)
}

interface Said {
  readonly bytes: Uint8Array
  readonly afterMs: number
}

async function openUdp(port: number, answer: (bytes: Uint8Array) => Said | null): Promise<Socket> {
  const socket = createSocket('udp4')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', (error) =>
    reject(new LaneFault('LINK-01', { value: `udp://127.0.0.1:${port}`, note: error.message })),
  )
  socket.bind(port, '127.0.0.1', resolve)
  await promise
  socket.on('message', (bytes, { port: from, address }) => {
    const reply = answer(bytes)
    if (reply === null) return
    const send = (): void => socket.send(reply.bytes, from, address)
    if (reply.afterMs === 0) send()
    else setTimeout(send, reply.afterMs)
  })
  return socket
}

/** A device with an HTTP clock only: whole seconds, with the set offset. */
async function openDates(offsetMs: () => number) {
  const server = createServer((_, response) => {
    response.setHeader('Date', new Date(Date.now() + offsetMs()).toUTCString())
    response.end()
  })
  const { url } = await listenOn(server, 'http', { host: '127.0.0.1', port: 0 })
  return { server, url }
}

/** Interval in ms at which the simulated lane computer polls its time server. */
const trackEveryMs = 1_024_000

/** Output of `chronyc -c tracking` on a computer with this clock offset. */
function trackingLine(atMs: number, offsetMs: number): string {
  const receivedSec = (Math.floor(atMs / trackEveryMs) * trackEveryMs) / 1000
  const slow = (-offsetMs / 1000).toFixed(9)
  const rest = ['0.0', '0.0', '-1.2', '0.0', '0.1', '0.020', '0.005', '1024.0', 'Normal']
  return ['7F000002', 'ntp.demo', '2', receivedSec.toFixed(9), slow, ...rest].join(',')
}

const numberOf = (text: string | null): number => {
  const value = Number(text ?? '0')
  return Number.isFinite(value) ? value : 0
}

const lookMs = 3
/**
 * Wall time when the process began, ms. A wall clock has whole milliseconds, rounded down, and a process may be paused
 * between reading its two clocks; both make the difference smaller, so the largest of many is the best.
 */
function wallAtStartMs(): number {
  const fromMs = performance.now()
  let startMs = 0
  while (performance.now() - fromMs < lookMs)
    startMs = Math.max(startMs, Date.now() - performance.now())
  return startMs
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults } = context
  const startMs = wallAtStartMs()
  const nmea = new NmeaModel({ seed: args.seed, startMs, faults })
  const sntp = new SntpModel()
  const trueMs = (): number => startMs + nowUs() / 1000
  const socket = await openUdp(ntpPortOf(args.extra['ntp']), (bytes) =>
    sntp.answer(bytes, trueMs()),
  )
  const chrony = new ChronyModel()
  const monitor = await openUdp(0, (bytes) => {
    const said = chrony.answer(bytes, trueMs())
    return said === null ? null : { bytes: said, afterMs: 0 }
  })
  let dateOffsetMs = 0
  const dates = await openDates(() => dateOffsetMs)
  const sim = await openLinkSim(context, nmea, {
    more: () => ({ ntp: sntp.state(), chrony: chrony.state() }),
    optional: true,
  })
  return sim.running(
    {
      'POST /knobs': ({ body }) => sim.set(() => sim.out(nmea.set(body, nowUs()))),
      'POST /ntp': ({ body }) => sim.set(() => sntp.set(body)),
      'POST /chrony': ({ body }) => sim.set(() => chrony.set(body)),
      'POST /date': ({ body }) => {
        dateOffsetMs = numberOf(String((body as { offsetMs?: unknown }).offsetMs ?? ''))
        return { offsetMs: dateOffsetMs }
      },
      'GET /tracking': ({ query }) => ({
        line: trackingLine(numberOf(query.get('atMs')), numberOf(query.get('offsetMs'))),
      }),
    },
    {
      endpoints: {
        ntp: `udp://127.0.0.1:${socket.address().port}`,
        chrony: `udp://127.0.0.1:${monitor.address().port}`,
        date: `${dates.url}/`,
      },
      stop() {
        socket.close()
        monitor.close()
        dates.server.close()
        dates.server.closeAllConnections()
        return Promise.resolve()
      },
    },
  )
}

export const clockSimPlan: SimPlan = {
  name: 'clock-sim',
  listens: ['pty', 'tcp'],
  flags: { ntp: 'udp://127.0.0.1:0' },
  faults: nmeaFaults,
  start,
}
