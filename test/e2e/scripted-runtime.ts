// The scripted lot behind the real link: loopback HTTP with a token and a run file in a data folder.
// The window attaches to it like to any `etc-lane run`, so that screens can be shown in every state.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { StreamItem } from '#runtime/api/table.ts'
import type { CallBody } from '#runtime/api/messages.ts'
import { ScriptedLot } from '../renderer/kit/scripted-lot.ts'

const token = 'scripted-token'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

export interface ScriptedRuntime {
  readonly lot: ScriptedLot
  close(): Promise<void>
}

function serve(lot: ScriptedLot): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end()
      return
    }
    if (url.pathname === '/v1/stream') {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      const write = (item: StreamItem): void => void response.write(`${JSON.stringify(item)}\n`)
      const end = lot.subscribe(url.searchParams.get('name') ?? '', write)
      request.on('close', end)
      return
    }
    void bodyOf(request).then(async (text) => {
      const { name, args } = JSON.parse(text) as CallBody
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(await lot.call(name, args)))
    })
  })
}

export async function startScripted(dataDir: string): Promise<ScriptedRuntime> {
  const lot = new ScriptedLot()
  const server = serve(lot)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  mkdirSync(join(dataDir, 'run'), { recursive: true })
  const tokenFile = join(dataDir, 'run', 'token')
  writeFileSync(tokenFile, token, { mode: 0o600 })
  const endpoints = { api: `http://127.0.0.1:${port}`, tokenFile }
  writeFileSync(
    join(dataDir, 'run', 'runtime.json'),
    JSON.stringify({ apiVersion: 1, pid: process.pid, endpoints }),
    { mode: 0o600 },
  )
  return {
    lot,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
