// The table of provinces: a lot uses the dialect of its own province, or is refused.
// A province without a row is refused with its code and the list of provinces that exist.
import { expect, it } from 'vitest'
import { dialectOf, provinceOf, provinces } from '#ledger/pure/platforms/dialects.ts'

it('gives each province its own dialect', () => {
  for (const { province, dialect } of provinces) {
    expect(dialectOf({ provinceCode: `${province}01` })).toBe(dialect)
    expect(provinceOf({ provinceCode: `${province}99` })?.province).toBe(province)
  }
})

it('knows errors by the codes of each province, and takes what it does not know for one', () => {
  for (const { dialect } of provinces) {
    for (const { code, means } of dialect.codes)
      expect([code, dialect.isErrorCode(code)]).toEqual([code, !means.startsWith('1')])
    for (const code of ['NO_PSAM', '', '99999', '000000'])
      expect(dialect.isErrorCode(code)).toBe(true)
  }
})

it.each(['4401', '0145'])('refuses %s, for which nothing is built', (provinceCode) => {
  expect(provinceOf({ provinceCode })).toBeNull()
  expect(() => dialectOf({ provinceCode })).toThrow(
    expect.objectContaining({
      code: 'LOT-02',
      detail: {
        field: '/provinceCode',
        value: provinceCode,
        note: {
          zh: '这个省份还没有规则;已有:45 Guangxi, 21 Liaoning',
          en: 'no rules are built for this province; built: 45 Guangxi, 21 Liaoning',
        },
      },
    }),
  )
})
