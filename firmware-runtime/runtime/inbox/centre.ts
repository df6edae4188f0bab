// What the centre of many lots waits for: six digits that a person compares, and what keeps rows from it.
import type { CentreView } from '#ledger/calls/centre-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter, type MatterRow } from './matter.ts'

/** As for the certificates of a platform. */
const soonMs = 30 * dayMs

function ofCertificates({ state, untilIso }: CentreView, nowMs: number): readonly MatterRow[] {
  if (state !== 'joined' || untilIso === null) return []
  const leftMs = Date.parse(untilIso) - nowMs
  if (leftMs > soonMs) return []
  const day = untilIso.slice(0, 10)
  const what = t(
    `运营中心的证书 ${day} 到期,要重新配对`,
    `The certificate for the centre ends on ${day}; pair again before`,
  )
  return [{ key: `ends ${day}`, what, sinceIso: null, isUrgent: leftMs <= 0, thing: wholeLot }]
}

export const centre = defineMatter({
  reads: 'centre.state',
  by: 'centre.pairAgain',
  why: t(
    '车道不受影响,但运营中心收不到新的记录',
    'The lanes are not affected, but the centre gets no new rows',
  ),
  button: t('看运营中心', 'See the centre'),
  to: '/system',
  rowsOf(view, { nowMs }) {
    const { digits, pendingSinceIso, fault } = view
    const compare = t(
      `运营中心等人比对六位数字:${digits ?? ''}`,
      `The centre waits for a person to compare the digits ${digits ?? ''}`,
    )
    const pending =
      digits === null
        ? []
        : [{ key: `digits ${digits}`, what: compare, sinceIso: pendingSinceIso, thing: wholeLot }]
    const stopped =
      fault?.needsPerson === true
        ? [{ key: fault.code, what: fault.what, sinceIso: null, isUrgent: true, thing: wholeLot }]
        : []
    return [...pending, ...stopped, ...ofCertificates(view, nowMs)]
  },
})
