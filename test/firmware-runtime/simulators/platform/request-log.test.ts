// The live log: what of an exchange it keeps, its filters and its bounds,
// and the text that had to be signed byte for byte.
import { describe, expect, test } from 'vitest'
import type { Delivery } from '#simulators/platform/records/exchange.ts'
import { createRequestLog } from '#simulators/platform/request-log.ts'
import { charge, chargePath, createRig, nowMs } from './rig.ts'

const all = { after: 0, limit: 1000, appId: null, name: null, code: null }

function setUp() {
  const rig = createRig()
  const log = createRequestLog()
  return {
    log,
    send(method: string, path: string, body?: unknown, over = {}, atMs = nowMs) {
      const request = rig.request(method, path, body, over)
      const answer = rig.model.handle(request, atMs)
      const delivery: Delivery = answer === null ? { do: 'nothing' } : { do: 'answer', answer }
      log.note(request, delivery, atMs, 3)
    },
  }
}

describe('the live log', () => {
  test('keeps one exchange whole, with the reason and the text to sign', () => {
    const { log, send } = setUp()
    const body = charge({ realFee: 1 })
    send('POST', chargePath, body, { nonce: 'N'.repeat(32), stampMs: nowMs - 7000 })
    const whole = log.whole(1)
    const stamp = String(Math.floor(nowMs / 1000) - 7)
    expect(whole).toMatchObject({
      appId: 'RIG1',
      name: `POST ${chargePath}`,
      status: 400,
      respCode: '200004',
      did: 'answer',
      clockOffsetSec: -7,
      tookMs: 3,
      detail: { field: '/payFee' },
    })
    const text = `POST\n${chargePath}\n${stamp}\n${'N'.repeat(32)}\n${JSON.stringify(body)}\n`
    expect(whole?.signedText).toBe(text)
    expect(log.whole(2)).toBeNull()
  })

  test('by channel, interface, beginning of a code and number; of many the last ones', () => {
    const { log, send } = setUp()
    send('POST', chargePath, charge())
    send('GET', '/v1/certificates')
    send('GET', '/v1/certificates', undefined, { appId: 'OTHER' })
    send('GET', '/v1/certificates', undefined, { signer: 'nobody' })
    const seqs = (wanted: object): number[] => log.list({ ...all, ...wanted }).map(({ seq }) => seq)
    expect(seqs({})).toEqual([1, 2, 3, 4])
    expect(seqs({ after: 2 })).toEqual([3, 4])
    expect(seqs({ limit: 1 })).toEqual([4])
    expect(seqs({ appId: 'OTHER' })).toEqual([3])
    expect(seqs({ name: `POST ${chargePath}` })).toEqual([1])
    expect(seqs({ code: '4' })).toEqual([3, 4])
    expect(seqs({ code: '400006' })).toEqual([4])
    expect(log.channels()).toMatchObject([
      { appId: 'RIG1', requests: 3, refused: 1, lastCode: '400006' },
      { appId: 'OTHER', requests: 1, refused: 1, lastCode: '400003' },
    ])
  })

  test('what is of long ago is neither a rate nor wrong, and a thousand are kept', () => {
    const { log, send } = setUp()
    for (let i = 0; i < 1100; i++) send('GET', '/v1/nowhere')
    expect(log.list(all)).toHaveLength(1000)
    expect(log.lastSeq).toBe(1100)
    expect(log.whole(100)).toBeNull()
    expect(log.perSecond(nowMs)).toBe(100)
    expect(log.refusedLately(nowMs)).toEqual({ '400004': 1000 })
    expect(log.perSecond(nowMs + 10_001)).toBe(0)
    expect(log.refusedLately(nowMs + 300_001)).toEqual({})
  })

  test('invented channels do not fill it, and what is no JSON is kept as it is', () => {
    const { log, send } = setUp()
    for (let i = 0; i < 600; i++) send('GET', '/v1/nowhere', undefined, { appId: `X${i}` })
    expect(log.channels()).toHaveLength(500)
    const page = { status: 503, headers: {}, body: Buffer.from('<html>') }
    const request = { method: 'GET', path: '/', headers: {}, body: Buffer.alloc(20_000, 'x') }
    log.note(request, { do: 'answer', answer: page }, nowMs, 0)
    const whole = log.whole(601)
    expect(whole).toMatchObject({ appId: '', respCode: '', answerBody: '<html>', signedText: null })
    expect(whole?.body).toHaveLength(16_384)
  })
})
