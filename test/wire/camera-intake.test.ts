// The intake of a running lot under attack, from outside: who may push, and what one push may cost it.
// Memory is that of the process by the system's own count; the lane answers its API all the while.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const folder = newFolder()
const programs = new Map<string, Program>()
const mib = 1024 * 1024
/** A push may take 64 MB; the rest is room for what else the process does meanwhile. */
const grownMibMax = 64 + 16

async function startLot(make: string): Promise<void> {
  const dir = join(folder, make)
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', `exit=push:${make}`]
  expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
  const run = new Program(['run', '--data', dir])
  await run.ready()
  programs.set(make, run)
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
    const again = new Program(['run', '--data', join(folder, 'vzicom')])
    programs.set('vzicom', again)
    const after = (await again.ready()).intake['exit'] ?? ''
    expect(new URL(after).pathname).toBe(new URL(url).pathname)
  })
  it.each([
    ['a page of a browser', { ...json, origin: 'http://evil.example' }, 403],
    ['a name that leads here', { ...json, host: 'evil.example' }, 403],
    ['a type that a page sends without asking', { 'content-type': 'text/plain' }, 415],
  ])('of %s is refused', async (_name, headers, status) => {
    const url = lotOf('vzicom').endpoints?.intake['exit'] ?? ''
    expect(await post(url, plate(), headers)).toBe(status)
  })
})

const jpeg = Buffer.alloc(6 * mib, 0x55)
jpeg.set([0xff, 0xd8, 0xff])
jpeg.set([0xff, 0xd9], jpeg.length - 2)
const part = Buffer.concat([
  Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="p"\r\nContent-Type: image/jpeg\r\n\r\n',
  ),
  jpeg,
  Buffer.from('\r\n'),
])
const form = { 'content-type': 'multipart/form-data; boundary=b' }
const size = 11_600_000

describe.skipIf(process.platform !== 'linux')('what one push may cost', () => {
  const rssMib = (pid: number | undefined): number => {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
  }

  it.each<[string, string, () => Buffer, Record<string, string>]>([
    ['empty texts', 'vzicom', () => Buffer.alloc(size, '"",'), json],
    ['open brackets', 'vzicom', () => Buffer.alloc(size, '['), json],
    ['escaped quotes', 'vzicom', () => Buffer.alloc(size, '"\\"\\"\\"\\"').fill('\\"', 1), json],
    ['a picture', 'vzicom', () => plate({ imageFile: jpeg.toString('base64') }), json],
    [
      'pictures',
      'hikvision',
      () => Buffer.concat([...Array.from({ length: 7 }, () => part)]),
      form,
    ],
    ['parts without end', 'hikvision', () => Buffer.alloc(size, part.subarray(0, 90)), form],
  ])('%s', async (_name, make, made, headers) => {
    const run = lotOf(make)
    const url = run.endpoints?.intake['exit'] ?? ''
    const { pid } = run.child
    await run.call('queue.status')
    const before = rssMib(pid)
    let most = before
    const body = made()
    const posted = { done: false }
    const sending = post(url, body, headers).then((status) => {
      posted.done = true
      return status
    })
    while (!posted.done) {
      await run.call('queue.status')
      most = Math.max(most, rssMib(pid))
    }
    expect([200, 400, 413]).toContain(await sending)
    expect(most - before).toBeLessThan(grownMibMax)
  })
})
