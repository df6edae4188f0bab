// A receiver and a time server as one process: NMEA on a pty or on TCP, SNTP on UDP of the loopback.
// `POST /knobs {"offsetMs":250,"constellation":"GP"}` turns the receiver, `POST /ntp {...}` the server.
import { createSocket, type Socket } from 'node:dgram'
import { LaneFault } from '../../core/values/faults.ts'
import { nowUs } from '../shell/driver.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import { runSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { NmeaModel, nmeaFaults } from './nmea-model.ts'
import { SntpModel } from './sntp-model.ts'

function ntpPortOf(text: string | undefined): number {
  const [, port] = /^udp:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(text ?? 'udp://127.0.0.1:0') ?? []
  if (port === undefined || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: '--ntp', value: text ?? '', note: 'udp://127.0.0.1:0' })
  return Number(port)
}

async function openNtp(port: number, model: SntpModel, trueMs: () => number): Promise<Socket> {
  const socket = createSocket('udp4')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', (error) =>
    reject(new LaneFault('LINK-01', { value: `udp://127.0.0.1:${port}`, note: error.message })),
  )
  socket.bind(port, '127.0.0.1', resolve)
  await promise
  socket.on('message', (bytes, { port: from, address }) => {
    const reply = model.answer(bytes, trueMs())
    if (reply === null) return
    const send = (): void => socket.send(reply.bytes, from, address)
    if (reply.afterMs === 0) send()
    else setTimeout(send, reply.afterMs)
  })
  return socket
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults } = context
  const startMs = Date.now() - performance.now()
  const nmea = new NmeaModel({ seed: args.seed, startMs, faults })
  const sntp = new SntpModel()
  const socket = await openNtp(ntpPortOf(args.extra['ntp']), sntp, () => startMs + nowUs() / 1000)
  const sim = await openLinkSim(context, nmea, {
    more: () => ({ ntp: sntp.state() }),
    optional: true,
  })
  return sim.running(
    {
      'POST /knobs': ({ body }) => sim.set(() => sim.out(nmea.set(body, nowUs()))),
      'POST /ntp': ({ body }) => sim.set(() => sntp.set(body)),
    },
    {
      endpoints: { ntp: `udp://127.0.0.1:${socket.address().port}` },
      stop: () => Promise.resolve(void socket.close()),
    },
  )
}

export const clockSimPlan: SimPlan = {
  name: 'clock-sim',
  faults: nmeaFaults,
  extraFlags: ['ntp'],
  start,
}

/** The `clock-sim` command: runs until SIGTERM and answers the exit code. */
export const runClockSim = (argv: readonly string[]): Promise<number> => runSim(clockSimPlan, argv)
