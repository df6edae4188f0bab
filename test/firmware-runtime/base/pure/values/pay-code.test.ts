// Payment codes by length and first digits; any other text from a scanner is refused.
// A text for the log contains no more than two digits and the length.
import { expect, it } from 'vitest'
import { scanOf, scanWords } from '#base/pure/values/pay-code.ts'

const digits = (first: string, count: number): string => first.padEnd(count, '7')

it.each([
  ...['10', '11', '12', '13', '14', '15'].map((first) => [first, 18, 'wechat'] as const),
  ...['25', '26', '27', '28', '29', '30'].flatMap((first) =>
    [16, 18, 24].map((count) => [first, count, 'alipay'] as const),
  ),
  ['62', 19, 'unionpay'] as const,
])('%s with %i digits is a code of %s', (first, count, wallet) => {
  const code = digits(first, count)
  expect(scanOf(code)).toEqual({ kind: 'code', wallet, code })
  expect(scanOf(`${code}\r\n`)).toEqual({ kind: 'code', wallet, code })
})

it.each([
  '',
  digits('10', 17),
  digits('10', 19),
  digits('16', 18),
  digits('09', 18),
  digits('24', 18),
  digits('31', 18),
  digits('25', 15),
  digits('25', 25),
  digits('62', 18),
  'https://example.test/receipt',
  `${digits('13', 17)}x`,
  `${digits('13', 18)} ${digits('13', 18)}`,
  '１３４５６７８９０１２３４５６７８９',
  '\u0000\u0001',
  '7'.repeat(3_000),
])('%j is none', (text) => {
  expect(scanOf(text)).toEqual({ kind: 'rubbish' })
})

it('what is written of one says two digits and how many there are', () => {
  expect(scanWords(digits('13', 18))).toBe('13… 18')
  expect(scanWords('<script>')).toBe('??… 8')
  expect(scanWords('')).toBe('… 0')
})
