// The intake of a running lot under attack from outside: who may push, and what one push may cost.
// Memory and the delays of the lane thread are measured inside its own process (perf_hooks).
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hikvisionXml } from '../firmware-runtime/devices/pure/camera/hikvision/sample.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const folder = newFolder()
const programs = new Map<string, Program>()
const mib = 1024 * 1024
const grownMibMax = 64
const laneMsMax = 50
const triesMax = 10
const probe = new URL('./kit/loop-probe.mjs', import.meta.url).href
const probed = (make: string): string => join(folder, `${make}.seen`)

interface Seen {
  /** Longest turn of the lane thread, in its own processor time. */
  readonly turnMs: number
  readonly peakBytes: number
  readonly rssBytes: number
}

/** The probe's results since the last request. */
async function seenOf(make: string): Promise<Seen> {
  const file = probed(make)
  rmSync(file, { force: true })
  lotOf(make).child.kill('SIGUSR2')
  while (!existsSync(file)) await new Promise((turn) => setImmediate(turn))
  return JSON.parse(readFileSync(file, 'utf8')) as Seen
}

function startProbed(make: string): Program {
  const watched = ['env', `NODE_OPTIONS=--import=${probe}`, `ETC_LOOP_PROBE=${probed(make)}`]
  const run = new Program(['run', '--data', join(folder, make)], watched)
  programs.set(make, run)
  return run
}

async function startLot(make: string): Promise<void> {
  const dir = join(folder, make)
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', `exit=push:${make}`]
  expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
  await startProbed(make).ready()
}
beforeAll(async () => {
  await startLot('vzicom')
  await startLot('hikvision')
})
afterAll(cleanUp)

function lotOf(make: string): Program {
  const run = programs.get(make)
  if (run === undefined) throw new Error(`no lot of ${make}`)
  return run
}

function post(url: string, body: Buffer, headers: Record<string, string>): Promise<number> {
  return new Promise((done) => {
    const sending = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode ?? 0))
    })
    sending.on('error', () => done(0))
    sending.end(body)
  })
}

interface LaneOf {
  readonly laneId: string
  readonly devices: { readonly camera: { readonly state: string } }
}
const event = (more: string): Buffer => Buffer.from(hikvisionXml({}, more))
const json = { 'content-type': 'application/json' }
const plate = (more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      AlarmInfoPlate: { result: { ...more, PlateResult: { license: '测A12345' } } },
    }),
  )

