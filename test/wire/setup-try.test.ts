// Devices of a lot that is being set up, each as a process, tested from the set-up: the report is what happened.
// Only the position input makes a boom open; a board that accepts the pulse for a stuck boom proves nothing.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { TriedView } from '#devices/calls/tried-views.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import type { TryWish } from '#devices/desk/lane/device-try.ts'
import { present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { setupPorts } from '#lane/desk/setup/setup-ports.ts'
import { freePort } from '../kit/free-port.ts'
import { cleanUp, newFolder, Program } from './kit/live-program.ts'
import { Mosquitto } from './kit/mosquitto.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

const anyLot: NonNullable<SetupDraft['lot']> = {
  name: '',
  lotId: '',
  spaces: { ordinary: 0, charging: 0, special: 0 },
  district: '',
  qualification: '',
  trade: null,
  provinceCode: '',
  lanes: [{ id: 'exit', name: '', layout: '7.1.1', direction: 'exit' }],
}

type Endpoint = 'baseUrl' | 'caFile' | 'secretFile' | 'appId' | 'parkCode' | 'admin'

const sims: SimProcess[] = []
let dir: string
let setup: SetupService

beforeEach(() => {
  dir = newFolder()
  mkdirSync(dir, { recursive: true })
  setup = new SetupService(setupPorts(dir, peopleOffline(dir, 'test'), () => undefined))
})
afterEach(async () => {
  setup.tries.stop()
  await Promise.all(sims.splice(0).map((sim) => sim.kill()))
  await cleanUp()
})

async function sim(kind: string, ...more: string[]): Promise<SimProcess> {
  const flags = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '7', ...more]
  const started = await startSimProcess(kind, flags, spawnLauncher(program))
  sims.push(started)
  return started
}
const listening = ['--listen', 'tcp://127.0.0.1:0']
const linkOf = (one: SimProcess): string => present(one.endpoints.link, 'a link')

async function tested(target: Omit<TryWish, 'laneId'>): Promise<TriedView> {
  setup.tryDevice({ laneId: 'exit', ...target })
  return await over()
}
const newest = (): TriedView | undefined => setup.tries.view().at(-1)
const over = (): Promise<TriedView> =>
  eventually(
    () => present(newest(), 'a test'),
    ({ end }) => end !== null,
  )
const barrier = (what: 'open' | 'close', link: string) => tested({ device: 'barrier', what, link })

it('a boom is lifted and lowered, and each is told when its input says so', async () => {
  const board = await sim('barrier-sim', ...listening)
  const up = await barrier('open', linkOf(board))
  expect(up.end).toBe('open')
  expect(up.steps.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['reached', 'commanded', 'answered', 'position']),
  )
  expect(up.steps.at(-1)).toMatchObject({ what: 'position', note: 'open' })
  expect(await board.admin('GET', '/state')).toMatchObject({ position: 'open' })
  expect((await barrier('open', linkOf(board))).end).toBe('alreadyOpen')
  expect((await barrier('close', linkOf(board))).end).toBe('closed')
  expect(await board.admin('GET', '/state')).toMatchObject({ position: 'closed' })
})

it('a boom that is stuck is not open, whatever its board answered', async () => {
  const board = await sim('barrier-sim', ...listening)
  await board.admin('POST', '/faults', { at: 'boom', when: 'before', do: 'stuck' })
  const { end, steps } = await barrier('open', linkOf(board))
  expect(end).toBe('notSeen')
  expect(steps.map(({ what }) => what)).toContain('answered')
})

it('a display shows the words that it acknowledged', async () => {
  const board = await sim('display-sim', ...listening)
  const { end, steps } = await tested({ device: 'display', what: 'look', link: linkOf(board) })
  expect(end).toBe('shown')
  const shown = present(steps.at(-1), 'a step').note
  const { lines } = await board.admin<{ lines: readonly string[] }>('GET', '/state')
  expect(shown).toBe(lines.join(' | '))
  expect(shown).toMatch(/测试.*\d\d:\d\d:\d\d/)
})

