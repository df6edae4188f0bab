// Lasting faults of the program beside the lanes: disk, backup, reports, lists. The lanes go on.
import { faults, isFaultCode } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

const withNote = ({ zh, en }: BilingualText, code: string, note: BilingualText): BilingualText =>
  t(`${zh}(${code} ${note.zh})`, `${en} (${code} ${note.en})`)

export const folder = defineMatter({
  reads: 'status.get',
  by: 'backup.now',
  why: t(
    '车道照常工作,但不处理会越来越糟',
    'The lanes go on, but it gets worse until somebody deals with it',
  ),
  button: t('看系统', 'See the system'),
  to: '/system',
  rowsOf: ({ upkeep }) =>
    (upkeep?.faults ?? []).map(({ code, note, why = t(note, note) }, at) => {
      const said = isFaultCode(code) ? faults[code].what : t('出了故障', 'There is a fault')
      const what = withNote(said, code, why)
      return {
        key: `${code} ${at}`,
        what,
        sinceIso: null,
        isUrgent: code.startsWith('LEDGER'),
        thing: wholeLot,
      }
    }),
})
