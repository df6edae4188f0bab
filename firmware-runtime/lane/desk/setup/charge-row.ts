// The row of the set-up on how ETC is charged. A layout in which the platform charges (7.2.2, 7.2.3) leaves no choice, and
// needs its platform before there is a lot file.
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { SetupStep } from '../../calls/setup-views.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { chargedByPlatform, chargeModeOf, devicesOf } from './lot-of-draft.ts'
import { partsMissing } from './lot-parts.ts'

const step = (state: SetupStep['state'], why: BilingualText): SetupStep => ({ state, why })

/** Lanes whose antenna uses a PSAM that nobody has named: it cannot be authorised, and no card can pay there. */
function lanesWithoutPsam(draft: SetupDraft): readonly string[] {
  if (chargeModeOf(draft) !== 'card') return []
  return (draft.lot?.lanes ?? []).flatMap(({ id, name, direction, reader }) => {
    const { rsu, psams } = devicesOf(draft, id)
    const isExit = direction === 'exit' && reader === undefined
    return isExit && rsu !== '' && psams.length === 0 ? [name || id] : []
  })
}

function incomplete(draft: SetupDraft): SetupStep | null {
  const missing = partsMissing(draft)
  if (missing.length === 0) return null
  const zh = missing.map((one) => one.zh).join('、')
  const en = missing.map((one) => one.en).join(', ')
  return step(
    'open',
    t(`还缺:${zh}。没有它也能开通`, `Missing: ${en}. The car park can be set up without it`),
  )
}

function byPlatform(draft: SetupDraft, layout: string): SetupStep {
  const { platform = 'later' } = draft.charge ?? {}
  const by = t(`布局 ${layout} 由平台扣费`, `In layout ${layout} the platform charges`)
  if (platform !== 'later')
    return (
      incomplete(draft) ?? step('done', t(`${by.zh}:${platform.url}`, `${by.en}: ${platform.url}`))
    )
  return step(
    draft.charge === undefined ? 'notStarted' : 'open',
    t(`${by.zh},先接入平台才能开通`, `${by.en}: join it before the car park can be set up`),
  )
}

export function chargeStep(draft: SetupDraft): SetupStep {
  const { charge } = draft
  const layout = chargedByPlatform(draft)
  if (layout !== null) return byPlatform(draft, layout)
  if (charge === undefined)
    return step(
      'done',
      t(
        '按建议:在车道直接扣卡,平台以后接入',
        'As proposed: by card in the lane, the platform is joined later',
      ),
    )
  const lacking = incomplete(draft)
  if (lacking !== null) return lacking
  if (charge.platform === 'later')
    return step(
      'done',
      t(
        '以后接入平台,记录先存在本机',
        'The platform is joined later; until then records are kept on this computer',
      ),
    )
  const lanes = lanesWithoutPsam(draft)
  if (lanes.length === 0) return step('done', t(charge.platform.url, charge.platform.url))
  const names = lanes.join('、')
  return step(
    'open',
    t(
      `${names} 的天线还没有 PSAM 终端号:向 ETC 发行方申请 PSAM 卡及授权,把终端号填入设备一步;授权前不能扣卡`,
      `The antenna of ${lanes.join(', ')} has no PSAM terminal number: apply to the ETC issuer for the PSAM card and its authorisation, then enter the number in the devices step; no card can be charged before that`,
    ),
  )
}
