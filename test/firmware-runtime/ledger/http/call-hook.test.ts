// The hook over a real socket: what it sends, how it is signed, and that only 2xx is taken.
// A server that redirects, refuses or never answers is a call that did not get out.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { callHook, callSignature } from '#ledger/http/call-hook.ts'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function served(status: number, headers: Record<string, string> = {}, said = 'answer') {
  const seen: { request: IncomingMessage; body: string }[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push({ request, body })
      response.writeHead(status, headers).end(said)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { seen, url: `http://127.0.0.1:${port}/calls?lot=1` }
}

function post(url: string, body: string, nowSec = 1_700_000_000, key = 'k1') {
  const hook = callHook({ url, caFile: null, secret: 'hook', key, nowSec: () => nowSec })
  closers.push(() => hook.close())
  return new Promise<readonly [boolean, string]>((done) => {
    hook.post(body, 'exit-1', (isTaken, reason) => done([isTaken, reason]))
  })
}

it('posts the body with its id, its time and an HMAC over both', async () => {
  const { seen, url } = await served(204)
  const body = '{"laneId":"exit","cause":"button"}'
  expect((await post(url, body))[0]).toBe(true)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.body).toBe(body)
  expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/calls?lot=1' })
  expect(seen[0]?.request.headers).toMatchObject({
    'x-etc-lane-call': 'exit-1',
    'x-etc-lane-time': '1700000000',
    'x-etc-lane-signature': callSignature('k1', 1_700_000_000, body),
  })
  // openssl dgst -sha256 -hmac k1 over `1700000000.{}`.
  expect(callSignature('k1', 1_700_000_000, '{}')).toBe(
    'sha256=785007fcdfc0a1ff84024b971255b4ed6d6252a8ab40f7c5a4ea4f4da336a83b',
  )
})

it.each([
  [302, { location: 'http://127.0.0.1:9/' }],
  [401, {}],
  [503, {}],
] as const)('a status of %i is not taken, and no redirect is followed', async (status, headers) => {
  const { seen, url } = await served(status, headers)
  expect(await post(url, '{}')).toEqual([false, `answerStatus ${status}`])
  expect(seen).toHaveLength(1)
})

it.each([
  [
    '{"errcode":310000,"errmsg":"sign not match"}',
    false,
    'answerDenies errcode 310000 sign not match',
  ],
  ['{"code":19021,"msg":"sign match fail"}', false, 'answerDenies code 19021 sign match fail'],
  ['<!DOCTYPE html><title>Sign in</title>', false, 'answerIsPage'],
  [`<html>${'x'.repeat(50_000)}</html>`, false, 'answerIsPage'],
  ['{"errcode":0,"errmsg":"ok"}', true, 'answerStatus 200'],
  ['', true, 'answerStatus 200'],
] as const)('a body of %s under 200', async (said, isTaken, why) => {
  const { url } = await served(200, {}, said)
  expect(await post(url, '{}')).toEqual([isTaken, why])
})

it('nobody there is not taken', async () => {
  const [isTaken, reason] = await post('http://127.0.0.1:1/', '{}')
  expect(isTaken).toBe(false)
  expect(reason).not.toBe('')
})

it('is taken by the receiver of docs/lot-file.md, and by its key and its time alone', async () => {
  const [, source = ''] =
    /```python\n([^`]+)```/.exec(readFileSync('docs/lot-file.md', 'utf8')) ?? []
  const receiver = spawn('python3', ['-c', source, '0', 'k1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  closers.push(() => void receiver.kill())
  const lines: string[] = []
  receiver.stdout.on('data', (bytes: Buffer) => lines.push(bytes.toString()))
  while (!lines.join('').includes('\n')) await once(receiver.stdout, 'data')
  const url = `http://127.0.0.1:${/port (\d+)/.exec(lines.join(''))?.[1] ?? ''}/`
  const nowSec = Math.floor(Date.now() / 1000)
  const body = '{"laneId":"exit"}'
  expect(await post(url, body, nowSec)).toEqual([true, 'answerStatus 204'])
  expect(await post(url, body, nowSec, 'another')).toEqual([false, 'answerStatus 403'])
  expect(await post(url, body, nowSec - 3_600)).toEqual([false, 'answerStatus 403'])
  expect(lines.join('')).toContain("{'laneId': 'exit'}")
})
