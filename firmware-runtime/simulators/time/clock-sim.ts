// A receiver and a time server as one process: NMEA on a pty or on TCP, SNTP on UDP of the loopback.
// `POST /knobs {"offsetMs":250,"constellation":"GP"}` turns the receiver, `POST /ntp {...}` the server.
import { createSocket, type Socket } from 'node:dgram'
import { LaneFault } from '../../core/values/faults.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import { runSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { NmeaModel, nmeaFaults, type NmeaOutput } from './nmea-model.ts'
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
  const { args, faults, journal } = context
  const startMs = Date.now() - performance.now()
  const nmea = new NmeaModel({ seed: args.seed, startMs, faults })
  const sntp = new SntpModel()
  const socket = await openNtp(ntpPortOf(args.extra['ntp']), sntp, () => startMs + nowUs() / 1000)
  const link =
    args.listen === null
      ? null
      : await openSimLink(args.listen, {
          up: (client) => journal.note('note', `client ${client} came`),
          bytes: (chunk) => driver.out(nmea.onBytes(chunk, nowUs())),
          down: () => nmea.linkDown(),
          failed: context.failed,
        })
  const driver = new ModelDriver<NmeaOutput>(nmea, (outputs) => {
    for (const output of outputs) {
      if (output.do === 'send') link?.send(output.bytes)
      else link?.unplug(output.ms)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    return { ...nmea.state(), ntp: sntp.state(), link: { url: link?.url ?? null } }
  }
  return {
    endpoints: {
      ...(link === null ? {} : { link: link.url }),
      ntp: `udp://127.0.0.1:${socket.address().port}`,
    },
    state,
    booksPage: state,
    routes: {
      'POST /knobs': ({ body }) => {
        driver.out(nmea.set(body, nowUs()))
        return state()
      },
      'POST /ntp': ({ body }) => {
        sntp.set(body)
        return state()
      },
      'POST /act': ({ body }) => {
        const given = typeof body === 'object' ? body : null
        driver.out(nmea.act(faults.check({ ...given, at: 'link', when: 'before' }), nowUs()))
        return state()
      },
      'DELETE /faults': () => {
        faults.clear()
        nmea.mend()
        return { faults: [] }
      },
    },
    async stop() {
      driver.stop()
      socket.close()
      await link?.close()
    },
  }
}

export const clockSimPlan: SimPlan = {
  name: 'clock-sim',
  faults: nmeaFaults,
  extraFlags: ['ntp'],
  start,
}

/** The `clock-sim` command: runs until SIGTERM and answers the exit code. */
export const runClockSim = (argv: readonly string[]): Promise<number> => runSim(clockSimPlan, argv)