describe('a push', () => {
  it('is taken on the whole path alone, and its secret is the same after a restart', async () => {
    const run = lotOf('vzicom')
    const url = run.endpoints?.intake['exit'] ?? ''
    expect(url).toMatch(/\/camera\/exit\/[0-9a-f]{16}$/)
    expect(await post(url, plate(), json)).toBe(200)
    expect(await post(url.replace(/\/[0-9a-f]{16}$/, ''), plate(), json)).toBe(404)
    expect(await post(url.replace(/.$/, 'x'), plate(), json)).toBe(404)
    expect(await run.stop()).toBe(0)
    const after = (await startProbed('vzicom').ready()).intake['exit'] ?? ''
    expect(new URL(after).pathname).toBe(new URL(url).pathname)
  })
  it('to an old address is told on the board until one comes on the whole one', async () => {
    const run = lotOf('hikvision')
    const url = run.endpoints?.intake['exit'] ?? ''
    const camera = async () => {
      const board = await run.call<{ lanes: readonly LaneOf[] }>('board.get')
      return board.lanes.find(({ laneId }) => laneId === 'exit')?.devices.camera
    }
    const xml = { 'content-type': 'application/xml' }
    expect(await post(url.replace(/\/[0-9a-f]{16}$/, ''), event(''), xml)).toBe(404)
    expect(await camera()).toMatchObject({ state: 'down', reason: 'wrongPath' })
    expect(run.lines.at(-1)).toMatchObject({ error: { code: 'CAM-04' }, laneId: 'exit' })
    expect(await post(url, event(''), xml)).toBe(200)
    expect(await camera()).toMatchObject({ state: 'up' })
  })
  it('is told its whole address by `lot check`, while the lanes run and before', async () => {
    const of = async (make: string) => {
      const { json: said } = await runToEnd(['lot', 'check', '--data', join(folder, make)])
      return said
    }
    expect(await of('vzicom')).toMatchObject({ push: lotOf('vzicom').endpoints?.intake })
    const dir = join(folder, 'new')
    const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
    expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
    expect(await of('new')).toMatchObject({
      push: {},
      warnings: [{ field: '/lanes/exit/camera', value: 'push:hikvision' }],
    })
  })
  it.each([
    ['a page of a browser', { ...json, origin: 'http://evil.example' }, 403],
    ['a name that leads here', { ...json, host: 'evil.example' }, 403],
    // A type that a page sends without asking: its browser says where the page is from.
    [
      'a page of another site',
      { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' },
      403,
    ],
  ])('of %s is refused', async (_name, headers, status) => {
    const url = lotOf('vzicom').endpoints?.intake['exit'] ?? ''
    expect(await post(url, plate(), headers)).toBe(status)
  })
})

const jpeg = Buffer.alloc(6 * mib, 0x55)
jpeg.set([0xff, 0xd8, 0xff])
jpeg.set([0xff, 0xd9], jpeg.length - 2)
const headOf = (name: string, type: string): Buffer =>
  Buffer.from(
    `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n` +
      `Content-Type: ${type}\r\n\r\n`,
  )
const part = Buffer.concat([headOf('p.jpg', 'image/jpeg'), jpeg, Buffer.from('\r\n')])
const form = { 'content-type': 'multipart/form-data; boundary=b' }
const xml = { 'content-type': 'application/xml' }
const size = 11_600_000
const laughs = Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(9)}">`)
const filled = (head: Buffer, unit: string): Buffer =>
  Buffer.concat([head, Buffer.alloc(size, unit)])
const inJson = (text: string): Buffer => Buffer.from(`{"a":"${text}"}`)

/** The most expensive bodies per byte, by their reader. */
const hostile: readonly [string, string, () => Buffer, Record<string, string>][] = [
  ['empty texts', 'vzicom', () => Buffer.alloc(size, '"",'), json],
  ['open brackets', 'vzicom', () => Buffer.alloc(size, '['), json],
  ['nesting', 'vzicom', () => Buffer.from('['.repeat(32_000) + ']'.repeat(32_000)), json],
  [
    'many names',
    'vzicom',
    () => Buffer.from(`{${Array.from({ length: 6_000 }, (_, n) => `"k${n}":0`).join(',')}}`),
    json,
  ],
  ['escaped quotes', 'vzicom', () => Buffer.alloc(size, '"\\"\\"').fill('\\"', 1), json],
  ['backslashes', 'vzicom', () => inJson('\\'.repeat(size / 2)), json],
  ['a long text', 'vzicom', () => inJson('测'.repeat(size / 3)), json],
  ['base64 of escapes', 'vzicom', () => inJson('\\/'.repeat(size / 2)), json],
  ['base64 of line ends', 'vzicom', () => inJson('AAAA\\r\\n'.repeat(size / 8)), json],
  ['many pictures', 'vzicom', () => inJson(`${'A'.repeat(5_000)}","`.repeat(2_000)), json],
  ['a picture', 'vzicom', () => plate({ imageFile: jpeg.toString('base64') }), json],
  ['a form', 'vzicom', () => Buffer.alloc(64 * mib, 'x'), form],
  ['pictures', 'hikvision', () => Buffer.concat(Array.from({ length: 7 }, () => part)), form],
  ['parts without end', 'hikvision', () => Buffer.alloc(size, part.subarray(0, 90)), form],
  ['line ends', 'hikvision', () => filled(headOf('p', 'image/jpeg'), '\r'), form],
  ['half boundaries', 'hikvision', () => filled(headOf('p', 'image/jpeg'), '\r\n--'), form],
  ['heads of a part', 'hikvision', () => filled(Buffer.from('--b\r\n'), 'A: b\r\n'), form],
  [
    'a billion laughs',
    'hikvision',
    () => Buffer.from(`<?xml version="1.0"?><!DOCTYPE a [${laughs.join('')}]><a>&a20;</a>`),
    xml,
  ],
  ['open elements', 'hikvision', () => Buffer.alloc(250_000, '<a>'), xml],
  ['deep elements', 'hikvision', () => event('<a>'.repeat(950) + '</a>'.repeat(950)), xml],
  ['elements of one name', 'hikvision', () => event('<a>x</a>'.repeat(950)), xml],
  ['attributes', 'hikvision', () => event(`<a ${'a '.repeat(120_000)}/>`), xml],
  ['an instruction', 'hikvision', () => event(`<?${'p '.repeat(120_000)}?>`), xml],
  ['references', 'hikvision', () => event(`<a>${'&amp;'.repeat(50_000)}</a>`), xml],
  ['a comment', 'hikvision', () => event(`<!--${'-x'.repeat(120_000)}-->`), xml],
  ['blanks', 'hikvision', () => event(`<a>x${' '.repeat(250_000)}x</a>`), xml],
  ['XML without end', 'hikvision', () => Buffer.alloc(64 * mib, '<a>'), xml],
]

