// A network that asks for a sign-in answers every request with its page and 200. Each client of somebody else's service
// takes that for an answer that it does not understand: neither a yes nor silence. Platforms, the centre and partners have rows
// in their own tests (judge, centre-feed, webhook).
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callHook } from '#ledger/http/call-hook.ts'
import { askTimeStamp } from '#ledger/http/time-stamp-http.ts'
import { paymentClient } from '#money/pay/payment-client.ts'
import { placeAt, readWhole } from '#runtime/slots/place.ts'
import { onvifTimeMs } from '#survey/instruments/http-dates.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'

const page = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>'
let server: Server
let url = ''
beforeAll(async () => {
  server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((done) => server.close(done)))

const clients: Readonly<Record<string, () => Promise<unknown>>> = {
  'help hook': async () => {
    const hook = callHook({ url, caFile: null, secret: 'hook', key: 'k', nowSec: () => 1 })
    try {
      return await new Promise((done) => hook.post('{}', 'c1', (...said) => done(said)))
    } finally {
      await hook.close()
    }
  },
  'payment gateway': () =>
    new Promise((done) =>
      paymentClient({
        http: {
          request(_request, answered) {
            const body = new TextEncoder().encode(page)
            answered({ kind: 'answer', status: 200, headers: {}, body } as HttpAnswer)
            return () => undefined
          },
        },
        keys: [{ keyId: 'k', secretHex: '11'.repeat(32) }],
        merchantNo: 'M',
        clock: { nowMs: () => 1_795_000_000_000 },
        random: { bytes: (count) => new Uint8Array(count) },
        answerMs: 5_000,
      }).capabilities(done),
    ),
  'time stamps': async () => {
    const bytes = await askTimeStamp(new URL(url), new Uint8Array(1), 4_096)
    return new TextDecoder().decode(bytes) === page
  },
  updates: () =>
    readWhole(placeAt(url), 'metadata/1.root.json', 4_096).catch((error: unknown) =>
      error instanceof LaneFault ? error.code : error,
    ),
  'clock of a camera': () => Promise.resolve(onvifTimeMs(page)),
}

it.each([
  ['help hook', [false, 'answerIsPage']],
  // The signature is missing, so it proves nothing; the attempt stays open and is asked for again.
  ['payment gateway', { kind: 'noAnswer', reason: 'unsigned' }],
  // Handed on as bytes: what reads them refuses them by name (EVIDENCE-06).
  ['time stamps', true],
  ['updates', 'UPDATE-26'],
  ['clock of a camera', NaN],
] as const)('%s', async (name, expected) => {
  expect(await clients[name]?.()).toEqual(expected)
})
