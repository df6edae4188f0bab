// Taking money for a waiting car: means, amount, cash given and change, and the arguments of the call.
// An order is paid with the amount due; for a car without an order a person sets the price.
import { beforeEach, describe, expect, it } from 'vitest'
import type { BoardView, LaneView } from '#lane/calls/views.ts'
import { boards, isoAt } from '../pages/lane/lane-views.ts'
import {
  all,
  choose,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  click,
  sayWho,
  sign,
  showBoard,
  hit,
} from '../kit/page.ts'
import { couponCodeOf } from '#base/pure/values/coupon-code.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/lane')
})

const unknown = { stayId: null, orderId: null, amountFen: 0, dueFen: 0 }
const withoutStay = (): BoardView => ({
  ...boards.error,
  lanes: boards.error.lanes.map((lane) =>
    lane.car === null ? lane : { ...lane, car: { ...lane.car, ...unknown, manual: 'noStay' } },
  ),
})

describe('other payment', () => {
  beforeEach(async () => {
    await showBoard(lot, boards.error)
    localStorage.setItem('studio.attendant', '值班员甲')
  })

  it('is there only for a car that needs a person', async () => {
    expect((one(test('settle')) as HTMLButtonElement).disabled).toBe(false)
    await showBoard(lot, boards.normal)
    expect((one(test('settle')) as HTMLButtonElement).disabled).toBe(true)
    await hit('F9')
    expect(all('form.act')).toHaveLength(0)
  })

  it('takes what is due of an order and no other amount', async () => {
    await hit('F9')
    await sayWho('值班员甲')
    expect(all('input[name="yuan"]')).toHaveLength(0)
    expect(one(test('settle-due')).textContent).toBe('123.50')
    expect(one(test('do')).textContent.trim()).toBe(wordOf('act.settleDo', { amount: '¥ 123.50' }))
    await submit()
    expect(lot.sent('lane.settle')[0]?.args).toMatchObject({ means: 'cash', amountFen: 12_350 })
  })

  it('says the change of what is given, and sends what was given', async () => {
    await hit('F9')
    await sayWho('值班员甲')
    await type('input[name="given"]', '150')
    expect(one(test('change')).textContent).toBe('¥ 26.50')
    expect(one(test('do')).textContent.trim()).toBe(
      wordOf('act.settleChange', { amount: '¥ 123.50', change: '¥ 26.50' }),
    )
    await submit()
    expect(lot.sent('lane.settle')[0]?.args).toMatchObject({ amountFen: 12_350, givenFen: 15_000 })
  })

  it.each([
    ['100', '还差 ¥ 23.50'],
    ['223.50', '找零达到 ¥ 100.00'],
    ['abc', '最多两位小数'],
  ])('does not take %s for it', async (given, words) => {
    await hit('F9')
    await sayWho('值班员甲')
    await type('input[name="given"]', given)
    await submit()
    expect(lot.sent('lane.settle')).toHaveLength(0)
    expect(one('form.act').textContent).toContain(words)
  })

  it('what was given is of cash alone', async () => {
    await hit('F9')
    await sayWho('值班员甲')
    await type('input[name="given"]', '150')
    await choose('input[name="means"]', 2)
    expect(all('input[name="given"]')).toHaveLength(0)
    await submit()
    expect(lot.sent('lane.settle')[0]?.args).not.toHaveProperty('givenFen')
  })

  it('sends the means and the price that a person sets for a car without a stay', async () => {
    await showBoard(lot, withoutStay())
    await hit('F9')
    await type('input[name="by"]', '值班员甲')
    await type('input[name="yuan"]', '100.05')
    await choose('input[name="means"]', 1)
    await choose('input[name="reason"]')
    expect(one(test('do')).textContent.trim()).toBe(wordOf('act.settleDo', { amount: '¥ 100.05' }))
    await submit()
    expect(lot.sent('lane.settle')[0]?.args).toMatchObject({
      laneId: 'exit',
      means: 'transfer',
      amountFen: 10_005,
    })
  })

  it.each(['abc', '12.345', '-5', '0', '0.00'])('does not send the amount %j', async (text) => {
    await showBoard(lot, withoutStay())
    await hit('F9')
    await sayWho('值班员甲')
    await type('input[name="yuan"]', text)
    await submit()
    expect(lot.sent('lane.settle')).toHaveLength(0)
    expect(one('form.act').textContent).toContain('最多两位小数')
  })

  describe('a car without an entry record has no price', () => {
    beforeEach(async () => {
      await showBoard(lot, withoutStay())
      await hit('F9')
      await settle()
    })
    const button = (): HTMLButtonElement => one(test('do')) as HTMLButtonElement

    it('the field of the price is empty and focused, and nothing can be confirmed', () => {
      const field = one('input[name="yuan"]') as HTMLInputElement
      expect([field.value, document.activeElement === field]).toEqual(['', true])
      expect(button().disabled).toBe(true)
      expect(button().textContent.trim()).toBe(wordOf('act.amountFirst'))
      expect(one('form.act').textContent).not.toContain('0.00')
    })

    it.each(['20', '100', '0.01', '1000'])(
      '%s yuan in the hand: no change is computed',
      async (given) => {
        await sayWho('值班员甲')
        await type('input[name="given"]', given)
        expect(all(test('change'))).toHaveLength(0)
        expect(one('form.act').textContent).not.toContain(`¥ ${given}`)
        await submit()
        expect(lot.sent('lane.settle')).toHaveLength(0)
        // With a price there is a change.
        await type('input[name="yuan"]', '0.01')
        if (given !== '20') return
        expect(one(test('change')).textContent).toBe('¥ 19.99')
      },
    )

    it.each([
      [0, '现金', true],
      [1, '转账', true],
      [2, '免收', false],
      [3, '事后追缴', true],
    ])('means %i (%s) needs an amount: %s', async (index, _name, needs) => {
      await choose('input[name="means"]', index)
      expect(button().disabled).toBe(needs)
      expect(all('input[name="yuan"]')).toHaveLength(needs ? 1 : 0)
    })

    it('a payment code is no means: there is nothing to charge', async () => {
      const board = withoutStay()
      const lanes = board.lanes.map((lane) => ({ ...lane, payByCode: 'ready' as const }))
      await showBoard(lot, { ...board, lanes })
      expect(all('input[name="means"][value="code"]')).toHaveLength(0)
    })

    it('taking money is not the first act: the car is looked for', () => {
      expect(one(test('settle')).classList).not.toContain('primary')
      expect(one(test('correct-plate')).classList).toContain('primary')
    })
  })

  it('an amount that the clock suggests is offered, and can be changed', async () => {
    const clock = { cause: 'behind', readIso: isoAt('10:00:00'), otherIso: null } as const
    const board = withoutStay()
    const lanes = board.lanes.map((lane) =>
      lane.car === null
        ? lane
        : { ...lane, car: { ...lane.car, dueFen: 450, clock: { ...clock, suggestFen: 450 } } },
    )
    await showBoard(lot, { ...board, lanes } as BoardView)
    await hit('F9')
    expect((one('input[name="yuan"]') as HTMLInputElement).value).toBe('4.50')
    expect(one(test('settle')).classList).toContain('primary')
  })

  it('leaves the amount to the order where it is collected later', async () => {
    await hit('F9')
    await sayWho('值班员甲')
    await choose('input[name="means"]', 3)
    await submit()
    expect(lot.sent('lane.settle')[0]?.args).not.toHaveProperty('amountFen')
    expect(lot.sent('lane.settle')[0]?.args).toMatchObject({ means: 'later' })
  })
})

