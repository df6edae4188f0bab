// Checks `reservation` of lot.json: the platform that reserves bays, its connection, and the number of bays that it may
// reserve. Refusals name field and value.
import type { LotConfig } from '../../core/lot/config.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'

export function checkReservation(
  { reservation, capacity, mode }: LotConfig,
  isReal: (url: string) => boolean,
): void {
  if (reservation === undefined) return
  const { broker, url, spaces } = reservation
  if (spaces > capacity)
    throw new LaneFault('LOT-02', {
      field: '/reservation/spaces',
      value: String(spaces),
      note: t(`车位总数为 ${capacity}`, `the lot has ${capacity} spaces`),
    })
  if (broker.startsWith('mqtt:') && isReal(broker))
    throw new LaneFault('LOT-02', {
      field: '/reservation/broker',
      value: broker,
      note: t('网络上只用 mqtts', 'on a network only mqtts is allowed'),
    })
  for (const [name, value] of Object.entries({ broker, url }))
    if (mode === 'demo' && value !== undefined && isReal(value))
      throw new LaneFault('LOT-05', {
        field: `/reservation/${name}`,
        value,
        note: t('演示停车场不接预约平台', 'a demo lot does not join a reservation platform'),
      })
}
