// Unsent records of another computer, sent from the start page: missing fields are named, each record moves the
// progress, Escape stops it, and the answer says what is still open and what the platform refused.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CarriedRecords, CarryAnswer, CarryProgress } from '#runtime/api/start.ts'
import { i18n } from '#renderer/i18n/index.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  wordOf,
  textOf,
  press,
  hit,
  submit,
  type,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'

let wishes: unknown[]
let stops: number
let progress: (now: CarryProgress) => void
let answer: PromiseWithResolvers<CarryAnswer>
const carried = { dir: '/media/stick/out', records: 40, open: 0, refused: [] }

beforeEach(async () => {
  wishes = []
  stops = 0
  const carry = (wish: unknown, onProgress: typeof progress): Promise<CarryAnswer> => {
    wishes.push(wish)
    progress = onProgress
    answer = Promise.withResolvers()
    return answer.promise
  }
  const stopCarry = (): Promise<void> => {
    stops++
    return Promise.resolve()
  }
  vi.stubGlobal('start', { known: () => Promise.resolve([]), carry, stopCarry })
  const lot = new ScriptedLot()
  lot.refuses('board.get', 'START-01')
  vi.spyOn(lot, 'subscribe').mockReturnValue(() => undefined)
  await openPage(lot, '/lane')
  await press('start-carry')
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const send = (): Promise<void> => submit(one(named('carry-form')))
async function sends(): Promise<void> {
  await type('[name="carryFrom"]', '/media/stick/out')
  await type('[name="keyText"]', 'ETC-KEY')
  await send()
}
async function ends(data: Partial<CarriedRecords>): Promise<string> {
  answer.resolve({ ok: true, data: { ...carried, ...data } })
  await settle()
  return textOf('carried')
}

it('says what is missing, with the focus in the first field', async () => {
  expect(document.activeElement).toBe(one('[name="carryFrom"]'))
  await send()
  expect(textOf('missing')).toContain(wordOf('start.missing.carryFrom'))
  await type('[name="carryFrom"]', '/media/stick/out')
  expect(textOf('missing')).toContain(wordOf('start.missing.key'))
  expect(wishes).toEqual([])
})

it('moves with each record, once however often it is pressed, and says that all are answered', async () => {
  await sends()
  await send()
  expect(wishes).toEqual([{ from: '/media/stick/out', keyFile: '', keyText: 'ETC-KEY' }])
  expect(textOf('carrying')).toContain(wordOf('start.carryOpening'))
  progress({ done: 7, records: 40 })
  await settle()
  expect(textOf('carrying')).toContain('已处理 7 条，共 40 条')
  const bar = one('progress') as HTMLProgressElement
  expect([bar.value, bar.max]).toEqual([7, 40])
  i18n.global.locale.value = 'en'
  await settle()
  expect(textOf('carrying')).toBe('7 of 40 records done')
  expect(await ends({})).toMatch(/answered every record: 40[^]*\/media\/stick\/out/)
  expect(all('progress')).toEqual([])
})

it('stops by Escape, says what is open and what was not taken, and goes on by a press', async () => {
  await sends()
  await hit('Escape')
  await hit('Escape')
  expect(stops).toBe(1)
  const text = await ends({ open: 33, refused: [{ businessNo: 'PGX1', reason: 'amountMismatch' }] })
  for (const part of ['7 条有了平台的应答', '33 条还没有结果', '没有收下的记录：1 条', 'PGX1'])
    expect(text).toContain(part)
  expect(textOf('carry-run')).toBe(wordOf('start.carryAgain'))
  await send()
  expect(wishes).toHaveLength(2)
  expect(await ends({ records: 0 })).toContain(wordOf('queue.empty'))
})

it('a refusal is said with its code, and the form stays as it was filled', async () => {
  await sends()
  const error = { code: 'TRANSFER-02', message: '', field: '', value: 'K7' }
  answer.resolve({ ok: false, error })
  await settle()
  for (const part of ['TRANSFER-02', 'K7', '什么也没有发送'])
    expect(one('[role="alert"]').innerText).toContain(part)
  expect((one('[name="keyText"]') as HTMLTextAreaElement).value).toBe('ETC-KEY')
  await hit('Escape')
  expect(all(named('start-carry'))).toHaveLength(1)
})

it('a form that is left stops what it began', async () => {
  await sends()
  closePage()
  expect(stops).toBe(1)
})