it.each(['hikvision-pull', 'dahua'])(
  'a camera of %s is signed in to with the password that was sealed here',
  async (variant) => {
    const camera = await sim('camera-sim', ...listening, '--variant', variant)
    const make = variant.split('-', 1)[0] ?? ''
    const at = linkOf(camera)
      .replace(/^[\w-]+:\/\//, '')
      .replace(/[/?].*$/, '')
    const link = `${make}://${at}?user=admin&secret=camera-exit`
    const lane = {
      camera: link,
      barrier: '',
      display: '',
      rsu: '',
      psams: [],
      ordersFrom: '',
      cameraTimeless: null,
    }
    setup.save({ lot: anyLot, devices: { lanes: { exit: lane }, intake: null } })
    expect(setup.credentials().cameras).toEqual({ exit: 'absent' })
    const look = { laneId: 'exit', device: 'camera', what: 'look', link } as const
    setup.cameraPassword({ laneId: 'exit', password: 'another1' })
    setup.tryDevice(look)
    await eventually(() => newest()?.steps.map(({ what }) => what)).toContain('down')
    setup.tries.stop()
    expect(setup.cameraPassword({ laneId: 'exit', password: 'Simulated1' }).cameras).toEqual({
      exit: 'set',
    })
    setup.tryDevice(look)
    await eventually(() => newest()?.steps.map(({ what }) => what)).toContain('reached')
    const strange = { plate: '测A12345', colour: 'blue', timeAs: 'strange' }
    await camera.admin('POST', '/plates', strange)
    expect((await over()).end).toBe('undated')
    const { what, note } = present(newest()?.steps.at(-1), 'a step')
    expect([what, note]).toEqual(['undated', expect.stringMatching(/^timeNotUnderstood \d\d:/)])
    setup.tryDevice(look)
    await eventually(() => newest()?.steps.map(({ what: step }) => step)).toContain('reached')
    await camera.admin('POST', '/plates', { plate: '测A12345', colour: 'blue', confidence: 96 })
    expect((await over()).end).toMatch(/^(?:picture|plateOnly)$/)
    const kept = readFileSync(join(dir, 'setup.json'), 'utf8')
    expect(kept).toContain('secret=camera-exit')
    expect(kept).not.toContain('Simulated1')
  },
)

it('no password is kept in a draft, and none is sealed over a key of something else', () => {
  const devices = (camera: string) => ({
    lanes: {
      exit: {
        camera,
        barrier: '',
        display: '',
        rsu: '',
        psams: [],
        ordersFrom: '',
        cameraTimeless: null,
      },
    },
    intake: null,
  })
  setup.save({ lot: anyLot, devices: devices('') })
  const before = readFileSync(join(dir, 'setup.json'), 'utf8')
  for (const link of [
    'hikvision://admin:Abcd1234@192.168.1.64',
    'dahua://192.168.1.64?user=admin&password=Abcd1234',
  ]) {
    expect(() => setup.save({ devices: devices(link) })).toThrow('LOT-03')
    expect(readFileSync(join(dir, 'setup.json'), 'utf8')).toBe(before)
  }
  const seal = () => setup.cameraPassword({ laneId: 'exit', password: 'Abcd1234' })
  expect(seal).toThrow('LOT-03')
  const gateway = { url: '', caFile: null, merchantNo: '', secret: 'gateway' }
  for (const name of ['gateway', 'copies', 'push-exit']) {
    const link = `dahua://192.168.1.64?user=admin&secret=${name}`
    setup.save({ gateway, devices: devices(link) })
    expect(seal).toThrow('LOT-03')
  }
  expect(existsSync(join(dir, 'keys', 'secrets'))).toBe(false)
})

it('a camera that pushes is listened for, and its picture is there', async () => {
  const port = await freePort()
  setup.save({
    lot: anyLot,
    devices: {
      lanes: {
        exit: {
          camera: 'push:hikvision',
          barrier: '',
          display: '',
          rsu: '',
          psams: [],
          ordersFrom: '',
          cameraTimeless: null,
        },
      },
      intake: { host: '127.0.0.1', port, cameras: ['127.0.0.1'] },
    },
  })
  const address = present(setup.get().push['exit'], 'an address')
  const camera = await sim('camera-sim', '--target', address)
  setup.tryDevice({ laneId: 'exit', device: 'camera', what: 'look', link: 'push:hikvision' })
  await eventually(() => newest()?.steps[0]?.what).toBe('listening')
  await camera.admin('POST', '/plates', { plate: '测A12345', colour: 'blue', confidence: 96 })
  const { end, picture, steps } = await over()
  expect(steps.at(-1)?.note).toContain('A12345')
  expect(end).toBe('picture')
  expect(Buffer.from(present(picture, 'a picture'), 'base64').subarray(0, 2).toString('hex')).toBe(
    'ffd8',
  )
})

it('one at a time, and a link that is none is refused', async () => {
  const board = await sim('barrier-sim', ...listening)
  setup.tryDevice({ laneId: 'exit', device: 'barrier', what: 'open', link: linkOf(board) })
  expect(() =>
    setup.tryDevice({ laneId: 'exit', device: 'barrier', what: 'open', link: linkOf(board) }),
  ).toThrow('SETUP-06')
  setup.tries.stop()
  expect(newest()?.end).toBe('stopped')
  expect((await barrier('open', 'ftp://nowhere')).steps[0]?.note).toContain('LOT-03')
})

it('a printer prints its strip and says so; without paper it says that', async () => {
  const printer = await sim('printer-sim', ...listening)
  const look = () => tested({ device: 'printer', what: 'look', link: linkOf(printer) })
  const { end, steps } = await look()
  expect(end).toBe('printed')
  const at = present(steps.at(-1), 'a step').note
  expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  const { text } = await printer.admin<{ text: string }>('GET', '/paper?picture=no')
  expect(text).toContain('打印测试')
  expect(text).toContain(at)
  await printer.admin('POST', '/paper', { lines: 0 })
  const without = await look()
  expect([without.end, without.steps.at(-1)?.note]).toEqual(['notPrinted', 'paperOut'])
})

it('a scanner is listened to until it has read a whole code', async () => {
  const scanner = await sim('scanner-sim', ...listening)
  setup.tryDevice({ laneId: 'scanner', device: 'scanner', what: 'look', link: linkOf(scanner) })
  await eventually(() => newest()?.steps[0]?.what).toBe('listening')
  await scanner.admin('POST', '/scan', { text: '134567890123456789' })
  const { end, steps } = await over()
  expect([end, steps.at(-1)?.note]).toEqual(['scanned', '134567890123456789'])
})

it('a gateway is asked with the sealed key: who it is, another key, another merchant', async () => {
  const gateway = await sim('payment-sim', '--listen', 'https://127.0.0.1:0')
  const { baseUrl: url = '', caFile = '', keyFile = '', merchantNo = '' } = gateway.endpoints
  const look = async (merchant: string) => {
    setup.save({ gateway: { url, caFile, merchantNo: merchant, secret: 'gateway' } })
    return tested({ device: 'gateway', what: 'look', link: url })
  }
  expect((await look(merchantNo)).end).toBe('silent')
  expect(setup.credentials().gatewayKey).toBe('absent')
  setup.key({ from: 'file', value: keyFile })
  expect(setup.credentials().gatewayKey).toBe('set')
  expect((await look(merchantNo)).end).toBe('gateway')
  expect((await look('OTHER')).end).toBe('notGateway')
  setup.key({ from: 'typed', value: `k1:${'a'.repeat(64)}` })
  expect((await look(merchantNo)).end).toBe('notGateway')
})

it('a platform of records is asked: a channel and a certificate that it knows are believed, others are told', async () => {
  const books = join(newFolder(), 'books.jsonl')
  const certs = newFolder()
  const place = ['--listen', 'https://127.0.0.1:0', '--books', books, '--certs', certs]
  const platform = await sim('platform-sim', ...place)
  const { baseUrl: url = '', caFile = '', certDir = '', appId = '' } = platform.endpoints
  setup.save({ lot: { ...anyLot, provinceCode: '4501' } })
  const ask = (over: object) => {
    setup.save({ operator: { url, caFile, certDir, appId, ...over } })
    return tested({ device: 'operator', what: 'look', link: url })
  }
  const good = await ask({})
  expect([good.end, good.steps.at(-1)?.note]).toEqual(['believed', 'GM'])
  // Nothing was sealed, and no request that moves money was made.
  expect(readdirSync(certDir)).toContain('client.key.pem')
  expect(await platform.admin('GET', '/books?kind=exit-charges')).toMatchObject({ count: 0 })
  const stranger = await ask({ appId: 'NOBODY01' })
  expect(stranger.end).toBe('notBelieved')
  await platform.admin('POST', '/faults', {
    at: 'GET /v1/certificates',
    when: 'after',
    do: 'forge',
    times: 1,
  })
  const forged = await ask({})
  expect([forged.end, forged.steps.at(-1)?.note]).toEqual(['notBelieved', 'badSignature'])
  const other = await ask({ suite: 'RSA_AES' })
  expect([other.end, other.steps.at(-1)?.note]).toEqual([
    'silent',
    expect.stringContaining('LOT-02'),
  ])
})

it('a reservation platform is asked by the broker and by HTTPS; another key is told', async () => {
  const broker = await Mosquitto.open()
  try {
    const place = ['--broker', broker.url, '--ca', broker.caFile]
    const books = join(newFolder(), 'reservation.books')
    const platform = new Program(['reservation-sim', ...place, '--books', books])
    const { endpoints } = await platform.line(({ event }) => event === 'ready')
    const at = endpoints as Record<Endpoint, string>
    const reservation = {
      broker: broker.url,
      url: '',
      caFile: broker.caFile,
      appId: at.appId,
      parkCode: at.parkCode,
      secret: 'reservation',
      spaces: 2,
    }
    const ask = (url: string) => {
      setup.save({ reservation: { ...reservation, url } })
      return tested({ device: 'reservation', what: 'look', link: broker.url })
    }
    expect((await ask('')).steps.at(-1)?.note).toContain('RESERVATION-01')
    expect(() => setup.key({ of: 'reservation', from: 'typed', value: 'of two words' })).toThrow(
      'RESERVATION-02',
    )
    setup.key({ of: 'reservation', from: 'file', value: at.secretFile })
    const good = await ask('')
    expect([good.end, good.steps.at(-1)?.note]).toEqual(['believed', 'lastSeq 0'])
    // Its HTTPS has another certificate authority than the broker.
    expect((await ask(at.baseUrl)).steps.at(-1)?.note).toContain('HTTPS')
    const both = join(newFolder(), 'both.pem')
    writeFileSync(both, readFileSync(broker.caFile, 'utf8') + readFileSync(at.caFile, 'utf8'))
    reservation.caFile = both
    expect((await ask(at.baseUrl)).end).toBe('believed')
    const fault = { at: 'ack', when: 'before', do: 'forge', times: 1 }
    await fetch(`${at.admin}/faults`, { method: 'POST', body: JSON.stringify(fault) })
    const forged = await ask('')
    expect([forged.end, forged.steps.at(-1)?.note]).toEqual(['notBelieved', 'wrongSignature'])
  } finally {
    await broker.close()
  }
})
