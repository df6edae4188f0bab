// Cameras by their makers' search protocols, on loopback sockets against the simulator's own encoder: found with what they
// report; a hostile, foreign or truncated answer is ignored.
import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CameraList } from '#devices/find/answers.ts'
import { askMaker, camerasAt } from '#devices/find/cameras.ts'
import { dahuaSearch } from '#devices/pure/camera/dahua/search.ts'
import { sadp } from '#devices/pure/camera/hikvision/search.ts'
import { answerDahua, answerSadp } from '#simulators/camera/vendor-search.ts'

const camera = {
  model: 'SIM-1',
  serial: 'SIM-1-0001',
  mac: '02:00:5e:10:00:01',
  host: '192.168.1.64',
  httpPort: 8080,
}
const id = '8282F1DB-2FA6-4709-B261-3C6B6A48CA17'
const here = '127.0.0.1'
const found = (by: 'sadp' | 'dahua') => ({
  by,
  address: here,
  services: ['http://192.168.1.64:8080'],
  name: 'SIM-1-0001',
  hardware: 'SIM-1',
})

const open: Socket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

/** A loopback responder that gives these answers to every query. */
async function saying(answers: (question: Buffer) => readonly (Uint8Array | null)[]) {
  const socket = createSocket('udp4')
  open.push(socket)
  socket.on('message', (question, from) => {
    for (const one of answers(question)) if (one !== null) socket.send(one, from.port, from.address)
  })
  await new Promise<void>((done) => socket.bind(0, here, done))
  return { host: here, port: (socket.address() as AddressInfo).port }
}

const sadpQuestion = (of: string): Buffer => Buffer.from(sadp.question(of))
const dahuaQuestion = (): Buffer => Buffer.from(dahuaSearch.question(id))
const text = (said: string): Uint8Array => new TextEncoder().encode(said)

describe('the questions', () => {
  it('are these bytes, and ask for nothing but names', () => {
    expect(sadpQuestion(id).toString('utf8')).toBe(
      `<?xml version="1.0" encoding="utf-8"?>\n<Probe>\n<Uuid>${id}</Uuid>\n<Types>inquiry</Types>\n</Probe>`,
    )
    const question = dahuaQuestion()
    const body = '{"method":"DHDiscover.search","params":{"mac":"","uni":1}}'
    expect(question.subarray(0, 32).toString('hex')).toBe(
      `20000000444849500000000000000000${'3a00000000000000'.repeat(2)}`,
    )
    expect([question.subarray(32).toString('utf8'), body.length]).toEqual([body, 0x3a])
  })
  it('are answered by their own maker alone, and only when they are whole', () => {
    expect(answerSadp(dahuaQuestion(), camera)).toBeNull()
    expect(answerDahua(sadpQuestion(id), camera)).toBeNull()
    expect(answerDahua(dahuaQuestion().subarray(32), camera)).toBeNull()
    expect(answerDahua(dahuaQuestion().subarray(0, 60), camera)).toBeNull()
    expect(
      answerSadp(text(`<Probe><Uuid>${id}</Uuid><Types>update</Types></Probe>`), camera),
    ).toBeNull()
  })
})

describe('on a socket', () => {
  it('SADP finds a camera between garbage and what answers others', async () => {
    const other = sadpQuestion('00000000-0000-4000-8000-000000000000')
    const to = await saying((question) => {
      const answer = answerSadp(question, camera)
      return [text('garbage'), text('<a>'), question, answerSadp(other, camera), answer]
    })
    expect(await askMaker(sadp, { card: here, to, waitMs: 30_000, enough: 1 })).toEqual([
      found('sadp'),
    ])
  })
  it('Dahua finds a camera', async () => {
    const to = await saying((question) => {
      const answer = answerDahua(question, camera)
      return [text('garbage'), question, answer]
    })
    expect(await askMaker(dahuaSearch, { card: here, to, waitMs: 30_000, enough: 1 })).toEqual([
      found('dahua'),
    ])
  })
  it('one place asked alone is asked in every way, and a flood ends at a bound', async () => {
    const to = await saying((question) => [
      answerSadp(question, camera),
      ...Array.from({ length: 400 }, (_, n) =>
        answerDahua(question, { ...camera, httpPort: 1_000 + n }),
      ),
    ])
    const all = await camerasAt(to.host, to.port, 600)
    expect(all.filter(({ by }) => by === 'sadp')).toEqual([found('sadp')])
    expect(all.filter(({ by }) => by === 'dahua').length).toBeLessThanOrEqual(256)
  })
  it.skipIf(process.platform !== 'linux')('SADP hears what is answered to the group', async () => {
    const to = { host: '239.255.255.250', port: 45_354 }
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    open.push(socket)
    socket.on('message', (question) => {
      const answer = answerSadp(question, camera)
      if (answer !== null) socket.send(answer, to.port, to.host)
    })
    await new Promise<void>((done) => socket.bind(to.port, to.host, done))
    socket.addMembership(to.host, here)
    socket.setMulticastInterface(here)
    expect(await askMaker(sadp, { card: here, to, waitMs: 30_000, enough: 1 })).toEqual([
      found('sadp'),
    ])
  })
  it('a port of the group that another program keeps does not end the search', async () => {
    const settingsStore = createSocket('udp4')
    open.push(settingsStore)
    await new Promise<void>((done) => settingsStore.bind(0, here, done))
    const to = { host: '239.255.255.250', port: settingsStore.address().port }
    expect(await askMaker(sadp, { card: here, to, waitMs: 50 })).toEqual([])
  })
})

