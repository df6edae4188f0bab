// Faults of the daily authorisation of a PSAM (P11). Rows of the one table in faults.ts.
// A grant that holds goes on to its end; behind it no card is debited in that lane. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const goesOn = t(
  '原授权到期前照常卡扣;到期后本车道不做卡面扣款,在线扣款不受影响',
  'Cards are debited as usual until the earlier grant expires; after that this lane debits no cards, but online charges continue',
)

export const psamFaults = {
  'PSAM-01': {
    what: t(
      '天线没有给出 PSAM 的随机数',
      'The antenna did not return the random number of its PSAM',
    ),
    means: goesOn,
    todo: t('检查天线里的 PSAM 卡', 'Check the PSAM card in the antenna'),
  },
  'PSAM-02': {
    what: t('平台不授权这张 PSAM', 'The platform does not authorise this PSAM'),
    means: goesOn,
    todo: t(
      '把 PSAM 编号告知平台,核对是否登记、锁定或列入名单',
      'Tell the platform the number of the PSAM and ask whether it is registered, locked or listed',
    ),
  },
  'PSAM-03': {
    what: t(
      'PSAM 不认平台的授权数据',
      'The PSAM does not accept the authorisation data of the platform',
    ),
    means: goesOn,
    todo: t(
      '系统会再试;一直不行就更换 PSAM 或请平台核对密钥',
      'It is tried again; if it keeps failing, replace the PSAM or ask the platform to check its key',
    ),
  },
  'PSAM-04': {
    what: t('平台给的授权有效期已过', 'The authorisation from the platform has already expired'),
    means: goesOn,
    todo: t('核对本机时钟和平台时钟', 'Check the clock of this computer and that of the platform'),
  },
  'PSAM-05': {
    what: t('平台不确认 PSAM 授权', 'The platform does not confirm the authorisation of the PSAM'),
    means: goesOn,
    todo: t(
      '系统会重新授权;一直不行就联系平台',
      'The PSAM is authorised again; if it keeps failing, contact the platform',
    ),
  },
} as const satisfies Record<string, FaultRow>
