// HTTP to a device over real sockets: heads, endless bodies, ends that are clean and ends that are not.
// The server writes bytes by hand, as firmware does.
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceHttp } from '#devices/web/device-http.ts'
import type { HttpStreams } from '#devices/ports/http-stream.ts'

let server: Server
let sockets: Socket[]
let heads: string[]
let http: HttpStreams
let port = 0

beforeEach(async () => {
  sockets = []
  heads = []
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => heads.push(chunk.toString('latin1')))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  http = deviceHttp(`http://127.0.0.1:${port}`)
})
afterEach(async () => {
  await http.close()
  for (const socket of sockets) socket.destroy()
  await new Promise((done) => server.close(done))
})

function ask(path = '/a', headers: Record<string, string> = {}) {
  const said: string[] = []
  const cancel = http.request(
    { method: 'GET', path, headers },
    {
      head: (status, got) => void said.push(`head ${status} ${got['x-a'] ?? ''}`),
      body: (bytes) => void said.push(`body ${Buffer.from(bytes).toString()}`),
      end: () => void said.push('end'),
      lost: (reason) => void said.push(`lost ${reason}`),
    },
  )
  return { said, cancel }
}
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((go) => setImmediate(go))
}
const say = async (text: string, socket = 0): Promise<void> => {
  await until(() => heads.length > socket)
  sockets[socket]?.write(text)
}

describe('a request', () => {
  it('goes out as it is, query and proof included', async () => {
    ask('/cgi-bin/a.cgi?Flags[0]=Event&x=y', { authorization: 'Digest a="b"' })
    await until(() => heads.length > 0)
    expect(heads[0]).toMatch(/^GET \/cgi-bin\/a\.cgi\?Flags\[0\]=Event&x=y HTTP\/1\.1\r\n/)
    expect(heads[0]).toContain('authorization: Digest a="b"\r\n')
  })
  it('is answered in whatever pieces, and ends', async () => {
    const { said } = ask()
    for (const char of 'HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 3\r\n\r\nabc') {
      await say(char)
      await new Promise((go) => setImmediate(go))
    }
    await until(() => said.at(-1) === 'end')
    expect(said[0]).toBe('head 200 1, 2')
    expect(said.slice(1, -1).join('')).toMatch(/a.*b.*c/)
  })
  it.each([
    [
      'chunked',
      'Transfer-Encoding: chunked\r\n\r\n',
      (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`,
    ],
    ['until the end', '\r\n', (text: string) => text],
  ])('goes on for ever, %s', async (_name, headers, wrap) => {
    const { said } = ask()
    await say(`HTTP/1.1 200 OK\r\n${headers}`)
    for (const text of ['one', 'two', 'three']) {
      await say(wrap(text))
      await until(() => said.at(-1) === `body ${text}`)
    }
    expect(said).toEqual(['head 200 ', 'body one', 'body two', 'body three'])
  })
  it('is heard of no more once it was given up, and its connection ends', async () => {
    const { said, cancel } = ask()
    await say('HTTP/1.1 200 OK\r\n\r\none')
    await until(() => said.length === 2)
    cancel()
    await until(() => sockets[0]?.readableEnded === true || sockets[0]?.destroyed === true)
    expect(said).toEqual(['head 200 ', 'body one'])
  })
  it('that was given up at once is never told of', async () => {
    const { said, cancel } = ask()
    cancel()
    const next = ask('/b')
    await until(() => heads.some((head) => head.startsWith('GET /b')))
    expect([said, next.said]).toEqual([[], []])
  })
})

describe('a device', () => {
  it('that is not there is lost, with the reason', async () => {
    const nobody = deviceHttp('http://127.0.0.1:9')
    const reason = await new Promise<string>((lost) => {
      nobody.request(
        { method: 'GET', path: '/', headers: {} },
        { head: () => undefined, body: () => undefined, end: () => undefined, lost },
      )
    })
    expect(reason).toContain('ECONNREFUSED')
    await nobody.close()
  })
  it.each([
    ['that was asked', true],
    ['that never was', false],
  ])('%s loses what is asked after it was closed', async (_which, isRequested) => {
    if (isRequested) {
      ask()
      await until(() => heads.length > 0)
    }
    await http.close()
    const { said } = ask('/late')
    await until(() => said.length > 0)
    expect(said).toEqual([expect.stringMatching(/^lost .*(destroyed|closed)/)])
    expect(heads.filter((head) => head.startsWith('GET /late'))).toEqual([])
  })
  it.each([
    ['before its answer', ''],
    ['in its head', 'HTTP/1.1 200'],
    ['in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'],
  ])('that goes away %s is lost', async (_when, text) => {
    const { said } = ask()
    await say(text)
    await until(() => text === '' || !text.includes('abc') || said.includes('body abc'))
    sockets[0]?.destroy()
    await until(() => said.at(-1)?.startsWith('lost') === true)
    expect(said.filter((one) => /^(end|lost)/.test(one))).toHaveLength(1)
  })
  it('that speaks no HTTP is lost', async () => {
    const { said } = ask()
    await say('hello\r\n\r\n')
    await until(() => said.length > 0)
    expect(said[0]).toMatch(/^lost/)
  })
  it('that sends heads without end is lost', async () => {
    const { said } = ask()
    await say(`HTTP/1.1 200 OK\r\n${`X-A: ${'a'.repeat(1_000)}\r\n`.repeat(40)}`)
    await until(() => said.length > 0)
    expect(said[0]).toMatch(/^lost/)
  })
  it('that is silent on one connection answers on another', async () => {
    const first = ask('/stream')
    await say('HTTP/1.1 200 OK\r\n\r\n')
    const second = ask('/question')
    await say('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 1)
    await until(() => second.said.at(-1) === 'end')
    expect(first.said).toEqual(['head 200 '])
  })
})

describe('an address that can be none', () => {
  // A slip in an address by number: no name either, by the rules of URLs.
  it.each(['http://192.168.1.300:80', 'http://10.0.0.08:80', 'http://[::::]:80'])(
    '%s is lost like one that nobody has, and closed like any other',
    async (origin) => {
      const device = deviceHttp(origin)
      const lost = new Promise((done) =>
        device.request(
          { method: 'GET', path: '/', headers: {} },
          { head: () => undefined, body: () => undefined, end: () => undefined, lost: done },
        ),
      )
      expect(await lost).toMatch(/URL/)
      await device.close()
    },
  )
})