const match = (members: string): string =>
  `<ProbeMatch><Uuid>${id}</Uuid><Types>inquiry</Types>${members}</ProbeMatch>`

describe('a hostile answer by SADP', () => {
  it.each([
    ['to another question', match('').replace(id, id.replace('8', '9'))],
    ['that is our own question', `<Probe><Uuid>${id}</Uuid><Types>inquiry</Types></Probe>`],
    ['of another type', match('').replace('inquiry', 'update')],
    ['cut short', match('').slice(0, 40)],
    ['without end', match(`<DeviceSN>${'x'.repeat(20_000)}</DeviceSN>`)],
    ['nested without end', '<a>'.repeat(5_000)],
    ['of lists', `<ProbeMatch><Uuid>${id}</Uuid><Uuid>${id}</Uuid></ProbeMatch>`],
  ])('%s is none', (_, said) => {
    expect(sadp.camera(text(said), id, here)).toBeNull()
  })
  it('entities stay as they are written, and unseen characters are shown', () => {
    const sly = match('<DeviceSN>&a;\u202eX\u001b[2J</DeviceSN>')
    const entities = '<!DOCTYPE ProbeMatch [<!ENTITY a "aaaaaaaa">]>'
    for (const said of [sly, entities + sly])
      expect(sadp.camera(text(said), id, here)?.name).toBe('&a;\\u202eX\\u001b[2J')
  })
  it('a name that reaches for the prototype changes nothing', () => {
    const said = match('<__proto__><by>x</by></__proto__><DeviceSN>a</DeviceSN>')
    const camera = sadp.camera(text(said), id, here)
    expect(camera === null || camera.by === 'sadp').toBe(true)
    expect(Object.hasOwn(Object.prototype, 'by')).toBe(false)
  })
  it.each([
    ['192.168.1.64', '80', ['http://192.168.1.64']],
    ['192.168.1.64', '99999', ['http://192.168.1.64']],
    ['192.168.1.64', '81/x', ['http://192.168.1.64']],
    ['evil.example/', '80', []],
    ['1.2.3.4@evil', '80', []],
    ['192.168.1.256', '80', []],
    ['1.2.3', '80', []],
    ['1.2.3.4.', '80', []],
    ['0.0.0.0', '80', []],
  ])('a web address is made of four numbers and a port: %s %s', (host, port, services) => {
    const said = `<IPv4Address>${host}</IPv4Address><HttpPort>${port}</HttpPort>`
    expect(sadp.camera(text(match(said)), id, here)?.services).toEqual(services)
  })
})

it('each camera is kept once, and no more than 256', () => {
  const list = new CameraList()
  for (let n = 0; n < 200; n++) list.add({ ...found('dahua'), address: `${n >> 1}` })
  expect(list.all()).toHaveLength(100)
  for (let n = 0; n < 800; n++) list.add({ ...found('dahua'), address: `${n}` })
  expect(list.all()).toHaveLength(256)
})

describe('a hostile answer by Dahua', () => {
  const framed = (json: string): Uint8Array => text(`\x20\0\0\0DHIP${'\0'.repeat(24)}${json}`)
  const notify = (deviceInfo: unknown): string =>
    JSON.stringify({ method: 'client.notifyDevInfo', params: { deviceInfo } })
  it.each([
    ['that is our own question', dahuaQuestion()],
    ['without its head', text(notify({ SerialNo: 'a' }))],
    ['that is cut short', framed(notify({ SerialNo: 'a' }).slice(0, -1))],
    ['without end', framed(notify({ SerialNo: 'x'.repeat(20_000) }))],
    ['nested without end', framed(`{"a":${'['.repeat(15_000)}`)],
    ['without a name', framed(notify({}))],
    ['with names that are none', framed(notify({ SerialNo: 7, DeviceType: ['a'] }))],
    ['with a list for a device', framed(notify([1]))],
    ['of nothing', framed('{"method":"client.notifyDevInfo","params":null}')],
    ['of another method', framed(notify({ SerialNo: 'a' }).replace('notifyDevInfo', 'x'))],
  ])('%s is none', (_, said) => {
    expect(dahuaSearch.camera(said, id, here)).toBeNull()
  })
  it('is bounded and visible', () => {
    const info = { SerialNo: `a\u202e${'b'.repeat(5_000)}`, HttpPort: -1, IPv4Address: 'x' }
    const said = dahuaSearch.camera(framed(notify(info)), id, here)
    expect([said?.name.slice(0, 8), said?.name.length]).toEqual(['a\\u202eb', 2_005])
    expect(said?.services).toEqual([])
    const proto = framed(
      notify({ SerialNo: 'a' }).replace('"SerialNo"', '"__proto__":{"by":"x"},"SerialNo"'),
    )
    expect(dahuaSearch.camera(proto, id, here)).toMatchObject({ by: 'dahua', name: 'a' })
  })
})