describe.skipIf(process.platform !== 'linux')('what one push may cost', () => {
  const growth = ({ peakBytes }: Seen, { rssBytes }: Seen): number => (peakBytes - rssBytes) / mib

  it.each(hostile)('%s', async (_name, make, made, headers) => {
    const run = lotOf(make)
    const url = run.endpoints?.intake['exit'] ?? ''
    const body = made()
    let [leastTurnMs, mostGrownMib] = [Infinity, 0]
    // Other load makes some turns slower; an expensive push does so in every try.
    for (let n = 0; n < triesMax && leastTurnMs > laneMsMax; n++) {
      const before = await seenOf(make)
      // A body refused early ends its connection while it is being sent.
      expect([0, 200, 400, 413]).toContain(await post(url, body, headers))
      await run.call('queue.status')
      const after = await seenOf(make)
      leastTurnMs = Math.min(leastTurnMs, after.turnMs)
      mostGrownMib = Math.max(mostGrownMib, growth(after, before))
    }
    expect(leastTurnMs).toBeLessThan(laneMsMax)
    expect(mostGrownMib).toBeLessThan(grownMibMax)
  })

  it.each([
    ['vzicom', plate({ imageFile: jpeg.toString('base64') }), json],
    ['hikvision', Buffer.concat([part, part]), form],
  ])('forty together at %s take no forty times as much', async (make, body, headers) => {
    const url = lotOf(make).endpoints?.intake['exit'] ?? ''
    const before = await seenOf(make)
    await Promise.all(Array.from({ length: 40 }, () => post(url, body, headers)))
    expect(growth(await seenOf(make), before)).toBeLessThan(3 * grownMibMax)
  })

  it('one that comes slowly holds nothing of the lane', async () => {
    const url = lotOf('vzicom').endpoints?.intake['exit'] ?? ''
    const { hostname, port, pathname } = new URL(url)
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n`
    let leastTurnMs = Infinity
    // As above: an expensive push blocks the lane in every try, other load only in some.
    for (let tries = 0; tries < triesMax && leastTurnMs > laneMsMax; tries++) {
      await seenOf('vzicom')
      const slow = Array.from({ length: 40 }, () => connect(Number(port), hostname))
      for (const socket of slow) {
        socket.on('error', () => undefined)
        socket.write(`${head}Content-Length: 60000\r\n\r\n`)
      }
      for (let n = 0; n < 200; n++) {
        for (const socket of slow) socket.write('"')
        await new Promise((turn) => setImmediate(turn))
      }
      expect(await post(url, plate(), json)).toBe(200)
      for (const socket of slow) socket.destroy()
      leastTurnMs = Math.min(leastTurnMs, (await seenOf('vzicom')).turnMs)
    }
    expect(leastTurnMs).toBeLessThan(laneMsMax)
  })
})
