// The UDP side of a simulated camera: answers WS-Discovery or its maker's search on loopback, by unicast only.
// The service address in the answer is the camera's link.
import { createSocket } from 'node:dgram'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RunningSim } from '../shell/process.ts'
import type { SearchedCamera } from './vendor-search.ts'
import { answerProbe } from './ws-discovery.ts'

interface Answering {
  /** Flag of the simulator's command, and the name of the address in `ready`. */
  readonly flag: string
  readonly endpoint: string
  /** Text of the flag, 0 for a free port. */
  readonly port: string
  answer(question: Buffer): string | Uint8Array | null
}

async function answering(sim: RunningSim, { flag, endpoint, port, answer }: Answering) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: flag, value: port, note: 'a port, 0 for any' })
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const said = answer(question)
    if (said !== null) socket.send(said, from.port, from.address)
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', reject)
  socket.bind(Number(port), '127.0.0.1', resolve)
  await promise
  return {
    ...sim,
    endpoints: { ...sim.endpoints, [endpoint]: `127.0.0.1:${socket.address().port}` },
    async stop() {
      socket.close()
      await sim.stop()
    },
  }
}

/** `port`: text of `--discovery`, 0 for a free one. */
export function withDiscovery(port: string, sim: RunningSim): Promise<RunningSim> {
  const serviceUrl = `${(sim.endpoints['link'] ?? '').replace(/^tcp:/, 'http:')}/onvif/device_service`
  const camera = { name: '模拟相机', hardware: 'SIM-1', serviceUrl }
  const answer = (question: Buffer): string | null => answerProbe(question.toString('utf8'), camera)
  return answering(sim, { flag: '--discovery', endpoint: 'discovery', port, answer })
}

interface VendorSearch {
  /** Text of `--vendor-discovery`, 0 for a free one. */
  readonly port: string
  readonly serial: string
  readonly mac: string
  answer(question: Uint8Array, camera: SearchedCamera): Uint8Array | null
}

/** The search of the camera's maker. */
export function withVendorSearch(search: VendorSearch, sim: RunningSim): Promise<RunningSim> {
  const { port, serial, mac } = search
  const httpPort = Number(/:(\d+)$/.exec(sim.endpoints['link'] ?? '')?.[1] ?? 80)
  const camera = { model: 'SIM-1', serial, mac, host: '127.0.0.1', httpPort }
  const answer = (question: Buffer): Uint8Array | null => search.answer(question, camera)
  return answering(sim, { flag: '--vendor-discovery', endpoint: 'vendorDiscovery', port, answer })
}
