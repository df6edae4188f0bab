// Checks `printers` of lot.json: their links and their lanes. Refusals name field and value; an accepted printer can be
// opened.
import { t } from '../../core/values/fault-text.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault, type Why } from '../../core/faults/faults.ts'
import { isLpLink, parseLpLink } from '../../core/links/lp-link.ts'
import { parseLinkUrl } from '../../core/links/link-url.ts'
import { isProfileId, linkQuery } from '../../devices/link-query.ts'

/** A device of this machine; other links belong to simulators. */
const isDevice = (url: string): boolean => /^usblp:(\/dev\/|\\\\)/.test(url)

const shape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|serial:[^?\s]+)(\?[\w=&./-]*)?$/

export function checkPrinters(
  { printers = [], lanes, mode }: LotConfig,
  isReal: (url: string) => boolean,
): void {
  const laneIds = new Set(lanes.map((lane) => lane.id))
  const seen = new Set<string>()
  printers.forEach((printer, i) => {
    const at = `/printers/${i}`
    if (seen.has(printer.id))
      throw new LaneFault('LOT-04', { field: `${at}/id`, value: printer.id })
    seen.add(printer.id)
    const [field, value] = [`${at}/link`, printer.link]
    const refuse = (note: Why): LaneFault => new LaneFault('LOT-03', { field, value, note })
    if (isLpLink(value)) parseLpLink(value, field)
    else if (!shape.test(value))
      throw refuse(
        t(
          'tcp://host:port、serial:PATH 或 usblp:PATH',
          'tcp://host:port, serial:PATH or usblp:PATH',
        ),
      )
    else parseLinkUrl(value, field)
    const profile = linkQuery(value, 'profile')
    if (profile !== null && !isProfileId(profile))
      throw refuse(t('profile 写作 vendor/model', 'profile is vendor/model'))
    if (mode === 'demo' && (isReal(value) || isDevice(value)))
      throw new LaneFault('LOT-05', {
        field,
        value,
        note: t('演示停车场不碰真实设备', 'a demo lot does not use real devices'),
      })
    printer.lanes?.forEach((lane, n) => {
      if (laneIds.has(lane)) return
      const note = t('没有这条车道', 'there is no such lane')
      throw new LaneFault('LOT-02', { field: `${at}/lanes/${n}`, value: lane, note })
    })
  })
}
