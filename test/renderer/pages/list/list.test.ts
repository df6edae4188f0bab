// The page of the status list: its age in words, when the lanes stop to debit cards, a download by press, and a file that
// somebody brought. A refusal is no success, and who may not act has no button.
import { beforeEach, describe, expect, it } from 'vitest'
import type { DebitEndView, ListView } from '#base/calls/list-views.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { isoAt } from '../lane/lane-views.ts'
import { listView } from './list-view.ts'
import { all, named, openPage, type, wordOf, textOf, sign, press } from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

async function open(over: Partial<ListView> = {}, role: Role | null = null): Promise<void> {
  lot.list = listView(over)
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, '/list')
}
const isThere = (name: string): boolean => all(named(name)).length > 0

describe('how old the list is', () => {
  it.each([
    ['fresh', 600, '✓ 新的', '10 分钟前'],
    ['old', 2_400, '▲ 下载晚了', '40 分钟前'],
    ['expired', 90_000, '✕ 超过时限', '前'],
  ] as const)('%s', async (state, ageSec, said, age) => {
    await open({ state, ageSec })
    expect(textOf('list-state')).toContain(said)
    expect(textOf('list-state')).toContain(age)
    expect(textOf('list-version')).toContain('20417')
    expect(textOf('list-version')).toContain(wordOf('list.sourceOf.platform'))
  })

  it('none is said, with what went wrong at the last try', async () => {
    await open({
      state: 'none',
      version: '0',
      asOfIso: null,
      ageSec: null,
      count: null,
      source: 'none',
      fault: { code: 'LIST-06', note: 'noWholeAnswer 300000' },
    })
    expect(textOf('list-state')).toBe('✕ 还没有名单')
    expect(textOf('status-list')).toContain('LIST-06')
  })
})

describe('hours before a lane stops to debit cards', () => {
  const end: DebitEndView = {
    atIso: isoAt('18:20:00'),
    isOver: false,
    why: 'listTooOld',
    then: 'code',
  }
  it.each([
    [end, '18:20:00 起', '之后：扫码支付或人工'],
    [
      { ...end, isOver: true, why: 'signInExpired', then: 'person' },
      '天线签到到期',
      '现在：人工处理',
    ],
  ] as const)(
    'it is said on the lane and on the page of the list',
    async (debitEnd, when, then) => {
      const { board } = lot
      lot.board = { ...board, lanes: board.lanes.map((lane) => ({ ...lane, debitEnd })) }
      await open()
      expect(textOf('debit-end')).toContain(when)
      expect(textOf('debit-end')).toContain(then)
      closePage()
      await openPage(lot, '/lane')
      expect(textOf('debit-end')).toContain('本车道')
      expect(textOf('debit-end')).toContain(then)
    },
  )
})

it('is downloaded by press, and a refusal is no success', async () => {
  await open()
  lot.answers('list.now', listView({ version: '20418' }))
  await press('list-now')
  expect(lot.argsOf('list.now')).toEqual([{ full: false }])
  expect(textOf('status-list')).toContain(`✓ ${wordOf('list.did')}`)
  lot.refuses('list.now', 'LIST-03')
  await press('list-full')
  expect(lot.argsOf('list.now')).toEqual([{ full: false }, { full: true }])
  expect(textOf('status-list')).toContain('LIST-03')
  expect(textOf('status-list')).not.toContain(`✓ ${wordOf('list.did')}`)
})

it('is taken from a file that is chosen, with who and why', async () => {
  await open()
  lot.answers('list.take', listView())
  await press('list-take')
  await type('[name="list-file"]', '/media/stick/list.http')
  await sign('王老板')
  expect(lot.argsOf('list.take')).toMatchObject([
    { path: '/media/stick/list.http', reason: '网络不通' },
  ])
})

it('has no buttons for who may not act, and none where nobody is asked', async () => {
  await open({}, 'auditor')
  expect(isThere('list-now')).toBe(false)
  closePage()
  await open({ nextIso: null, source: 'file' }, 'owner')
  expect(isThere('list-now')).toBe(false)
})
