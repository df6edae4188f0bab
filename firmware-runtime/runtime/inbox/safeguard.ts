// What a lot of its own lacks against the loss of its ledger: recovery key, second place, service; and copies that fail.
import type { ApiName } from '../api/table.ts'
import type { MatterPage } from '#base/pure/values/matter-thing.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Safeguard } from '#ledger/pure/lot/safeguards.ts'
import { faults, isFaultCode } from '#base/pure/faults/faults.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

const lacks: Readonly<
  Record<Safeguard['code'], { by: ApiName; what: BilingualText; to?: MatterPage }>
> = {
  copyKey: {
    by: 'backup.key',
    what: t('还没有恢复密钥,所以不做副本', 'There is no recovery key, so no copy is made'),
  },
  service: {
    by: 'machine.install',
    to: '/machine?do=install',
    what: t(
      '电脑重启后,车道不会自己启动',
      'After a restart of this computer the lanes do not begin by themselves',
    ),
  },
  secondPlace: { by: 'backup.place', what: t('副本没有第二处', 'Copies have no second place') },
}

export const safeguard = defineMatter({
  reads: 'backup.status',
  by: 'backup.now',
  ownLot: true,
  why: t(
    '电脑坏了,账本和没结的钱就找不回来;车道停了,也不会有提醒',
    'When this computer fails, the ledger and unsettled money are lost, or the lanes stay down unseen',
  ),
  button: t('现在做', 'Do it now'),
  to: '/copies',
  rowsOf: ({ toDo, fault }) => [
    ...toDo.map(({ code }) => ({
      key: code,
      to: `/copies?do=${code}` as const,
      thing: wholeLot,
      ...lacks[code],
      sinceIso: null,
    })),
    ...(fault !== null && isFaultCode(fault.code)
      ? [
          {
            key: 'copies',
            what: faults[fault.code].what,
            sinceIso: null,
            isUrgent: fault.code !== 'COPY-17',
            thing: wholeLot,
          },
        ]
      : []),
  ],
})
