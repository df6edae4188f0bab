// Faults around one exchange, each before and after the effect, without sockets and without time.
// Whether a fault struck before or after the effect shows in the stored records.
import { describe, expect, test } from 'vitest'
import { stateOf } from '#simulators/platform/admin.ts'
import { exchange, flipBits } from '#simulators/platform/records/exchange.ts'
import type { Delivery, ExchangePorts } from '#simulators/platform/records/exchange.ts'
import { answerText } from '#simulators/platform/envelope.ts'
import { createFaultEngine } from '#simulators/shell/faults.ts'
import { appId, charge, chargePath, createRig, nowMs, otherId, readAnswer } from '../rig.ts'
import { standIn } from '../rig.ts'
import type { Rig } from '../rig.ts'
import { isPlatformPlace, platformPlaces } from '#simulators/platform/model.ts'

const place = `POST ${chargePath}`

interface Stage {
  readonly rig: Rig
  readonly ports: ExchangePorts
  readonly acts: string[]
  readonly faults: ReturnType<typeof createFaultEngine>
}

function stage(...faults: readonly object[]): Stage {
  const rig = createRig()
  const engine = createFaultEngine({ ofAllAlone: ['silence', 'reboot', 'unplug'] })
  engine.add(faults)
  const acts: string[] = []
  let silent = false
  const note = (text: string): Promise<void> => {
    acts.push(text)
    return Promise.resolve()
  }
  return {
    rig,
    acts,
    faults: engine,
    ports: {
      model: () => rig.model,
      decide: engine.decide,
      nowMs: () => nowMs,
      wait: (ms) => note(`wait ${ms}`),
      nextDelivered: (ms) => note(`next ${ms}`),
      settled: () => note(`settled ${rig.rows.filter((row) => row.t === 'act').length}`),
      silence(ms) {
        acts.push(`silence ${ms}`)
        silent = true
      },
      isSilent: () => silent,
      outage: (ms, forget) => acts.push(`outage ${ms} ${forget}`),
    },
  }
}

const send = (s: Stage, body: unknown = charge()): Promise<Delivery> =>
  exchange(s.ports, s.rig.request('POST', chargePath, body))
const records = (s: Stage): unknown => stateOf(s.rig.model)['records']
const answerOf = (delivery: Delivery) => {
  expect('answer' in delivery).toBe(true)
  return readAnswer('answer' in delivery ? delivery.answer : null)
}
const isSigned = (answer: ReturnType<typeof answerOf>): boolean => {
  const { headers, body } = answer
  const text = answerText(headers['etc-timestamp'] ?? '', headers['etc-nonce'] ?? '', body)
  return headers['etc-signature'] === Buffer.from(standIn('platform', text)).toString('base64')
}

test('without faults the rows are on disk before the answer leaves', async () => {
  const s = stage()
  const delivery = await send(s)
  expect(answerOf(delivery).respCode).toBe('100000')
  expect(s.acts).toEqual(['settled 1'])
})

describe.each([
  ['before', 0],
  ['after', 1],
] as const)('%s the effect', (when, effect) => {
  const fault = (action: string, more: object = {}) => ({ at: place, when, do: action, ...more })

  test('drop: no answer, the connection stays', async () => {
    const s = stage(fault('drop'))
    expect(await send(s)).toEqual({ do: 'nothing' })
    expect(records(s)).toBe(effect)
  })

  test('delay: the answer comes late and is good', async () => {
    const s = stage(fault('delay', { ms: 4000 }))
    const answer = answerOf(await send(s))
    expect([answer.respCode, isSigned(answer)]).toEqual(['100000', true])
    expect(s.acts).toContain('wait 4000')
    expect(s.acts.indexOf('wait 4000')).toBe(effect)
  })

  test('cut: half an answer', async () => {
    const s = stage(fault('cut'))
    expect((await send(s)).do).toBe('half')
    expect(records(s)).toBe(effect)
  })

  test('status: an HTML page of somebody in between', async () => {
    const s = stage(fault('status', { status: 503 }))
    const delivery = await send(s)
    expect(delivery).toMatchObject({ do: 'answer', answer: { status: 503 } })
    const text = 'answer' in delivery ? Buffer.from(delivery.answer.body).toString() : ''
    expect(text).toContain('<html>')
    expect(records(s)).toBe(effect)
  })

  test('reorder: waits for another exchange', async () => {
    const s = stage(fault('reorder'))
    expect(answerOf(await send(s)).respCode).toBe('100000')
    expect(s.acts).toContain('next 2000')
  })

  test('silence: nobody is answered for a while', async () => {
    const s = stage(fault('silence', { ms: 700 }))
    expect(await send(s)).toEqual({ do: 'nothing' })
    expect(await send(s)).toEqual({ do: 'nothing' })
    expect(s.acts).toContain('silence 700')
    expect(records(s)).toBe(effect)
  })

  test.each([
    ['reboot', 'outage 300 true'],
    ['unplug', 'outage 300 false'],
  ])('%s: the connection ends', async (action, act) => {
    const s = stage(fault(action, { ms: 300 }))
    expect(await send(s)).toEqual({ do: 'hangUp' })
    expect(s.acts).toContain(act)
    expect(records(s)).toBe(effect)
  })

  test('forge: a success that the platform never signed', async () => {
    const s = stage(fault('forge'))
    const answer = answerOf(await send(s, charge({ outTradeNo: 'WISH' })))
    expect(answer.data).toMatchObject({
      outTradeNo: 'WISH',
      status: 'SUCCESS',
      chargedFee: 1200,
      openBarrier: true,
    })
    expect(isSigned(answer)).toBe(false)
    expect(answer.headers['etc-signature'] === undefined).toBe(when === 'before')
    expect(records(s)).toBe(effect)
  })
})

