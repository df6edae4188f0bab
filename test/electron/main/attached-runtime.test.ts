// Finding and following a runtime over loopback HTTP: run files good and bad, token, cut streams, restarts.
// Only a live process on 127.0.0.1 is ever followed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AttachedRuntime,
  findRuntime,
  isAnswering,
} from '../../../electron/main/attached-runtime.ts'
import { folderOfTest } from '../../kit/own-folder.ts'

let dir: string
let link: AttachedRuntime
let servers: Server[]
const write = (text: string): void => writeFileSync(join(dir, 'run', 'runtime.json'), text)
const runFile = (api: string, pid: unknown = process.pid): string =>
  JSON.stringify({ apiVersion: 1, pid, endpoints: { api, tokenFile: join(dir, 'run', 'token') } })

beforeEach(() => {
  dir = folderOfTest('etc-lane-attach-')
  mkdirSync(join(dir, 'run'))
  writeFileSync(join(dir, 'run', 'token'), 'secret\n')
  link = new AttachedRuntime(dir)
  servers = []
})
afterEach(async () => {
  await link.close()
  for (const server of servers) server.closeAllConnections()
  for (const server of servers) await new Promise((done) => server.close(done))
})

type Answer = (url: URL, body: string, response: ServerResponse) => void
async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== 'Bearer secret') {
      response.writeHead(401).end('{}')
      return
    }
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8')
    })
    request.on('end', () => answer(new URL(request.url ?? '', 'http://127.0.0.1'), body, response))
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('the run file', () => {
  it('of a live process is followed', () => {
    write(runFile('http://127.0.0.1:1'))
    expect(findRuntime(dir)).toEqual({
      pid: process.pid,
      api: 'http://127.0.0.1:1',
      token: 'secret',
    })
  })

  it.each([
    ['is half written', () => '{"pid":'],
    ['is empty', () => ''],
    ['is no object', () => 'null'],
    ['names no pid', () => runFile('http://127.0.0.1:1', null)],
    ['names a pid that is text', () => runFile('http://127.0.0.1:1', '1')],
    ['names pid 0', () => runFile('http://127.0.0.1:1', 0)],
    ['names a group', () => runFile('http://127.0.0.1:1', -1)],
    ['names a dead process', () => runFile('http://127.0.0.1:1', 4_194_303)],
    ['names another host', () => runFile('http://192.0.2.1:1')],
    ['has no endpoints', () => JSON.stringify({ pid: process.pid })],
    [
      'is of a demo without API',
      () => JSON.stringify({ pid: process.pid, endpoints: { sims: {} } }),
    ],
    [
      'names a token that is not there',
      () => runFile('http://127.0.0.1:1').replace('/run/token', '/run/none'),
    ],
  ])('that %s is no runtime', (_what, text) => {
    write(text())
    expect(findRuntime(dir)).toBeNull()
  })

  it('of a runtime that died uncleanly is not attached to, though its number lives', async () => {
    write(runFile('http://127.0.0.1:1'))
    const endpoint = findRuntime(dir)
    expect(endpoint).not.toBeNull()
    expect(endpoint !== null && (await isAnswering(endpoint))).toBe(false)
  })

  it('that is missing is no runtime, and a call says so with the folder', async () => {
    expect(findRuntime(dir)).toBeNull()
    expect(await link.call('status.get', {})).toMatchObject({
      error: { code: 'RUN-02', value: dir },
    })
  })
})

describe('calls', () => {
  it('carry name, arguments and token, and bring the reply', async () => {
    const api = await serve((url, body, response) =>
      response.end(JSON.stringify({ ok: true, data: [url.pathname, JSON.parse(body)] })),
    )
    write(runFile(api))
    expect(await link.call('queue.list', { limit: 3 })).toEqual({
      ok: true,
      data: ['/v1/call', { name: 'queue.list', args: { limit: 3 } }],
    })
  })

  it.each<[string, Answer]>([
    ['is cut', (_url, _body, response) => response.destroy()],
    [
      'is cut in the middle',
      (_url, _body, response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{"ok"', () => response.destroy())
      },
    ],
    ['is JSON but no reply', (_url, _body, response) => response.end('{"hello":1}')],
    ['is no JSON', (_url, _body, response) => response.end('<html>')],
  ])('whose answer %s say that nothing was heard', async (_what, answer) => {
    write(runFile(await serve(answer)))
    expect(await link.call('status.get', {})).toMatchObject({
      ok: false,
      error: { code: 'RUN-02' },
    })
  })
})

describe('streams', () => {
  it('come line by line at any split, and go on after a cut from the last number', async () => {
    const requestedQueries: string[] = []
    const api = await serve((url, _body, response) => {
      requestedQueries.push(url.search)
      const seq = requestedQueries.length
      const line = `${JSON.stringify({ stream: 'events', seq, dropped: 0, data: '车' })}\n`
      const bytes = Buffer.from(line)
      response.write(bytes.subarray(0, bytes.length - 5), () => {
        response.write(bytes.subarray(bytes.length - 5), () => response.end())
      })
    })
    write(runFile(api))
    const seen: unknown[] = []
    await new Promise<void>((done) => {
      link.subscribe('events', 0, (item) => {
        seen.push(item.data)
        if (seen.length === 2) done()
      })
    })
    expect(seen).toEqual(['车', '车'])
    expect(requestedQueries).toEqual(['?name=events&since=0', '?name=events&since=1'])
  })
})
