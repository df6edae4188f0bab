// Sentences that stopped an owner: words of the code, paths of members, commands, names that differ by language, a
// recommendation printed as an obligation, and what is said about a demo. Each row was read on a screen.
import { createApp } from 'vue'
import { describe, expect, it } from 'vitest'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { noteIn, noteSentence } from '#base/pure/words/notes.ts'
import type { ApiError } from '#base/calls/rows.ts'
import FaultNote from '#renderer/components/FaultNote.vue'
import { i18n } from '#renderer/i18n/index.ts'
import { messages } from '#renderer/i18n/catalogue.ts'
import { t as simWord } from '#renderer/platform-sim/words.ts'
import { clockOf, timeOf } from '#renderer/platform-sim/server.ts'

const at = (language: 'zh' | 'en', path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (part, key) => (part as Readonly<Record<string, unknown>>)[key],
      messages[language],
    )

describe('an entry is called the same in both languages', () => {
  it.each([
    ['nav.of.money', '经营', 'Business'],
    ['nav.of.works', '工程', 'Site work'],
    ['coupons.title', '优惠券与欠费', 'Coupons, arrears'],
    ['belief.title', '当时的设置', 'Past settings'],
    ['belief.title', '当时的设置', 'Past settings'],
    ['rehearsal.dial.total', '未入账金额', 'Not yet booked'],
  ])('%s', (path, zh, en) => {
    expect([at('zh', path), at('en', path)]).toEqual([zh, en])
  })
})

/** Units, protocols and examples that are written so in Chinese too. */
const known = /dBm|dBi|dBuV|dB\b|mDNS|ttyUSB\d*|tinySA/g
const texts = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(texts)
const codeWord = /\b[a-z]+[A-Z]\w*|UND_ERR|(?:^|\s)\/[a-z]+\/|\bundefined\b/

it('no sentence of the window has a word of the code', () => {
  const all = texts(messages.zh).map((text) =>
    text.replaceAll(/\{\w+\}/g, '').replaceAll(known, ''),
  )
  expect(all.filter((text) => codeWord.test(text))).toEqual([])
})

it.each(['RUN-03', 'RUN-05', 'JOIN-02', 'ACT-02', 'CAM-06'] as const)(
  '%s tells an owner what to do without a command',
  (code) => {
    const { what, means, todo } = faults[code]
    for (const { zh, en } of [what, means, todo]) {
      expect(`${zh} ${en}`).not.toMatch(/etc-lane|runtime|运行时/)
      expect(zh).not.toMatch(codeWord)
    }
  },
)

it.each([
  ['noWholeAnswer 1000', '1 秒', '1 s'],
  ['noWholeAnswer 200', '0.2 秒', '0.2 s'],
  ['noWholeAnswer 15000', '15 秒', '15 s'],
])('%s is said in seconds', (note, zh, en) => {
  const said = noteSentence(present(noteIn(note), note))
  expect([said.zh.includes(zh), said.en.includes(en), /ms/.test(said.zh)]).toEqual([
    true,
    true,
    false,
  ])
})

it('a recommendation is not printed as an obligation', () => {
  const clause = [at('zh', 'assistant.clause'), at('en', 'assistant.clause')].map(String)
  expect(clause[0]).toContain('建议')
  expect(clause[0]).not.toContain('须')
  expect(clause[1]).toContain('recommended')
})

it('an override of the survey is not called as letting a car go', () => {
  const { todo } = faults['ACCEPT-01']
  expect(todo.zh).not.toContain('放行')
  expect(at('zh', 'acceptance.override')).not.toMatch(/放行|先行/)
})

describe('the path of a member', () => {
  const shown = (over: Partial<ApiError>): string => {
    const error = {
      code: 'JOIN-02',
      message: '',
      means: '',
      todo: '',
      value: '',
      field: '',
      ...over,
    }
    const root = document.createElement('div')
    const app = createApp(FaultNote, { error }).use(i18n)
    app.mount(root)
    const text = root.textContent
    app.unmount()
    return text
  }
  const why = { zh: '还缺:联系人', en: 'missing: contact' }
  it.each(['/contact', '/lot/name', '/sandbox', '/devices/lanes/exit/rsu'])(
    '%s is not shown where a sentence says it',
    (field) => {
      expect(shown({ field, why })).not.toContain(field)
      expect(shown({ field, why })).toContain('还缺：联系人')
    },
  )
  it('is shown where nothing else says it, and a value always', () => {
    expect(shown({ field: '/contact' })).toContain('/contact')
    expect(shown({ code: 'LOT-02', field: '/lot/name', why })).toContain('/lot/name')
    expect(shown({ field: '/contact', why, value: '测A12345' })).toContain('测A12345')
  })
})

describe('the pages of the simulated platform', () => {
  it.each(['test', 'refundFee', 'keyOfOperator', 'chargedFen', 'signed', 'endSure'] as const)(
    '%s has Chinese marks',
    (word) => {
      const text = simWord(word)
      expect(text).toBe(chineseMarks(text))
      expect(text).not.toMatch(/[\u4e00-\u9fff][,:;()?]/)
    },
  )
  it.each([
    ['2026-03-01T16:30:05.000Z', '2026-03-02 00:30:05'],
    ['2026-03-02T00:30:05+08:00', '2026-03-02 00:30:05'],
    ['2025-12-31T16:00:00Z', '2026-01-01 00:00:00'],
    ['not a time', 'not a time'],
  ])('%s is Beijing time', (iso, shownAs) => {
    expect(timeOf(iso)).toBe(shownAs)
    if (shownAs.startsWith('2')) expect(clockOf(Date.parse(iso))).toBe(shownAs.slice(11))
  })
})
