// Held records on the queue page: why each is held, which members may be edited and which clause makes the others
// read-only; changes are named first, and nothing is sent without a change, a name and a reason. A fault is shown in
// place of the list.
import { beforeEach, expect, it } from 'vitest'
import type { HeldRecordView } from '#ledger/calls/queue.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { heldRecord } from './held-views-kit.ts'
import {
  all,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  sayWho,
  press,
} from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

const record = heldRecord
const charge: HeldRecordView = { ...record, outboxId: 'n1-U6', mayMend: false, mayRelease: false }

let lot: ScriptedLot
async function shows(...held: readonly HeldRecordView[]): Promise<void> {
  lot.held = held
  await openPage(lot, '/queue')
  await settle()
}
const signs = (): Promise<void> => sayWho('老板', 1)

beforeEach(() => void (lot = new ScriptedLot()))

it('are listed with why in words, and acts for those that may be mended or sent', async () => {
  await shows(record, charge)
  const [first, second] = all(`${test('held-records')} tbody tr`)
  expect(first?.textContent).toContain('平台不收：/deviceId 含不允许的字符（应答码 200005）')
  expect(first?.querySelectorAll('button')).toHaveLength(2)
  expect(second?.querySelectorAll('button')).toHaveLength(0)
})

it('say it in English', async () => {
  await shows(record)
  i18n.global.locale.value = 'en'
  await settle()
  expect(one(test('held-records')).textContent).toContain(
    'the platform refuses /deviceId: characters not allowed (code 200005)',
  )
})

it('are nowhere where there are none', async () => {
  await shows()
  expect(all(test('held-records'))).toHaveLength(0)
})

it('say a fault in their place', async () => {
  lot.refuses('queue.held', 'DATA-02')
  await shows(record)
  expect(all(test('held-records'))).toHaveLength(0)
  expect(document.body.innerText).toContain('DATA-02')
})

it('have fields for what may be mended, and say of the others what protects them', async () => {
  await shows(record)
  await press('mend')
  const rows = all(`${test('members')} tbody tr`)
  expect(rows.map((row) => row.querySelectorAll('input').length)).toEqual([0, 1, 0, 1])
  expect(rows[0]?.textContent).toContain('只读：记录的编号 (P12, D.2)')
  expect(rows[1]?.textContent).toContain(wordOf('queue.mend.named'))
  expect(rows[2]?.textContent).toContain('只读：TAC 涵盖它 (P12)')
  expect(rows[3]?.textContent).toContain(wordOf('queue.mend.optional'))
})

it('send what was changed alone, named before, with who and why', async () => {
  await shows(record)
  await press('mend')
  await signs()
  await submit()
  expect(lot.sent('queue.mend')).toEqual([])
  expect(one('[role="alert"]').textContent).toContain(wordOf('queue.mend.need'))
  await type('input[name="deviceId"]', 'GX-0001')
  expect(one(test('changes')).textContent.trim()).toBe('deviceId:GX00012-exit 改为 GX-0001')
  expect(one(test('do')).textContent.trim()).toBe(wordOf('queue.mend.do', { count: 1 }))
  await submit()
  const args = { outboxId: 'n1-U5', members: { deviceId: 'GX-0001' }, by: '老板' }
  expect(lot.sent('queue.mend')).toMatchObject([{ args }])
})

it('are sent all the same with a name and a reason', async () => {
  await shows(record)
  await press('release')
  await submit()
  expect(lot.sent('queue.release')).toEqual([])
  await signs()
  expect(one(test('do')).textContent.trim()).toBe('照样发送 PGX00012N1')
  await submit()
  expect(lot.sent('queue.release')).toMatchObject([{ args: { outboxId: 'n1-U5', by: '老板' } }])
})

it('are ended with a name and a reason where the platform has their number already', async () => {
  await shows({ ...record, mayMend: false, mayRelease: false, mayEnd: true })
  await press('end')
  expect(document.body.innerText).toContain('平台已有这个编号的记录，这一条再发也不会收')
  await submit()
  expect(lot.sent('queue.end')).toEqual([])
  await signs()
  expect(one(test('do')).textContent.trim()).toBe('结束 PGX00012N1')
  await submit()
  expect(lot.sent('queue.end')).toMatchObject([{ args: { outboxId: 'n1-U5', by: '老板' } }])
})

it('say which other platforms keep the plate that is changed here', async () => {
  await shows({ ...record, plateAlsoAt: ['operator'] })
  await press('mend')
  expect(document.body.innerText).toContain('运营服务商平台也有这辆车的记录')
})
