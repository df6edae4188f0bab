// Updates of the program that wait for a person: a newer version is offered, one is ready and nobody has said when, one was
// taken back, or the place where the lot looks cannot be used.
import { t } from '#base/pure/words/fault-text.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { faults, isFaultCode } from '#base/pure/faults/faults.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter, type MatterRow } from './matter.ts'

/** A version that was taken back is told for so long, or until a person has the next one prepared. */
const toldMs = 7 * 86_400_000

export const update = defineMatter({
  reads: 'updates.get',
  by: 'updates.prepare',
  ownLot: true,
  why: t(
    '不更新,车道照常用现在的版本;更新要人决定什么时候换',
    'Until then the lanes go on with the present version; a person decides when a new one begins',
  ),
  button: t('看更新', 'See the update'),
  to: '/updates',
  rowsOf({ looked, plan, trial, last, working }, { nowMs }): readonly MatterRow[] {
    const rows: MatterRow[] = []
    const offered = looked?.is === 'newer' ? looked.offered : null
    if (plan?.step === 'tried' && plan.wanted === null && trial === null)
      rows.push({
        key: `ready ${plan.version}`,
        what: t(
          `新版本 ${plan.version} 已经试过,等您说什么时候换`,
          `Version ${plan.version} has been tried and waits for tonight or now`,
        ),
        sinceIso: plan.triedIso,
        thing: wholeLot,
        by: 'updates.want',
      })
    else if (offered !== null && plan === null && trial === null && working === null)
      rows.push({
        key: `offered ${offered.version}`,
        what: t(`有新版本 ${offered.version}`, `A newer version ${offered.version} is offered`),
        sinceIso: looked?.atIso ?? null,
        thing: wholeLot,
      })
    const isNext = trial !== null || (plan !== null && plan.version !== last?.from)
    const isNew = last !== null && Math.abs(nowMs - instantOfIso(last.atIso)) < toldMs
    if (last?.is === 'takenBack' && isNew && !isNext)
      rows.push({
        key: `back ${last.from} ${last.atIso}`,
        what: t(
          `版本 ${last.from} 没有通过试运行,已换回 ${last.to}`,
          `Version ${last.from} did not pass its trial; the lanes are back on ${last.to}`,
        ),
        sinceIso: last.atIso,
        thing: wholeLot,
      })
    const code = looked?.isTold === true ? (looked.fault?.code ?? '') : ''
    if (isFaultCode(code))
      rows.push({
        key: `look ${code}`,
        what: faults[code].what,
        sinceIso: looked?.failsSinceIso ?? null,
        thing: wholeLot,
        by: code === 'UPDATE-01' ? 'updates.trust' : 'updates.look',
      })
    return rows
  },
})
