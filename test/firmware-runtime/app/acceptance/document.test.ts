// The document of an acceptance: each item with its verdict, and on every page that a run was simulated.
// Its look is that of all reports; what it says is asked here.
import { baseRules } from '../../../../firmware-runtime/core/values/rules/packs.ts'
import { expect, it } from 'vitest'
import { acceptanceItems } from '../../../../firmware-runtime/acceptance/items/index.ts'
import { clauseOf } from '../../../../firmware-runtime/acceptance/item.ts'
import type { AcceptanceView } from '../../../../firmware-runtime/api/acceptance-views.ts'
import { acceptanceDocument } from '../../../../firmware-runtime/app/acceptance/document.ts'
import { t } from '../../../../firmware-runtime/core/values/fault-text.ts'

const lot = { name: t('一号场', 'Lot one'), lotId: 'GX00099' }
const view = (simulated: boolean): AcceptanceView => ({
  sessionId: 'A1',
  fromIso: '2026-03-02T00:00:00.000+08:00',
  simulated,
  rules: { packId: 'guangxi', standard: 'DBJT45/T 065-2024' },
  lock: { why: t('没有勘测', 'no survey'), override: { by: '验收员', reason: '原因', atIso: 'x' } },
  waiting: [],
  other: null,
  isRunning: false,
  planting: null,
  failed: null,
  items: acceptanceItems.map(({ id, title, printed, steps, expected, assumed }, i) => ({
    id,
    clause: clauseOf(id, baseRules),
    title,
    printed,
    steps,
    expected: expected(baseRules),
    assumed: assumed(baseRules),
    limits: baseRules.limits(id),
    verdict: i === 0 ? 'fail' : 'pass',
    words: i === 0 ? t('金额不符', 'another amount') : t('好', 'good'),
    simulated,
    evidence: [{ source: 'ledger', ref: '17', text: 'x' }],
    failed: [],
    red: null,
    judgedAtIso: 'x',
  })),
})
const textOf = (simulated: boolean, language: 'zh' | 'en'): string =>
  JSON.stringify(acceptanceDocument(view(simulated), lot, 0, language))

it('has every row with its verdict, why, and what it stands on', () => {
  const text = textOf(false, 'en')
  for (const { id } of acceptanceItems) expect(text).toContain(`"${clauseOf(id, baseRules)}"`)
  for (const said of ['another amount', 'ledger 17', 'no survey', '验收员', 'Lot one GX00099'])
    expect(text).toContain(said)
  expect(textOf(false, 'zh')).toContain('不通过')
})

it('says at the foot of every page that a run was simulated, and of no other', () => {
  const foot = (simulated: boolean) => acceptanceDocument(view(simulated), lot, 0, 'zh').footer
  expect(foot(true)).toMatch(/^模拟运行，不是验收 · 第 \{page\} 页/)
  expect(foot(false)).toMatch(/^第 \{page\} 页/)
  expect(textOf(true, 'en')).toContain('SIMULATED, no acceptance')
})