describe('a coupon', () => {
  const coupon = couponCodeOf('lot', Uint8Array.of(1, 2, 3, 4, 5))
  beforeEach(async () => {
    localStorage.setItem('studio.attendant', '值班员甲')
    lot.answers('coupons.use', { ok: true, repeated: false })
    await showBoard(lot, boards.error)
    await hit('F9')
    await sayWho('值班员甲')
  })

  it('is known where a scanner types it, and takes off instead of being paid', async () => {
    await type('input[name="given"]', coupon)
    expect((one('input[name="coupon"]') as HTMLInputElement).value).toBe(coupon)
    expect(one(test('do')).textContent.trim()).toBe(wordOf('coupons.useDo'))
    await submit()
    expect(lot.sent('lane.settle')).toHaveLength(0)
    expect(lot.sent('coupons.use')[0]?.args).toMatchObject({ laneId: 'exit', code: coupon })
  })

  it('with one wrong character is not sent', async () => {
    await click(one('input[name="means"][value="coupon"]'))
    await type('input[name="coupon"]', `${coupon.slice(0, -1)}${coupon.endsWith('0') ? '1' : '0'}`)
    await submit()
    expect(lot.sent('coupons.use')).toHaveLength(0)
    expect(one('form.act').textContent).toContain(wordOf('coupons.codeBad'))
  })
})