test('forge of a query answers for the number that was asked', async () => {
  const s = stage({ at: `GET ${chargePath}/{outTradeNo}`, when: 'before', do: 'forge' })
  const delivery = await exchange(s.ports, s.rig.request('GET', `${chargePath}/Q1`))
  expect(answerOf(delivery).data['outTradeNo']).toBe('Q1')
})

test('duplicate before: the bytes arrive twice and take effect once', async () => {
  const s = stage({ at: place, when: 'before', do: 'duplicate' })
  expect(answerOf(await send(s)).respCode).toBe('100000')
  expect(stateOf(s.rig.model)).toMatchObject({ records: 1, gateRefusals: { '400008': 1 } })
})

test('duplicate after: one answer twice', async () => {
  const s = stage({ at: place, when: 'after', do: 'duplicate' })
  const delivery = await send(s)
  expect([delivery.do, answerOf(delivery).respCode]).toEqual(['twice', '100000'])
})

test('flip before: the signature of the request fails; after: that of the answer', async () => {
  const before = stage({ at: place, when: 'before', do: 'flip', bits: 1 })
  const refused = answerOf(await send(before))
  expect([refused.respCode, isSigned(refused), records(before)]).toEqual(['400006', true, 0])
  const after = stage({ at: place, when: 'after', do: 'flip', bits: 3 })
  const delivery = await send(after)
  expect('answer' in delivery && delivery.answer.status).toBe(200)
  expect(records(after)).toBe(1)
  const { headers, body } = 'answer' in delivery ? delivery.answer : { headers: {}, body: null }
  expect(body).not.toBeNull()
  expect(Object.keys(headers)).toContain('etc-signature')
})

test('while a delayed request is worked on, its number is busy', async () => {
  const s = stage({ at: place, when: 'before', do: 'delay', ms: 3000 })
  const wait = Promise.withResolvers<void>()
  const body = charge()
  const slow = exchange(
    { ...s.ports, wait: () => wait.promise },
    s.rig.request('POST', chargePath, body),
  )
  expect(answerOf(await send(s, body))).toMatchObject({ status: 409, respCode: '500002' })
  wait.resolve()
  expect(answerOf(await slow).respCode).toBe('100000')
  expect(answerOf(await send(s, body)).respCode).toBe('100001')
})

test.each([
  [`GET ${chargePath}/{outTradeNo}`],
  [`GET ${chargePath}`],
  [`GET ${chargePath}/Q1`],
  ['*'],
])('a fault hits by the name %s', async (at) => {
  const s = stage({ at, when: 'before', do: 'drop' })
  expect(await exchange(s.ports, s.rig.request('GET', `${chargePath}/Q1?x=1`))).toEqual({
    do: 'nothing',
  })
  expect(s.faults.list()).toMatchObject([{ hits: 1 }])
})

test.each([
  [1, 1],
  [8, 8],
  [0, 1],
  [100, 16],
])('%i bits asked, %i flipped', (bits, flipped) => {
  const out = flipBits(new Uint8Array(2), bits)
  const ones = [...out].map((b) => b.toString(2).replaceAll('0', '').length)
  expect((ones[0] ?? 0) + (ones[1] ?? 0)).toBe(flipped)
  expect(flipBits(new Uint8Array(0), bits)).toEqual(new Uint8Array(0))
})

describe('a fault of one channel', () => {
  const own = { at: place, do: 'drop', appId }
  const ask = (s: Stage, over: object): Promise<Delivery> =>
    exchange(s.ports, s.rig.request('POST', chargePath, charge(), over))

  test.each(['before', 'after'])(
    '%s the effect it hits that one and counts no other',
    async (when) => {
      const s = stage({ ...own, when })
      expect((await ask(s, { appId: otherId })).do).toBe('answer')
      expect((await ask(s, { signer: 'other' })).do).toBe('answer')
      expect(s.faults.list()).toMatchObject([{ seen: 0, hits: 0 }])
      expect((await ask(s, {})).do).toBe('nothing')
      expect(s.faults.list()).toMatchObject([{ seen: 1, hits: 1 }])
    },
  )

  test.each([
    [{ appId: 'no channel' }, '/appId'],
    [{ do: 'reboot' }, '/do'],
    [{ do: 'silence' }, '/do'],
  ])('%j is refused', (change, field) => {
    expect(() => stage({ ...own, ...change })).toThrowError(
      expect.objectContaining({ code: 'ARG-01', detail: expect.objectContaining({ field }) }),
    )
  })
})

describe('places of faults', () => {
  test.each([
    ...platformPlaces,
    `GET ${chargePath}`,
    `GET ${chargePath}/P1`,
    `PUT /v1/batches`,
    `PUT /v1/batches/plates/P1/2026112014`,
  ])('%s is one', (at) => expect(isPlatformPlace(at)).toBe(true))

  test.each([
    'B5',
    '',
    chargePath,
    `PUT ${chargePath}`,
    `GET ${chargePath}/P1/more`,
    'POST /v1/etc/exit-charge',
  ])('%j is none, and is refused', (at) => {
    const engine = createFaultEngine({ places: platformPlaces, isPlace: isPlatformPlace })
    expect(() => engine.add({ at, do: 'drop' })).toThrowError(
      expect.objectContaining({
        code: 'ARG-01',
        detail: expect.objectContaining({ field: '/at' }),
      }),
    )
  })
})
