// What sandbox candidates meet besides an admin's faults: magic charges, moods from a seed, and shifted time. A production
// channel meets no magic charge and no mood, and one candidate's random numbers do not depend on another.
import { describe, expect, test } from 'vitest'
import { magicRows } from '#simulators/platform/magic.ts'
import { createMoods } from '#simulators/platform/moods.ts'
import { timeRoutes } from '#simulators/platform/time-admin.ts'
import {
  appId,
  charge,
  chargePath,
  createRig,
  nowMs,
  otherId,
  readAnswer,
  exchangeAt,
} from './rig.ts'
import type { Rig } from './rig.ts'

const polite = () => createMoods({ seed: 1, isPolite: true, waitMaxMs: 0 })

/** The answer to a candidate's charge as its connection sees it; with `appId`, to one of production. */
async function told(rig: Rig, moods: ReturnType<typeof polite>, body: unknown, whom = otherId) {
  const request = rig.request('POST', chargePath, body, { appId: whom })
  const delivery = await exchangeAt(rig, request, (asked) => moods.next(whom, asked))
  if (!('answer' in delivery)) return delivery.do
  const isPage = delivery.answer.headers['content-type']?.startsWith('text/html') === true
  const isSigned = delivery.answer.headers['etc-signature'] !== undefined
  if (isPage) return String(delivery.answer.status)
  return isSigned ? readAnswer(delivery.answer).respCode : 'unsigned'
}

const costing = (fen: number) => charge({ payFee: fen, discountFee: 0, realFee: fen })

describe('a magic charge', () => {
  const first = { busy: '500002', down: '503', forged: 'unsigned', lost: 'hangUp' } as const
  const again = { busy: '100000', down: '100000', forged: '100000', lost: '100001' } as const

  test.each(magicRows)('$amountFen or $plate: $what', async (row) => {
    for (const body of [costing(row.amountFen), charge({ vehiclePlate: row.plate })]) {
      const rig = createRig({ isSandbox: true })
      const moods = polite()
      const no = String(body['outTradeNo'])
      const answers = [await told(rig, moods, body), await told(rig, moods, body)]
      if (row.once !== undefined) expect(answers).toEqual([first[row.once], again[row.once]])
      if (row.refuse !== undefined) expect(answers).toEqual([row.refuse, row.refuse])
      if (row.late !== undefined) expect(answers).toEqual(['100002', '100002'])
      const { data } = rig.send('GET', `${chargePath}/${no}`, undefined, { appId: otherId })
      const ends = row.late ?? (row.refuse === undefined ? 'SUCCESS' : 'FAILED')
      expect(data['status']).toBe(ends)
    }
  })

  test('is one like any other in production', () => {
    const rig = createRig()
    for (const { amountFen, plate } of magicRows)
      for (const body of [costing(amountFen), charge({ vehiclePlate: plate })])
        expect(rig.send('POST', chargePath, body).respCode).toBe('100000')
  })
})

describe('moods', () => {
  const request = createRig().request('POST', chargePath, charge())
  const run = (seed: number, others: number) => {
    const moods = createMoods({ seed, isPolite: false, waitMaxMs: 15_000 })
    return Array.from({ length: 200 }, () => {
      for (let n = 0; n < others; n++) moods.next('SBOTHER', request)
      const { before, after, isLate } = moods.next(otherId, request)
      return [before?.do, before?.ms, after?.do, isLate].join(' ')
    })
  }

  test('are of the seed and of the channel, whatever others do; each kind comes', () => {
    expect(run(7, 3)).toEqual(run(7, 0))
    expect(run(8, 0)).not.toEqual(run(7, 0))
    const all = run(7, 0).join('\n')
    for (const what of ['busy', 'delay', 'hangUp', 'true']) expect(all).toContain(what)
  })

  test('are counted for the report with the seed, and none are of a polite platform', () => {
    const moods = createMoods({ seed: 7, isPolite: false, waitMaxMs: 0 })
    for (let n = 0; n < 200; n++) expect(moods.next(otherId, request).before?.do).not.toBe('delay')
    expect(Object.keys(moods.thrown(otherId) ?? {}).toSorted()).toEqual([
      'busy',
      'dressed',
      'late',
      'lost',
      'seed',
    ])
    const even = polite()
    for (let n = 0; n < 200; n++)
      expect(even.next(otherId, request)).toMatchObject({
        before: null,
        after: null,
        isLate: false,
      })
    expect(even.thrown(otherId)).toBeNull()
  })

  test('a dressed answer says the same in another order', () => {
    const moods = createMoods({ seed: 7, isPolite: false, waitMaxMs: 0 })
    const texts = Array.from({ length: 20 }, () =>
      moods.next(otherId, request).dress('{"respCode":"100000","data":{"a":1,"b":2}}'),
    )
    expect(new Set(texts).size).toBe(2)
    for (const text of texts)
      expect(JSON.parse(text)).toMatchObject({ respCode: '100000', data: { a: 1, b: 2 } })
  })

  test('a charge that is decided late is decided when it is first asked for, and came again', () => {
    const rig = createRig({ isSandbox: true })
    const late = { before: null, after: null, isLate: true, dress: (text: string) => text }
    const body = charge({ outTradeNo: 'LATE' })
    const send = () =>
      readAnswer(
        rig.model.handle(rig.request('POST', chargePath, body, { appId: otherId }), nowMs, late),
      )
    expect([send().respCode, send().respCode]).toEqual(['100002', '100002'])
    expect([...(rig.model.state.onboarding.tried.get(otherId)?.values() ?? [])]).toMatchObject([
      {
        codes: new Map([
          ['100002', 1],
          ['100001', 1],
        ]),
      },
    ])
    const result = rig.send('GET', `${chargePath}/LATE`, undefined, { appId: otherId })
    expect(result.data).toMatchObject({ status: 'SUCCESS', openBarrier: true })
  })
})

describe('time that is moved', () => {
  const bill = '/v1/bills/exit?date=2026-11-20'
  const desk = (rig: Rig) => timeRoutes({ model: () => rig.model, nowMs: () => nowMs })
  const post = (rig: Rig, body: unknown): unknown =>
    desk(rig)['POST /time']?.({ id: '', query: new URLSearchParams(), key: '', body })

  test('brings the bill of one channel, and ends its certificate; signatures keep their time', () => {
    const rig = createRig()
    const ask = (whom: string): string => rig.send('GET', bill, undefined, { appId: whom }).respCode
    expect([ask(appId), ask(otherId)]).toEqual(['100002', '100002'])
    post(rig, { appId: otherId, shiftMs: 20 * 3_600_000 })
    expect([ask(appId), ask(otherId)]).toEqual(['100002', '100000'])
    post(rig, { appId: otherId, shiftMs: 25 * 3_600_000 })
    expect([ask(appId), ask(otherId)]).toEqual(['100002', '400010'])
    post(rig, { shiftMs: 20 * 3_600_000 })
    expect(ask(appId)).toBe('100000')
  })

  test.each([{ shiftMs: '1' }, { shiftMs: 0.5 }, { shiftMs: 1e15 }, { shiftMs: 1, appId: '?' }])(
    '%j is refused',
    (body) => {
      const rig = createRig()
      expect(() => post(rig, body)).toThrowError(expect.objectContaining({ code: 'ARG-01' }))
      expect(rig.model.shiftOf(appId)).toBe(0)
    },
  )
})
