// Where the running program of a folder is reached: its run file counts only while its process holds the lock.
// A run file that a power cut left empty or truncated counts as missing.
import { mkdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { runningClient } from '#base/desk/commands/client.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''

beforeEach(() => {
  dir = folderOfTest('data-folder-test-')
  mkdirSync(join(dir, 'run'))
})

const endpoints = { api: 'http://127.0.0.1:1', tokenFile: 'token' }
const left = (runFile: string, holder: number): void => {
  writeFileSync(join(dir, 'run', 'runtime.json'), runFile)
  writeFileSync(join(dir, 'run', 'lock'), `${holder}\n`)
}

it('names the runtime whose process holds the lock', () => {
  left(JSON.stringify({ pid: process.ppid, endpoints }), process.ppid)
  expect(liveRuntime(dir)).toEqual({ pid: process.ppid, endpoints })
})

it('names none where another process holds it', () => {
  left(JSON.stringify({ pid: process.pid, endpoints }), process.ppid)
  expect(liveRuntime(dir)).toBeNull()
})

it.each([
  ['is empty', ''],
  ['is cut off', '{"apiVersion":1,"pi'],
  ['is no object', 'null'],
  ['has no API', JSON.stringify({ pid: process.ppid, endpoints: { sims: {} } })],
  [
    'leads to another machine',
    JSON.stringify({ pid: process.ppid, endpoints: { ...endpoints, api: 'http://192.0.2.1:1' } }),
  ],
])('a run file that %s names nobody', (_what, runFile) => {
  left(runFile, process.ppid)
  expect(liveRuntime(dir)).toBeNull()
})

it('what answers a command and is no runtime is said, and nothing is made of it', async () => {
  const server = createServer((_request, response) => response.end('<html>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const tokenFile = join(dir, 'run', 'token')
  writeFileSync(tokenFile, 'secret')
  const api = `http://127.0.0.1:${port}`
  left(JSON.stringify({ pid: process.ppid, endpoints: { api, tokenFile } }), process.ppid)
  const client = runningClient(dir)
  await expect(client.call('status.get', {})).rejects.toMatchObject({ code: 'RUN-01' })
  const commandId = 'retry-00000001'
  const retry = client.call('queue.retryNow', { commandId, by: '甲', reason: '试' })
  await expect(retry).rejects.toMatchObject({
    code: 'RUN-03',
    detail: { field: '--command-id', value: commandId },
  })
  await client.stream('events', 0, () => expect.fail('an item')).ended
  server.close()
  // Nobody listens: the command was not begun.
  const gone = { api: 'http://127.0.0.1:1', tokenFile }
  left(JSON.stringify({ pid: process.ppid, endpoints: gone }), process.ppid)
  const late = runningClient(dir).call('queue.retryNow', { commandId, by: '甲', reason: '试' })
  await expect(late).rejects.toMatchObject({ code: 'RUN-01' })
})
