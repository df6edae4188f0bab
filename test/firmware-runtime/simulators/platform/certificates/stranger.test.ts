// An impolite sandbox once gives a candidate a stranger's answer to a repeated charge that was answered before; not if the
// first answer was lost or invalid, and not a second time, also after a restart.
import { beforeEach, expect, test } from 'vitest'
import type { FaultAction } from '#simulators/shell/faults.ts'
import { action, evenMood } from '#simulators/platform/moods.ts'
import { createStranger } from '#simulators/platform/certificates/stranger.ts'
import {
  charge,
  chargePath,
  createRig,
  exchangeAt,
  nowMs,
  otherId,
  readAnswer,
  type Rig,
} from '../rig.ts'

interface Fate {
  readonly before?: FaultAction
  readonly after?: FaultAction
}

let rig: Rig
let stranger: ReturnType<typeof createStranger>
beforeEach(() => {
  rig = createRig({ isSandbox: true })
  stranger = createStranger(() => rig.model)
})

/** The answer that a candidate gets, with these faults of the platform. */
async function sent(body: unknown, { before, after }: Fate = {}, whom = otherId) {
  const request = rig.request('POST', chargePath, body, { appId: whom })
  const mood = { ...evenMood, before: before ?? null, after: after ?? null }
  const delivery = await exchangeAt(rig, request, (asked) =>
    stranger.instead(whom, asked, mood, nowMs),
  )
  stranger.left(request, delivery)
  if (!('answer' in delivery)) return delivery.do
  const { respCode, headers } = readAnswer(delivery.answer)
  return headers['etc-signature'] === undefined ? `unsigned ${respCode}` : respCode
}
const met = () => rig.model.state.onboarding.strangers.get(otherId)

test('a charge that was answered comes again: somebody else says it is right, and it was not known', async () => {
  const body = charge({ outTradeNo: 'P1' })
  expect([await sent(body), await sent(body)]).toEqual(['100000', 'unsigned 100000'])
  expect(met()).toEqual({ no: 'P1', isAskedAgain: false })
  expect(rig.rows.filter(({ t }) => t === 'again')).toEqual([])
  expect([await sent(body), await sent(body)]).toEqual(['100001', '100001'])
  expect(met()).toEqual({ no: 'P1', isAskedAgain: true })
})

test.each([
  ['was lost', { after: action('hangUp') }, 'hangUp'],
  ['was that it is busy', { before: action('busy') }, '500002'],
])('what comes again because its answer %s is no repeat yet', async (_, fate, said) => {
  const body = charge({ outTradeNo: 'P1' })
  expect(await sent(body, fate)).toBe(said)
  expect(await sent(body)).toMatch(/^10000[01]$/)
  expect(met()).toBeUndefined()
  expect(await sent(body)).toBe('unsigned 100000')
})

test('comes when nothing else happens to the charge, and once', async () => {
  const [one, two] = [charge({ outTradeNo: 'P1' }), charge({ outTradeNo: 'P2' })]
  expect(await sent(one)).toBe('100000')
  expect(await sent(one, { after: action('hangUp') })).toBe('hangUp')
  expect(met()).toBeUndefined()
  expect(await sent(one)).toBe('unsigned 100000')
  expect([await sent(two), await sent(two)]).toEqual(['100000', '100001'])
  rig = rig.again()
  expect([await sent(two), await sent(one)]).toEqual(['100001', '100001'])
})

test('a number of another channel is not the one that was answered', async () => {
  const body = charge({ outTradeNo: 'P1' })
  expect([await sent(body), await sent(body, {}, rig.appId)]).toEqual(['100000', '100000'])
})
