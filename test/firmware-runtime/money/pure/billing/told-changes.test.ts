// How a change is announced to people in one line: old and new values, and from when they apply.
import { expect, it } from 'vitest'
import { toldText } from '#money/pure/billing/told-changes.ts'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'

it('parts that end in figures stand apart from the next one in both languages', () => {
  const takeAtMs = present(parseIso('2026-03-15T00:00:00+08:00'), 'a time')
  const before = { largeAmountFen: 10_000, offlineFen: 5_000 }
  const after = { largeAmountFen: 8_000, offlineFen: 3_000 }
  const said = toldText({ of: 'configuration', version: 'C2', before, after, takeAtMs })
  for (const text of [chineseMarks(said.zh), said.en]) {
    expect(text).toContain('2026-03-15 00:00')
    expect(text).not.toMatch(/;\S/)
  }
})
