// Application and confirmation of a charge (P34) against the simulated platform: requests are as its page defines them, the
// money moves once and only with the confirmation, and a cancelled or late application is over.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { SendOp } from '#ledger/pure/queue/records.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import * as encode from '#ledger/pure/platforms/guangxi/encode.ts'
import { startedPlatform, type PlatformProcess } from './platform-process.ts'
import { chargeFacts } from './exit-charge.ts'

const lot = { lotId: '450100001', provinceCode: '4501' }
const realFen = 500
let sim: PlatformProcess

beforeAll(async () => {
  sim = await startedPlatform()
  await told('POST', 'policy', { consumptions: 'required' })
})
afterAll(() => sim.close())

async function told(method: string, what: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) }
  const answer = await fetch(`${sim.admin}/${what}`, { method, ...sent })
  return answer.json()
}

const bodyOf = (outTradeNo: string): string => {
  const facts = chargeFacts(outTradeNo, Date.now())
  const plate = `测B${outTradeNo.slice(-5)}`
  return encode.encodeExitCharge({ ...facts, plate, payFen: realFen, realFen, mode: 2, unit: null })
}

/** One charge as the queue sends it, step by step. */
function charge(outTradeNo: string, amountFen = realFen) {
  const uploader = platformUploader(sim.platform, guangxi, lot, undefined, { twoStep: true })
  const body = bodyOf(outTradeNo)
  return (op: SendOp, no = 1): Promise<QueueVerdict> => {
    const consumption = { no, untilMs: null, tries: 1 }
    const record = { op: 'charge', businessNo: outTradeNo, amountFen, lastPostMs: null } as const
    return new Promise((resolve) => {
      uploader.send({ ...record, body, consumption }, op, 600_000, (verdict) => resolve(verdict))
    })
  }
}
const books = () => told('GET', 'books?kind=exit-charges')

it('is applied for, moves nothing, and is charged once by its confirmation, however often that is sent', async () => {
  const step = charge('PC00001')
  const before = await books()
  expect(await step('apply')).toMatchObject({ kind: 'allowed' })
  expect(await step('apply')).toMatchObject({ kind: 'allowed' })
  expect(await step('query')).toEqual({ kind: 'notFound' })
  expect(await books()).toEqual(before)
  expect(await step('post')).toMatchObject({ kind: 'confirmed' })
  expect(await step('post')).toMatchObject({ kind: 'confirmed' })
  expect(await step('query')).toMatchObject({ kind: 'confirmed' })
  // A second application for the same number charges nothing more.
  await step('apply', 2)
  expect(await step('post', 2)).toMatchObject({ kind: 'confirmed' })
  // What is charged cannot be cancelled: its result is asked for.
  expect(await step('cancel')).toEqual({ kind: 'processing' })
  expect(await step('query')).toMatchObject({ kind: 'confirmed' })
  expect(await books()).toMatchObject({ count: 1, totalFen: realFen })
})

it('what was taken back, is late or was never there is over, and charges nothing', async () => {
  const step = charge('PC00002')
  expect(await step('post')).toEqual({ kind: 'lapsed' })
  expect(await step('apply')).toMatchObject({ kind: 'allowed' })
  expect(await step('cancel')).toMatchObject({ kind: 'refused' })
  expect(await step('post')).toEqual({ kind: 'lapsed' })
  await told('POST', 'policy', { consumptionSec: -1 })
  expect(await step('apply', 2)).toMatchObject({ kind: 'allowed' })
  expect(await step('post', 2)).toEqual({ kind: 'lapsed' })
  await told('POST', 'policy', { consumptionSec: 120 })
  expect(await books()).toMatchObject({ count: 1 })
})

it('a refused application has its reason, and more than what is held is not charged', async () => {
  const over = charge('PC00003', realFen + 1)
  expect(await over('apply')).toMatchObject({ kind: 'unclear' })
  await told('POST', 'policy', { largeFeeFen: 100 })
  expect(await charge('PC00004')('apply')).toMatchObject({ kind: 'refused', reason: 'largeAmount' })
  await told('POST', 'policy', { largeFeeFen: null })
  expect(await books()).toMatchObject({ count: 1 })
})
