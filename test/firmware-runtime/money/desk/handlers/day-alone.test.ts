// What one person alone may give back when closing an item: up to the lot's limit, then checked by another person.
// Above the limit a second person must approve, as for a refund.
import { beforeEach, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { carAtExit } from '../../../lane/lot/pay-lot.ts'
import { MemoryLedgerService, startMs } from '../../../runtime/control/control-kit.ts'

const day = isoOf(startMs).slice(0, 10)
let days: ControlDay
let acts = 0
const who = () => ({ by: '李四', reason: '退给车主', commandId: `day-alone-${++acts}` })

beforeEach(() => {
  const { runtime, time, ledger } = carAtExit()
  const service = new MemoryLedgerService(ledger as never)
  const sums = () => Promise.resolve({ stays: 0, payments: [], refunds: [] })
  const config = { capacity: 60, aloneFenMax: 2_000 }
  const parts = { runtime, service: Object.assign(service, { sums }), config }
  days = new ControlDay(parts as never, new ControlActs(runtime, time.clock))
})

const open = async () => (await days.get({ day })).items.filter(({ end }) => end === null)
/** The drawer holds more than was paid: the count gives an item. */
async function found(countedFen: number) {
  await days.count({ countedFen, ...who() }, 'owner')
  const itemId = (await open())[0]?.itemId ?? ''
  return { itemId, how: 'refunded', refundMeans: 'cash' } as const
}

it('within the amount goes back, and waits for a look of another person', async () => {
  const end = { ...(await found(2_000)), ...who() }
  expect(await days.end(end, 'owner')).toMatchObject({ repeated: false })
  expect(await days.get({ day })).toMatchObject({ cashBackFen: 2_000 })
  expect(await open()).toMatchObject([{ kind: 'alone', by: '李四', foundFen: 2_000 }])
  expect(await days.end(end, 'owner')).toMatchObject({ repeated: true })
  expect(await open()).toHaveLength(1)
})

it('more than the amount goes back by two people', async () => {
  const end = await found(2_001)
  await expect(days.end({ ...end, ...who() }, 'owner')).rejects.toMatchObject({
    code: 'DAY-01',
    detail: { field: '/approvedBy' },
  })
  expect(await days.get({ day })).toMatchObject({ cashBackFen: 0 })
  await days.end({ ...end, ...who(), approvedBy: '王五' }, 'owner')
  expect(await days.get({ day })).toMatchObject({ cashBackFen: 2_001 })
  expect(await open()).toEqual([])
})

it('ended by two at once goes back once; the other is told that it has ended', async () => {
  const end = await found(1_000)
  const both = await Promise.allSettled([
    days.end({ ...end, ...who() }, 'owner'),
    days.end({ ...end, ...who() }, 'owner'),
    days.writeOff({ itemId: end.itemId, ...who() }, 'owner'),
  ])
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await days.get({ day })).toMatchObject({ cashBackFen: 1_000, drawer: { backFen: 1_000 } })
})

it('what another person looks at is no money that is left: nothing of it goes back again', async () => {
  await days.end({ ...(await found(2_000)), ...who() }, 'owner')
  const itemId = (await open())[0]?.itemId ?? ''
  const again = { itemId, how: 'refunded', refundMeans: 'cash', ...who(), by: '王五' } as const
  await expect(days.end(again, 'owner')).rejects.toMatchObject({
    code: 'DAY-01',
    detail: { field: '/refundMeans' },
  })
  expect(await days.get({ day })).toMatchObject({ cashBackFen: 2_000 })
  await days.end({ itemId, how: 'explained', ...who(), by: '王五' }, 'owner')
  expect(await open()).toEqual([])
})

it('what words alone explain is given up: within the amount by one, seen by another; above it by two', async () => {
  const { itemId } = await found(2_000)
  const words = { itemId, how: 'explained', evidence: '班前备用金条' } as const
  await days.end({ ...words, ...who() }, 'owner')
  expect(await open()).toMatchObject([{ kind: 'alone', by: '李四', foundFen: 2_000 }])
  const [alone] = await open()
  const end = { itemId: alone?.itemId ?? '', how: 'explained' } as const
  await expect(days.end({ ...end, ...who() }, 'owner')).rejects.toMatchObject({ code: 'DAY-01' })
  await days.end({ ...end, ...who(), by: '王五' }, 'owner')
  // The item stays on the page of its day with everything said about it.
  const { items } = await days.get({ day })
  expect(items.find((one) => one.itemId === itemId)?.end).toMatchObject({
    how: 'explained',
    evidence: '班前备用金条',
    reason: '退给车主',
    by: '李四',
  })
  const more = await found(2_001)
  await expect(days.end({ ...words, itemId: more.itemId, ...who() }, 'owner')).rejects.toThrow(
    'a second person',
  )
  expect(await open()).toHaveLength(1)
})

it.each(['explained', 'found'] as const)('%s without what shows it ends nothing', async (how) => {
  const { itemId } = await found(1_000)
  await expect(days.end({ itemId, how, ...who() }, 'owner')).rejects.toMatchObject({
    code: 'DAY-01',
    detail: { field: '/evidence' },
  })
  expect(await open()).toHaveLength(1)
})
