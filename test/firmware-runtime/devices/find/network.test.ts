// Cameras by WS-Discovery and lane computers by mDNS, on loopback sockets: valid answers are read, and datagrams that
// answer no question of ours are ignored.
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { announceLanePc, browseLanePcs } from '#devices/find/lane-pcs.ts'
import { camerasIn, probeCameras } from '#devices/find/ws-discovery.ts'
import { answerProbe } from '#simulators/camera/ws-discovery.ts'

const camera = {
  name: '入口相机 1',
  hardware: 'TCG-1',
  serviceUrl: 'http://192.168.1.64/onvif/device_service',
}

describe('cameras', () => {
  it('answer a Probe with name, model and address', async () => {
    const socket = createSocket('udp4')
    socket.on('message', (question, from) => {
      const answer = answerProbe(question.toString('utf8'), camera)
      for (const text of ['garbage', '<a>', answer ?? '', answer ?? ''])
        socket.send(text, from.port, from.address)
    })
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
    const { port } = socket.address() as AddressInfo
    const to = { host: '127.0.0.1', port }
    const found = await probeCameras({ card: '127.0.0.1', to, waitMs: 150 })
    socket.close()
    expect(found).toEqual([
      {
        by: 'onvif',
        address: '127.0.0.1',
        services: [camera.serviceUrl],
        name: camera.name,
        hardware: camera.hardware,
      },
    ])
  })
  it.each([
    ['that has no address', 'no-such-host.invalid', 3_702],
    ['at a port that is none', '127.0.0.1', 70_000],
    ['behind a network that is not there', '255.255.255.255', 3_702],
  ])(
    'a camera %s is a fault of its search alone, and of nobody behind its end',
    async (_, host, port) => {
      const waitMs = 1
      const asked = probeCameras({ card: '127.0.0.1', to: { host, port }, waitMs })
      await Promise.allSettled([asked, lookup(host)])
      await new Promise((done) => setTimeout(done, 2 * waitMs))
    },
  )
  it.each([
    ['to another question', 'b', '<MessageID>uuid:a</MessageID><Action>x/Probe</Action>'],
    ['that is no XML', 'a', ''],
  ])('an answer %s is none', (_, id, question) => {
    const types = '<Types>dn:NetworkVideoTransmitter</Types>'
    const answer = question === '' ? '<<<>' : answerProbe(question + types, camera)
    expect(camerasIn(Buffer.from(answer ?? ''), id, '127.0.0.1')).toEqual([])
  })
  it('an answer without end, or with broken names, is bounded', () => {
    expect(camerasIn(new Uint8Array(20_000), 'a', '')).toEqual([])
    const question = '<MessageID>uuid:a</MessageID><Action>x/Probe</Action>'
    const whole = answerProbe(`${question}<Types>NetworkVideoTransmitter</Types>`, camera) ?? ''
    const broken = whole.replace(/name\/[^ ]+/, 'name/%zz')
    expect(camerasIn(Buffer.from(broken), 'a', '')).toMatchObject([{ name: '%zz' }])
  })
  it('the simulator answers cameras alone', () => {
    expect(answerProbe('<Types>dn:Device</Types>', camera)).toBeNull()
    expect(answerProbe('', camera)).toBeNull()
  })
})

describe.skipIf(process.platform !== 'linux')('lane computers', () => {
  it('a port that another program keeps for itself ends the search and the announcement alone', async () => {
    const place = { card: '127.0.0.1', port: 45_355, probe: false }
    const other = createSocket('udp4')
    await new Promise<void>((done) => other.bind(place.port, '224.0.0.251', done))
    await expect(browseLanePcs({ ...place, waitMs: 5_000 })).rejects.toThrow('EADDRINUSE')
    const beacon = { name: '测试停车场 n1', lotId: 'L1', nodeId: 'n1', version: '0.1.0' }
    const failed = Promise.withResolvers<Error>()
    const quiet = announceLanePc(place, beacon, failed.resolve)
    expect((await failed.promise).message).toContain('EADDRINUSE')
    await quiet()
    other.close()
  })
  it('a name that is taken is told as a fault, prints nothing and leaves the other one there', async () => {
    const place = { card: '127.0.0.1', port: 45_357 }
    const beacon = { name: '测试停车场 n1', lotId: 'L1', nodeId: 'n1', version: '0.1.0' }
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const first = announceLanePc({ ...place, probe: false }, beacon, () => undefined)
    const look = { ...place, waitMs: 30_000, enough: 1 }
    expect(await browseLanePcs(look)).toHaveLength(1)
    const failed = Promise.withResolvers<Error>()
    const second = announceLanePc(place, { ...beacon, nodeId: 'n2' }, failed.resolve)
    expect(await failed.promise).toMatchObject({ code: 'FIND-27', detail: { value: beacon.name } })
    await second()
    expect(await browseLanePcs(look)).toMatchObject([beacon])
    await first()
    expect(printed.mock.calls).toEqual([])
    printed.mockRestore()
  })
  it('are found while they announce themselves', async () => {
    const place = { card: '127.0.0.1', port: 45_353, probe: false }
    const beacon = { name: '测试停车场 n1', lotId: 'L1', nodeId: 'n1', version: '0.1.0' }
    const failures: Error[] = []
    const quiet = announceLanePc(place, beacon, (error) => failures.push(error))
    const first = { ...place, waitMs: 30_000, enough: 1 }
    expect(await browseLanePcs(first)).toMatchObject([{ ...beacon, address: '127.0.0.1' }])
    await quiet()
    // The second announcement differs, so the test never waits for something that does not come.
    const other = { ...beacon, name: '测试停车场 n2', nodeId: 'n2' }
    const still = announceLanePc(place, other, (error) => failures.push(error))
    expect(await browseLanePcs(first)).toMatchObject([other])
    await still()
    expect(failures).toEqual([])
  })
})
