// TCP links over real sockets on loopback: up, bytes both ways, and every way to end.
// `down` comes exactly once, whatever ended the link.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkOpener } from '#devices/links/link-opener.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { Recorder } from './recorder.ts'

let server: Server
let sockets: Socket[]
let onSocket: (socket: Socket) => void

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const urlOf = (): string => {
  const address = server.address() as AddressInfo
  return `tcp://127.0.0.1:${address.port}?variant=generic-bcc`
}

beforeEach(async () => {
  sockets = []
  onSocket = () => undefined
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

describe('a TCP link', () => {
  it('carries bytes both ways and counts them', async () => {
    onSocket = (socket) => socket.on('data', (chunk) => socket.write(chunk))
    const recorder = new Recorder()
    const link = linkOpener().open(urlOf(), recorder)
    await recorder.until(() => recorder.ups === 1)
    link.send(Uint8Array.of(1, 2, 3))
    await recorder.until(() => recorder.received.length === 3)
    expect(recorder.received).toEqual([1, 2, 3])
    expect([link.bytesIn, link.bytesOut]).toEqual([3, 3])
    link.close()
    expect(recorder.downs).toEqual([])
    await recorder.until(() => recorder.downs.length > 0)
    link.send(Uint8Array.of(4))
    link.close()
    await turn()
    expect(recorder.downs).toEqual(['closedHere'])
    expect(link.bytesOut).toBe(3)
  })
  it('drops bytes before it is up', async () => {
    const recorder = new Recorder()
    const link = linkOpener().open(urlOf(), recorder)
    link.send(Uint8Array.of(1))
    await recorder.until(() => recorder.ups === 1)
    expect(link.bytesOut).toBe(0)
    link.close()
    await recorder.until(() => recorder.downs.length > 0)
  })
  it('tells when the device ends the connection', async () => {
    onSocket = (socket) => socket.end()
    const recorder = new Recorder()
    linkOpener().open(urlOf(), recorder)
    await recorder.until(() => recorder.downs.length > 0)
    await turn()
    expect(recorder.downs).toEqual(['closedThere'])
  })
  it('tells when the device resets the connection', async () => {
    onSocket = (socket) => socket.resetAndDestroy()
    const recorder = new Recorder()
    linkOpener().open(urlOf(), recorder)
    await recorder.until(() => recorder.downs.length > 0)
    await turn()
    expect(recorder.downs).toHaveLength(1)
  })
  it('tells when nobody listens', async () => {
    const url = urlOf()
    await new Promise((resolve) => server.close(resolve))
    const recorder = new Recorder()
    linkOpener().open(url, recorder)
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.ups).toBe(0)
    expect(recorder.downs[0]).toMatch(/ECONNREFUSED/)
  })
  it('can be closed while it is still connecting', async () => {
    const recorder = new Recorder()
    linkOpener().open(urlOf(), recorder).close()
    await recorder.until(() => recorder.downs.length > 0)
    await turn()
    expect(recorder.downs).toEqual(['closedHere'])
  })
  it('gives up a device that does not read, instead of hoarding bytes', async () => {
    onSocket = (socket) => socket.pause()
    const recorder = new Recorder()
    const limits = { connectTimeoutMs: 3_000, sendQueueBytesMax: 4_096 }
    const link = linkOpener({ tcpLimits: limits }).open(urlOf(), recorder)
    await recorder.until(() => recorder.ups === 1)
    for (let i = 0; i < 10_000 && recorder.downs.length === 0; i++) link.send(new Uint8Array(4_000))
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.downs).toEqual(['readsNothing'])
  })
  it('gives up a connection that is not made in time', async () => {
    // Loopback connects at once, so the limit is set below the time of any connection.
    const recorder = new Recorder()
    const limits = { connectTimeoutMs: 1, sendQueueBytesMax: 4_096 }
    linkOpener({ tcpLimits: limits }).open('tcp://192.0.2.1:9', recorder)
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.ups).toBe(0)
    expect(recorder.downs[0]).toMatch(/^noConnection|unreach|ENET|EHOST/i)
  })
})

describe('a URL that is no link', () => {
  it.each([['tls://127.0.0.1:1'], ['hid:1234'], ['sim:rsu'], ['tcp://nowhere']])(
    '%s is refused at once and nothing is told',
    (url) => {
      const recorder = new Recorder()
      expect(() => linkOpener().open(url, recorder)).toThrow(LaneFault)
      expect(recorder.downs).toEqual([])
    },
  )
})
