// `help` in lot.json: who is informed when a person is called at a lane, and the buttons that call. Refusals name field
// and value.
import { t } from '../../core/values/fault-text.ts'
import { sensorInputOf } from '../../devices/detector/contacts/link.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/faults/faults.ts'

export function checkHelp(
  { help, lanes, mode }: LotConfig,
  isReal: (url: string) => boolean,
): void {
  const demo = (field: string, value: string): void => {
    if (mode === 'demo' && isReal(value))
      throw new LaneFault('LOT-05', {
        field,
        value,
        note: t('演示停车场不呼叫外部', 'a demo lot makes no calls outside'),
      })
  }
  if (help?.hook !== undefined) demo('/help/hook/url', help.hook.url)
  help?.buttons?.forEach(({ lane, link }, i) => {
    const field = `/help/buttons/${i}`
    if (!lanes.some(({ id }) => id === lane))
      throw new LaneFault('LOT-02', {
        field: `${field}/lane`,
        value: lane,
        note: t('没有这条车道', 'there is no such lane'),
      })
    if (sensorInputOf(link, `${field}/link`).board === null)
      throw new LaneFault('LOT-03', {
        field: `${field}/link`,
        value: link,
        note: t('它自己的板卡', 'it needs a board of its own'),
      })
    demo(`${field}/link`, link)
  })
}
