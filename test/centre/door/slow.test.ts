// Senders that are slow, send no HTTP, or are too many: closed in time, and nobody else notices.
import { connect, type TLSSocket } from 'node:tls'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import { openScene, type Scene } from './door-kit.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene({ requestTimeoutMs: 400, connectionsMax: 4 })
})
afterAll(() => scene.close())

async function connected(): Promise<TLSSocket> {
  const { hostname: host, port } = new URL(scene.door.url)
  const socket = connect({ host, port: Number(port), ca: scene.authority.certificatePem })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

/** All that comes until the door closes the connection. */
async function answered(text: string): Promise<string> {
  const socket = await connected()
  let found = ''
  socket.on('data', (bytes: Buffer) => (found += bytes.toString()))
  socket.write(text)
  await once(socket, 'close')
  return found
}

it.each([
  ['half a head', 'POST /v1/rows HTTP/1.1\r\nHost: a\r\n', /^(?:HTTP\/1.1 40[08]|$)/],
  [
    'half a body',
    'POST /v1/pairings HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{',
    /^(?:HTTP\/1.1 40[08]|$)/,
  ],
  ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400/],
  [
    'a head of 64 KiB',
    `GET / HTTP/1.1\r\nHost: a\r\nA: ${'x'.repeat(65_536)}\r\n\r\n`,
    /^HTTP\/1.1 4/,
  ],
])('closes what sends %s', async (_, text, wanted) => {
  expect(await answered(text)).toMatch(wanted)
  expect(await scene.get('/v1/pairings/0')).toMatchObject({ status: 404 })
})

it('takes no more connections than its limit', async () => {
  const { hostname: host, port } = new URL(scene.door.url)
  const tries = Array.from({ length: 7 }, async () => {
    const socket = connect({ host, port: Number(port), ca: scene.authority.certificatePem })
    socket.on('error', () => undefined)
    const is = await Promise.race([
      once(socket, 'secureConnect').then(() => 'taken'),
      once(socket, 'close').then(() => 'refused'),
    ]).catch(() => 'refused')
    return { socket, is }
  })
  const all = await Promise.all(tries)
  for (const { socket } of all) socket.destroy()
  // Some of the four may be held by the requests before.
  expect(all.filter(({ is }) => is === 'taken').length).toBeLessThanOrEqual(4)
  await eventually(() => scene.get('/v1/pairings/0')).toMatchObject({ status: 404 })
})
