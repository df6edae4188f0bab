// `survey cover FILE` and `survey sign FILE`: the texts on the cover of the report, and the signatures. Rows that have
// not passed prevent a signature unless each is named with a reason and a responsible person.
import { t } from '#base/pure/words/fault-text.ts'
import { addCover, checkedLogo, type CheckedLogo } from '../../runs/survey-entries.ts'
import type { CoverTexts } from '../../calls/survey.ts'
import type { SurveyLedger } from '../../runs/survey-ledger.ts'
import type { SurveyRecord } from '../../pure/file/record.ts'
import { signingStop } from '../../pure/file/signing.ts'
import { itemViews } from '../../pure/file/survey-view.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, wrongFlag } from '#base/commands/command.ts'
import { broughtPicture } from './check-acts.ts'
import { recordJson } from './record-acts.ts'
import { withSurvey } from './record-into.ts'

const texts = ['number', 'company', 'address', 'representative'] as const
type CoverValues = Readonly<Record<(typeof texts)[number] | 'logo', string | undefined>>

const given = (values: CoverValues): Partial<CoverTexts> =>
  Object.fromEntries(
    texts.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  )

/** The logo is read and checked before anything is written; `none` removes it. */
export function logoOf(values: CoverValues): { readonly logo?: CheckedLogo | null } {
  const { logo } = values
  if (logo === undefined) return {}
  return { logo: logo === 'none' ? null : checkedLogo(broughtPicture(logo, '--logo')) }
}

/** Null: no flag concerns the cover. */
export function recordCover(
  ledger: SurveyLedger,
  values: CoverValues,
  logo: ReturnType<typeof logoOf>,
  by: string,
): SurveyRecord | null {
  const said = Object.values(values).some((value) => value !== undefined)
  return said ? addCover(ledger, { by, ...given(values), ...logo }) : null
}

export const coverAct = act(
  [
    'survey cover FILE [--number NO] [--company C] [--address A] [--representative R] [--logo PNG|none] --by NAME',
  ],
  ({ words: [file], by, ...asked }) => {
    const mark = logoOf(asked)
    const record = withSurvey(file, ({ ledger }) => recordCover(ledger, asked, mark, by))
    if (record === null)
      throw wrongFlag(
        '',
        t(
          '--number、--company、--address、--representative、--logo 之一',
          'one of --number, --company, --address, --representative, --logo',
        ),
      )
    return printed({ ok: true, file, record: recordJson(record) })
  },
)

export const signAct = act(
  [
    'survey sign FILE [--role surveyor|checker|witness|owner] --name NAME [--despite ITEM,ITEM --reason TEXT --who NAME] --by NAME',
  ],
  ({ words: [file], by, role = 'surveyor', name, ...values }) => {
    const answer = withSurvey(file, ({ ledger }) => {
      const stop = signingStop(itemViews(ledger.project))
      if (values.despite === undefined && stop !== null) return { stop }
      const body = { kind: 'signature', role, name, path: null }
      if (values.despite === undefined) return { record: ledger.add(body, by) }
      const named = values.despite.split(',').map((id) => id.trim())
      const now = stop?.rows ?? []
      const unknown = named.find((id) => now.every(({ item }) => item !== id))
      if (unknown !== undefined)
        throw new LaneFault('SURVEY-40', {
          field: '--despite',
          value: unknown,
          note: t('这一行没有挡住签名', 'this row is not in the way'),
        })
      const rows = now.filter(({ item }) => named.includes(item))
      const reason = needed(values.reason, 'reason')
      const despite = { rows, reason, who: needed(values.who, 'who') }
      return { record: ledger.add({ ...body, despite }, by) }
    })
    if (answer.record !== undefined) {
      return printed({ ok: true, file, record: recordJson(answer.record) })
    }
    const { rows, words: said } = answer.stop
    const value = rows.map(({ item, verdict }) => `${item} ${verdict}`).join(', ')
    const { error: fault } = faultJson(new LaneFault('SURVEY-40', { file, value }))
    return printed({ ok: false, file, stop: { rows, words: said }, fault }, false)
  },
)