describe('a payment code', () => {
  const code = '134567890123456789'
  const withGateway = (payByCode: LaneView['payByCode'] & string): BoardView => ({
    ...boards.error,
    lanes: boards.error.lanes.map((lane) =>
      lane.car === null
        ? lane
        : { ...lane, payByCode, payCode: { text: 'https://p/1', amountFen: 1 } },
    ),
  })
  beforeEach(() => localStorage.setItem('studio.attendant', '值班员甲'))

  it('is offered only where the lot has a gateway', async () => {
    await showBoard(lot, boards.error)
    await hit('F9')
    expect(all('input[name="means"][value="code"]')).toHaveLength(0)
  })

  it('says that the scanner of the lane is not there while it is not, and is taken at the desk', async () => {
    await showBoard(lot, withGateway('noScanner'))
    expect(one(test('no-scanner')).textContent).toContain(wordOf('car.noScanner'))
    await hit('F9')
    expect(all('input[name="means"][value="code"]')).toHaveLength(1)
    await showBoard(lot, withGateway('ready'))
    expect(all(test('no-scanner'))).toHaveLength(0)
  })

  it('is known by its digits where a scanner types it, and sent as it is', async () => {
    await showBoard(lot, withGateway('ready'))
    await hit('F9')
    await sayWho('值班员甲')
    await type('input[name="given"]', code)
    expect((one('input[name="code"]') as HTMLInputElement).value).toBe(code)
    expect(one(test('do')).textContent.trim()).toBe(
      wordOf('act.chargeCode', { amount: '¥ 123.50' }),
    )
    await submit()
    expect(lot.sent('lane.settle')).toHaveLength(0)
    expect(lot.sent('lane.payCode')[0]?.args).toMatchObject({ laneId: 'exit', code })
  })

  async function scan(text: string): Promise<void> {
    for (const key of text) window.dispatchEvent(new KeyboardEvent('keydown', { key }))
    await hit('Enter')
  }

  it('typed by a scanner on the board opens the dialog of the car that waits, filled in', async () => {
    await showBoard(lot, withGateway('ready'))
    await scan(code)
    expect((one('input[name="code"]') as HTMLInputElement).value).toBe(code)
    expect(lot.sent('lane.payCode')).toHaveLength(0)
    await sign('值班员甲')
    expect(lot.sent('lane.payCode')[0]?.args).toMatchObject({ laneId: 'exit', code })
  })

  it.each([
    ['a page of the web', 'https://qr.example/12345678', 'ready', 'SCAN-01'],
    ['a code while one is charged', code, 'running', 'SCAN-02'],
  ] as const)('%s opens none and is said', async (_name, text, byCode, fault) => {
    await showBoard(lot, withGateway(byCode))
    await scan(text)
    expect(all('form.act')).toHaveLength(0)
    expect(one(test('last-scan')).textContent).toContain(fault)
    expect(lot.sent('lane.payCode')).toHaveLength(0)
  })

  it('what the scanner of the lane could not take is on the board', async () => {
    const lastScan = { code: 'SCAN-03', note: 'half', atIso: '2026-11-22T08:14:51+08:00' }
    const board = withGateway('ready')
    await showBoard(lot, { ...board, lanes: board.lanes.map((lane) => ({ ...lane, lastScan })) })
    expect(one(test('last-scan')).textContent).toContain('SCAN-03')
  })

  it('rubbish is not sent', async () => {
    await showBoard(lot, withGateway('ready'))
    await hit('F9')
    await sayWho('值班员甲')
    await click(one('input[name="means"][value="code"]'))
    await type('input[name="code"]', '12345')
    await submit()
    expect(lot.sent('lane.payCode')).toHaveLength(0)
    expect(one('form.act').textContent).toContain(wordOf('act.codeBad'))
  })

  it('that is being charged, or was not paid, is said on the board', async () => {
    await showBoard(lot, withGateway('running'))
    expect(one(test('code-runs')).textContent).toContain(wordOf('car.codeRuns'))
    await showBoard(lot, withGateway('failed'))
    expect(document.body.textContent).toContain(wordOf('car.codeFailed'))
    await showBoard(lot, withGateway('unknown'))
    expect(document.body.textContent).toContain(wordOf('car.codeUnknown'))
  })

  it('of a gateway that is silent is no choice, and since when is said on the board', async () => {
    const board = withGateway('silent')
    const paySilentSinceIso = '2026-11-22T08:14:51+08:00'
    await showBoard(lot, {
      ...board,
      lanes: board.lanes.map((lane) => ({ ...lane, paySilentSinceIso })),
    })
    expect(one(test('pay-silent')).textContent).toContain('08:14')
    await hit('F9')
    expect(all('input[name="means"][value="code"]')).toHaveLength(0)
  })
})
