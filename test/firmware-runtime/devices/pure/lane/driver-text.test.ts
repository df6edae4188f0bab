// Every text that a lane can show, within the limits of a board: at most four phrases of at most 32 bytes of GBK, nothing
// cut, amounts and plate verbatim, and only what concerns the driver.
import { describe, expect, it } from 'vitest'
import {
  driverText,
  manualText,
  pageOf,
  paidText,
  type DriverText,
} from '#devices/pure/lane/driver-text.ts'
import { boardText } from '#devices/pure/display/olm/text.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'

/** All reasons: a missing one does not compile. */
const reasons: Record<ManualReason, true> = {
  obuNotRead: true,
  plateNotRead: true,
  passInDoubt: true,
  noStay: true,
  insufficient: true,
  blacklisted: true,
  expiredCard: true,
  cardNetwork: true,
  repeatCharge: true,
  amountRefused: true,
  psamRefused: true,
  recordRefused: true,
  plateMismatch: true,
  obuInvalid: true,
  refused: true,
  noAnswerTwice: true,
  platformDown: true,
  rsuGone: true,
  noRsu: true,
  largeAmount: true,
  repeatSuspected: true,
  offlineCaps: true,
  statusList: true,
  noDestination: true,
  psamNotAuthorised: true,
  psamNotStated: true,
  listTooOld: true,
  notSignedIn: true,
  signInExpired: true,
  outcomeUnknown: true,
  ledgerStopped: true,
  cardDamaged: true,
  tooLate: true,
  clockUnsure: true,
  outsideFence: true,
  positionUnknown: true,
  lotFull: true,
  flowControl: true,
}
const manualReasons = Object.keys(reasons) as ManualReason[]

const all: readonly (readonly [string, DriverText])[] = [
  ...Object.entries(driverText),
  ...manualReasons.flatMap((reason) => [
    [`${reason} due`, manualText(reason, 123_456)] as const,
    [`${reason} free`, manualText(reason, 0)] as const,
  ]),
  ['paid', paidText('测AD12345', 4_455, 9_999_950)],
  ['paid in cash with change', paidText('测AD12345', 4_455, 9_999_950, 9_950)],
  ['paid without a plate', paidText(null, 0, 1)],
  ['paid without an entry', paidText('测AD12345', null, 9_999_950)],
]

describe.each(all)('%s', (_, text) => {
  const { phrases, speech, tone } = pageOf(text)
  it('fits a board of four lines', () => {
    expect(phrases.length).toBeLessThanOrEqual(4)
    for (const phrase of [...phrases, speech]) {
      expect(boardText(phrase).text, 'GBK has every character').toBe(phrase)
    }
    for (const phrase of phrases) expect(boardText(phrase).bytes.length).toBeLessThanOrEqual(32)
    expect(boardText(speech).bytes.length).toBeLessThanOrEqual(254)
  })
  it('keeps every word', () => {
    const said = text.zh.replaceAll(/¥ ?(\d+)\.00/g, '$1元').replaceAll(/¥ ?([\d.]+)/g, '$1元')
    expect(phrases.join('')).toBe(said.replaceAll(' ', ''))
  })
  it('is said only where the driver has something to do', () => {
    expect(speech === '').toBe(tone === 'wait')
  })
})

describe('why a car needs a person', () => {
  it.each(manualReasons)('%s is said in both languages, with what to do', (reason) => {
    const free = manualText(reason, 0)
    expect(free.zh).toMatch(/^\S{2}.* 请联系值班员$/)
    expect(free.en).toMatch(/^[A-Z][A-Za-z ,-]+\. Please call the attendant$/)
    const due = manualText(reason, 1200)
    // No payment is demanded for a doubtful clock or a row that could not be written.
    if (['clockUnsure', 'ledgerStopped'].includes(reason)) expect(due).toEqual(free)
    else expect([due.zh, due.en].join()).toMatch(/请用其他方式缴费 ¥ 12\.00,.*: ¥ 12\.00$/)
    expect([free.tone, due.tone]).toEqual(['stop', 'stop'])
  })
  it('no two reasons read the same, but where the driver can do the same about them', () => {
    const same = new Map<string, ManualReason[]>()
    for (const reason of manualReasons) {
      const { zh, en } = manualText(reason, 0)
      same.set(`${zh} ${en}`, [...(same.get(`${zh} ${en}`) ?? []), reason])
    }
    expect([...same.values()].filter((of) => of.length > 1)).toEqual([
      ['plateNotRead', 'passInDoubt'],
      ['psamNotAuthorised', 'psamNotStated'],
    ])
  })
})

describe('words of a board', () => {
  it('a paid car reads its plate, its stay and its amount', () => {
    expect(pageOf(paidText('测A12345', 133, 1200))).toEqual({
      phrases: ['测A12345', '停2时13分', '12元', '一路顺风'],
      tone: 'go',
      speech: '测A12345,停车2小时13分钟,收费12元,一路顺风',
    })
  })
  it('a car that has to pay another way reads why and how much', () => {
    expect(pageOf(manualText('obuNotRead', 1250))).toEqual({
      phrases: ['未读到ETC标签', '请用其他方式缴费', '12.50元'],
      tone: 'stop',
      speech: '未读到ETC标签,请用其他方式缴费,请缴费12.50元',
    })
  })
  it('an empty lane shows nothing and says nothing', () => {
    expect(pageOf(driverText.idle)).toEqual({ phrases: [], tone: 'wait', speech: '' })
  })
})
