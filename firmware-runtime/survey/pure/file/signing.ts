// Prevents signing by oversight over rows of table D.1 that have not passed: a person who signs nevertheless must name each
// of them, with the reason and the person responsible.
import type { Why } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isClosed } from '../item.ts'
import type { SurveyProject } from './project.ts'
import { isNamed, isReason } from '../reasons.ts'
import type { SignedDespite, UnpassedRow } from './record.ts'
import { itemViews, type ItemView } from './survey-view.ts'

export interface SigningStop {
  readonly rows: readonly UnpassedRow[]
  /** The rows and the instructions. */
  readonly words: BilingualText
}

const order = ['fail', 'incomplete', 'marginal'] as const

const said = {
  fail: t('不符合', 'failed'),
  incomplete: t('未完成', 'not complete'),
  marginal: t('临界', 'marginal'),
} as const satisfies Record<UnpassedRow['verdict'], BilingualText>

const todo = {
  fail: t('整改并复测不符合的项目', 'mend what failed and measure it again'),
  incomplete: t('补测未完成的项目', 'measure what is not complete'),
  marginal: t(
    '继续测临界的项目(第 5 项可录入 OBU 交易)',
    'go on with what is marginal (row 5: enter transactions of OBUs)',
  ),
} as const satisfies Record<UnpassedRow['verdict'], BilingualText>

export const unpassedRows = (items: readonly ItemView[]): readonly UnpassedRow[] =>
  items.flatMap(({ id: item, verdict }) => (isClosed(verdict) ? [] : [{ item, verdict }]))

/** `第 5 项不符合;第 7、8 项未完成`. */
export function rowsWords(rows: readonly UnpassedRow[]): BilingualText {
  const parts = order.flatMap((verdict) => {
    const of = rows.filter((row) => row.verdict === verdict).map(({ item }) => item.slice(1))
    if (of.length === 0) return []
    const row = of.length === 1 ? 'row' : 'rows'
    return [
      t(`第 ${of.join('、')} 项${said[verdict].zh}`, `${row} ${of.join(', ')} ${said[verdict].en}`),
    ]
  })
  return t(parts.map(({ zh }) => zh).join(';'), parts.map(({ en }) => en).join('; '))
}

/** Null: every row has passed or is not required. */
export function signingStop(items: readonly ItemView[]): SigningStop | null {
  const rows = unpassedRows(items)
  if (rows.length === 0) return null
  const which = rowsWords(rows)
  const acts = order.filter((verdict) => rows.some((row) => row.verdict === verdict))
  const zh = acts.map((verdict) => todo[verdict].zh).join(',')
  const en = acts.map((verdict) => todo[verdict].en).join(', ')
  return {
    rows,
    words: t(
      `还不能签字:${which.zh}。请先${zh};仍要签字的,须书面写明理由和责任人`,
      `It cannot be signed yet: ${which.en}. First ${en}; to sign nevertheless, write why and who answers for it`,
    ),
  }
}

const keyOf = (rows: readonly UnpassedRow[]): string =>
  rows
    .map(({ item, verdict }) => `${item} ${verdict}`)
    .toSorted()
    .join()

/** Reason against signing now; null: allowed. Exactly the present unpassed rows must be named. */
export function signingRefusal(
  survey: SurveyProject,
  despite: SignedDespite | undefined,
): { readonly value: string; readonly note: Why } | null {
  const stop = signingStop(itemViews(survey))
  const value = keyOf(stop?.rows ?? [])
  if (despite === undefined) return stop === null ? null : { value, note: stop.words.en }
  if (keyOf(despite.rows) === value)
    return isReason(despite.reason) && isNamed(despite.who)
      ? null
      : {
          value: despite.reason,
          note: t(
            '理由至少 10 个字,责任人须具名',
            'the reason has 10 characters or more, and the person responsible a name',
          ),
        }
  const note =
    stop === null
      ? t('各行都已通过,没有要放行的', 'every row has passed: nothing is to be overridden')
      : t(
          '所写的行不是现在没有通过的那些',
          'the rows that are named are not those that have not passed now',
        )
  return { value, note }
}
