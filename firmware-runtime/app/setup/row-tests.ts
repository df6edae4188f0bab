// What of a set-up can be tested, by the row whose form has it, and whether it was: a row that is filled in is not called good
// by that. An antenna is tested by the survey; names, prices and people by nobody.
import type { SetupDraft } from '../../api/setup-draft.ts'
import type { SetupRow, SetupRowId } from '../../api/setup-views.ts'
import { deviceWords } from '../../core/lane/siting.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { platformWords } from './destinations.ts'
import type { TryWish } from './device-try.ts'
import { devicesOf } from './lot-of-draft.ts'

interface RowTest {
  readonly wish: TryWish
  readonly name: BilingualText
}

/** When it passed its newest test, as it is now; null: it did not. */
export type PassedAt = (wish: TryWish) => string | null

const tried = ['camera', 'barrier', 'display'] as const

const testOf = (
  laneId: string,
  device: TryWish['device'],
  link: string,
  name: BilingualText,
): readonly RowTest[] =>
  link === '' ? [] : [{ wish: { laneId, device, what: 'look', link }, name }]

const deviceTests = (draft: SetupDraft): readonly RowTest[] =>
  (draft.lot?.lanes ?? []).flatMap(({ id, name }) =>
    tried.flatMap((kind) => {
      const { zh, en } = deviceWords[kind]
      const of = t(`${name || id} ${zh}`, `${name || id}: ${en}`)
      return testOf(id, kind, devicesOf(draft, id)[kind], of)
    }),
  )

function chargeTests(draft: SetupDraft): readonly RowTest[] {
  const { charge, gateway, operator, etcOperator, reservation } = draft
  const { printers = [], scanners = [] } = draft
  const platform = charge?.platform ?? 'later'
  const words = {
    platform: t('平台', 'the platform'),
    gateway: t('扫码支付网关', 'the gateway'),
    printer: t('打印机', 'printer'),
    scanner: t('扫码器', 'scanner'),
  }
  return [
    ...testOf('platform', 'platform', platform === 'later' ? '' : platform.url, words.platform),
    ...testOf('operator', 'operator', operator?.url ?? '', platformWords.operator),
    ...testOf('etcOperator', 'etcOperator', etcOperator?.url ?? '', platformWords.etcOperator),
    ...testOf('gateway', 'gateway', gateway?.url ?? '', words.gateway),
    ...testOf('reservation', 'reservation', reservation?.broker ?? '', platformWords.reservation),
    ...printers.flatMap(({ id, link }) => testOf(id, 'printer', link, words.printer)),
    ...scanners.flatMap(({ id, link }) => testOf(id, 'scanner', link, words.scanner)),
  ]
}

const tests: Readonly<Partial<Record<SetupRowId, (draft: SetupDraft) => readonly RowTest[]>>> = {
  devices: deviceTests,
  charge: chargeTests,
}

/** Where copies go is told by the page of copies, and a lot that was driven through by its records. */
const besides: Readonly<Partial<Record<SetupRowId, SetupRow['test']>>> = {
  keep: 'missing',
  firstCar: 'passed',
}

/** With what was tested of it, where it is filled in; what was not is named. */
export function withTests(row: SetupRow, draft: SetupDraft, passedAt: PassedAt): SetupRow {
  if (row.state !== 'done') return row
  const all = tests[row.id]?.(draft) ?? []
  if (all.length === 0) return { ...row, test: besides[row.id] ?? 'none' }
  const found = all.map((one) => ({ ...one, atIso: passedAt(one.wish) }))
  const missing = found.filter(({ atIso }) => atIso === null).map(({ name }) => name)
  if (missing.length === 0) {
    const [first] = found.flatMap(({ atIso }) => atIso ?? []).sort()
    return { ...row, test: 'passed', testedAtIso: first ?? null }
  }
  const [zh, en] = [
    missing.map((one) => one.zh).join('、'),
    missing.map((one) => one.en).join(', '),
  ]
  const why = t(`${row.why.zh};还没有测试:${zh}`, `${row.why.en}; not tested yet: ${en}`)
  return { ...row, why, test: 'missing' }
}
