// Datagrams over real sockets: only an answer from the queried address counts.
// An address that cannot be sent to ends with its reason.
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, expect, it } from 'vitest'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

const ask = (host: string, port: number) =>
  udpDatagrams().ask({
    host,
    port,
    bytesAt: () => Uint8Array.of(1),
    isAnswer: (bytes) => bytes[0] === 2,
    waitMs: 2_000,
  })

it('takes the answer of who was asked', async () => {
  const server = createSocket('udp4')
  sockets.push(server)
  server.on('message', (_, { port, address }) => server.send(Uint8Array.of(2), port, address))
  await new Promise<void>((done) => server.bind(0, '127.0.0.1', done))
  expect(await ask('127.0.0.1', server.address().port)).toMatchObject({ bytes: Buffer.from([2]) })
})

it.each([
  ['no route leads to', '255.255.255.255'],
  ['nobody has', 'no-such-host.invalid'],
])('an address that %s is one that does not answer, and ends nothing else', async (_, host) => {
  expect(await ask(host, 123)).toMatchObject({ failed: 'unreachable' })
})
