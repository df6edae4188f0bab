// Pushes over raw sockets against the built program: what a header says wrongly is read, and what is refused stands in the
// lane's state, in the inbox and in both doctors with its header; never "nothing was pushed".
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noThirdFieldFiles, thirdFieldFile } from '../kit/field-files.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const dir = join(newFolder(), 'lot')
let run: Program
beforeAll(async () => {
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
  run = new Program(['run', '--data', dir])
  await run.ready()
})
afterAll(cleanUp)

function send(bytes: Uint8Array): Promise<string> {
  const { port } = new URL(run.endpoints?.intake['exit'] ?? '')
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1')
    socket.end()
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  return new Promise((resolve) => socket.on('close', () => resolve(answer.slice(9, 12))))
}

const path = (): string => new URL(run.endpoints?.intake['exit'] ?? '').pathname
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
interface Refused {
  readonly count: number
  readonly what: string
  readonly head: string
}
interface Camera {
  readonly state: string
  readonly reason?: string
  readonly refusedPush?: Refused
}
async function camera(): Promise<Camera | undefined> {
  const board = await run.call<{
    lanes: readonly { laneId: string; devices: { camera: Camera } }[]
  }>('board.get')
  return board.lanes.find(({ laneId }) => laneId === 'exit')?.devices.camera
}
async function matterOf(): Promise<string | undefined> {
  const inbox = await run.call<{ rows: readonly { kind: string; what: { zh: string } }[] }>(
    'inbox.get',
  )
  return inbox.rows.find(({ kind }) => kind === 'pushRefused')?.what.zh
}

describe('what cannot be read', () => {
  const refused: readonly (readonly [string, () => Buffer, string, string])[] = [
    [
      'gzip',
      () => {
        const body = gzipSync('<a/>')
        const head = `POST ${path()} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`
        return Buffer.concat([latin(head), body])
      },
      '415',
      'Content-Encoding: gzip',
    ],
    [
      'a broken chunk',
      () => latin(`POST ${path()} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`),
      '400',
      'Transfer-Encoding: chunked',
    ],
    [
      'a header without end',
      () => latin(`POST ${path()} HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
      '431',
      'X-Long',
    ],
    [
      'another method',
      () => latin(`GET ${path()} HTTP/1.1\r\n\r\n`),
      '405',
      'GET /camera/exit/...',
    ],
  ]
  it.each(refused)('is named wherever a person looks: %s', async (_name, bytes, status, head) => {
    expect(await send(bytes())).toBe(status)
    expect(await camera()).toMatchObject({ state: 'down', reason: 'pushRefused' })
    expect((await camera())?.refusedPush?.head).toContain(head)
    expect(await matterOf()).toContain(head)
    const { json: push } = await runToEnd(['doctor', '--push', 'exit', '--data', dir])
    const said = JSON.stringify(push['findings'])
    expect(said).toContain('FIND-24')
    expect(said).toContain(head)
    expect(said).not.toContain('FIND-17')
    const { json: whole, code } = await runToEnd(['doctor', '--data', dir])
    expect([code, JSON.stringify(whole['refusedPushes'])]).toEqual([
      1,
      expect.stringContaining(head),
    ])
  })
})

describe.skipIf(noThirdFieldFiles)('what the header says wrongly', () => {
  const folder = fileURLToPath(thirdFieldFile('push'))
  it.each(noThirdFieldFiles ? [] : readdirSync(folder))('is read: %s', async (name) => {
    const bytes = readFileSync(join(folder, name)).toString('latin1').replace('@PATH@', path())
    expect(await send(latin(bytes))).toBe('200')
    expect(await camera()).toMatchObject({ refusedPush: { count: 4, isReadSince: true } })
    expect((await camera())?.reason).not.toBe('pushRefused')
  })
})
