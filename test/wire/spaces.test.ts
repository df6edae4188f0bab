// Magnetic sensors with real processes: a broker that is killed and comes back, a network that delivers
// byte by byte, pushes of a platform over HTTP. The counts are read by the command.
import {
  createServer,
  connect as connectTo,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { join } from 'node:path'
import { Aedes } from 'aedes'
import { expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { SpaceService } from '#devices/desk/lane/space-service.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { openSite } from '#runtime/site/site.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { SpaceSource } from '#base/pure/lot/config.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { bareLot } from '../kit/bare-lot.ts'
import { closedAtEnd } from './kit/ended.ts'

const folder = folderOfFile('etc-spaces-')
const open = closedAtEnd()

const [one, two] = ['00000000000000a1', '00000000000000a2']
const portOf = (server: Server): number => (server.address() as AddressInfo).port
const listening = (server: Server, port = 0): Promise<void> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()))

const until = (what: string, like: () => boolean) => eventually(like, (is) => is, { what })

/** A broker whose connections can be cut. */
async function broker() {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, user, password, done) =>
      done(null, user === undefined || password?.toString() === 'Simulated1'),
  })
  const sockets = new Set<Socket>()
  const serve = (): Server =>
    createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      aedes.handle(socket)
    })
  let server = serve()
  await listening(server)
  const port = portOf(server)
  open.push(() => aedes.close())
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    async gone() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async back() {
      server = serve()
      await listening(server, port)
      open.push(() => void server.close())
    },
  }
}

function serviceOf(...spaces: SpaceSource[]): SpaceService {
  const service = new SpaceService(
    { spaces, nodeId: 'n1', lotId: 'GX00012' },
    {
      mono: systemMonoClock(),
      business: systemWallClock(),
      secrets: secretStore(folder, machineSecret()),
      profiles: profilesIn(null),
    },
  )
  open.push(() => service.close())
  service.open()
  return service
}

async function sim(variant: string, target: string): Promise<SimProcess> {
  const made = await startSimProcess(
    'detector-sim',
    ['--variant', variant, '--target', target, '--admin', 'http://127.0.0.1:0'],
    spawnLauncher(program),
  )
  open.push(() => made.kill())
  return made
}

const stateOf = (service: SpaceService, spaceId: string): string | undefined =>
  service.view().spaces.find((space) => space.spaceId === spaceId)?.state

const source = (url: string): SpaceSource => ({
  id: 'geo',
  link: `${url}?profile=bosch/parking-lot-sensor&application=parking&user=lane&secret=broker`,
  spaces: { [one]: 'A-01', [two]: 'A-02' },
})

it('uplinks at a broker become spaces; a broker that was gone for a while loses nothing', async () => {
  secretStore(folder, machineSecret()).write('broker', 'Simulated1')
  const at = await broker()
  const service = serviceOf(source(at.url))
  await until('subscribed', () => service.view().sources[0]?.up === true)
  const sensors = await sim('bosch-pls', at.url)
  await sensors.admin('POST', '/sensors', { deviceId: one })
  await until('free', () => stateOf(service, 'A-01') === 'free')
  expect(service.view()).toMatchObject({ total: 2, free: 1, occupied: 0, unknown: 1 })
  await sensors.admin('POST', '/inputs', { deviceId: one, occupied: true })
  await until('taken', () => stateOf(service, 'A-01') === 'occupied')
  await at.gone()
  await until('unknown', () => stateOf(service, 'A-01') === 'unknown')
  await at.back()
  await until('known again', () => stateOf(service, 'A-01') === 'occupied')
  await sensors.admin('POST', '/faults', { at: 'report', do: 'duplicate', times: 0 })
  await sensors.admin('POST', '/inputs', { deviceId: one, occupied: false })
  await until('left', () => stateOf(service, 'A-01') === 'free')
  await until('repeated', () => (service.view().sources[0]?.old ?? 0) > 0)
  await sensors.admin('POST', '/restart', { deviceId: one })
  await sensors.admin('POST', '/inputs', { deviceId: one, occupied: true })
  await until('after its restart', () => stateOf(service, 'A-01') === 'occupied')
})

it('a wrong password is no subscription, and says so', async () => {
  secretStore(folder, machineSecret()).write('broker', 'Wrong1')
  const at = await broker()
  const service = serviceOf(source(at.url))
  await until('refused', () => /authoriz|refused/i.test(service.view().sources[0]?.detail ?? ''))
  expect(service.view()).toMatchObject({ unknown: 2, sources: [{ up: false }] })
  secretStore(folder, machineSecret()).write('broker', 'Simulated1')
  await until('taken when it is set', () => service.view().sources[0]?.up === true)
})

it('a network that hands over byte by byte changes nothing', async () => {
  secretStore(folder, machineSecret()).write('broker', 'Simulated1')
  const at = await broker()
  const slow = createServer((client) => {
    const upstream = connectTo(at.port, '127.0.0.1')
    upstream.setNoDelay(true)
    client.setNoDelay(true)
    const chop = (bytes: Buffer, write: (byte: Buffer) => void): void => {
      for (let i = 0; i < bytes.length; i++) write(bytes.subarray(i, i + 1))
    }
    client.on('data', (bytes: Buffer) => chop(bytes, (byte) => upstream.write(byte)))
    upstream.on('data', (bytes: Buffer) => chop(bytes, (byte) => client.write(byte)))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  await listening(slow)
  open.push(() => void slow.close())
  const service = serviceOf(source(`mqtt://127.0.0.1:${portOf(slow)}`))
  await until('subscribed', () => service.view().sources[0]?.up === true)
  const sensors = await sim('bosch-pls', at.url)
  await sensors.admin('POST', '/sensors', { deviceId: two })
  await sensors.admin('POST', '/inputs', { deviceId: two, occupied: true })
  await until('taken', () => stateOf(service, 'A-02') === 'occupied')
})

it('pushes of a platform over HTTP become spaces of a running lot', async () => {
  const dir = join(folder, 'lot')
  const lot = bareLot()
  const spaces = [{ id: 'geo', link: 'push:nb-iot', spaces: { 'test-0001': 'B-01' } }]
  writeLot(dir, Object.assign({}, lot, { spaces }), null)
  const site = await openSite({
    dir,
    ...loadLot(dir),
    business: systemWallClock(),
    mono: systemMonoClock(),
    timing: 'instant',
    fatal: (fault) => {
      throw fault
    },
  })
  open.push(() => site.stop())
  const url = site.intake.url('geo')
  const sensors = await sim('nb-iot', url)
  await sensors.admin('POST', '/sensors', { deviceId: 'test-0001' })
  await until('free', () => stateOf(site.spaces, 'B-01') === 'free')
  await sensors.admin('POST', '/inputs', { deviceId: 'test-0001', occupied: true })
  await until('taken', () => stateOf(site.spaces, 'B-01') === 'occupied')
  const body = '{"deviceId":"test-0001"}'
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400)
  // What a push is, its first bytes say, and not the type that its sender names (ADR 460).
  expect((await fetch(url, { method: 'POST', body })).status).toBe(400)
  const other = await fetch(url.replace('geo', 'geo-2'), { method: 'POST', body: '{}' })
  expect(other.status).toBe(404)
  expect(site.spaces.view()).toMatchObject({ occupied: 1, sources: [{ refused: 2 }] })
})
