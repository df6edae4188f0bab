// The UDP side of a simulated camera: answers WS-Discovery on loopback, asked alone (no multicast).
// Its service address is the camera's own link.
import { createSocket } from 'node:dgram'
import { LaneFault } from '../../core/values/faults.ts'
import type { RunningSim } from '../shell/process.ts'
import { answerProbe } from './ws-discovery.ts'

/** `port`: text of `--discovery`, 0 for a free one. */
export async function withDiscovery(port: string, sim: RunningSim): Promise<RunningSim> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new LaneFault('ARG-01', { field: '--discovery', value: port, note: 'a port, 0 for any' })
  const serviceUrl = `${(sim.endpoints['link'] ?? '').replace(/^tcp:/, 'http:')}/onvif/device_service`
  const camera = { name: '模拟相机', hardware: 'SIM-1', serviceUrl }
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const answer = answerProbe(question.toString('utf8'), camera)
    if (answer !== null) socket.send(answer, from.port, from.address)
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', reject)
  socket.bind(Number(port), '127.0.0.1', resolve)
  await promise
  return {
    ...sim,
    endpoints: { ...sim.endpoints, discovery: `127.0.0.1:${socket.address().port}` },
    async stop() {
      socket.close()
      await sim.stop()
    },
  }
}
