// Checks `scanners` of lot.json: their links and their lanes. Refusals name field and value; an accepted scanner can be
// opened.
import { t } from '../../core/values/fault-text.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault, type Why } from '../../core/faults/faults.ts'
import { isHidLink, parseHidLink } from '../../core/links/hid-link.ts'
import { isKeyLink, parseKeyLink } from '../../core/links/key-link.ts'
import { parseLinkUrl } from '../../core/links/link-url.ts'
import { isProfileId, linkQuery } from '../../devices/link-query.ts'

/** Devices of this machine, which no simulator replaces. */
const isDevice = (url: string): boolean => isHidLink(url) || isKeyLink(url)

const forms = 'tcp://host:port, serial:PATH, hid:VVVV:PPPP or evdev:PATH'
const shape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|(?:serial|hid|evdev):[^?\s]+)(\?[\w=&./-]*)?$/

export function checkScanners(
  { scanners = [], lanes, mode }: LotConfig,
  isReal: (url: string) => boolean,
): void {
  const ids = new Set<string>()
  const served = new Set<string>()
  scanners.forEach((scanner, i) => {
    const at = `/scanners/${i}`
    if (ids.has(scanner.id)) throw new LaneFault('LOT-04', { field: `${at}/id`, value: scanner.id })
    ids.add(scanner.id)
    const [field, value] = [`${at}/link`, scanner.link]
    const refuse = (note: Why): LaneFault => new LaneFault('LOT-03', { field, value, note })
    if (!shape.test(value)) throw refuse(forms)
    if (isHidLink(value)) parseHidLink(value, field)
    else if (isKeyLink(value)) parseKeyLink(value, field)
    else parseLinkUrl(value, field)
    const profile = linkQuery(value, 'profile')
    if (profile !== null && !isProfileId(profile))
      throw refuse(t('profile 写作 vendor/model', 'profile is vendor/model'))
    if (mode === 'demo' && (isDevice(value) || isReal(value)))
      throw new LaneFault('LOT-05', {
        field,
        value,
        note: t('演示停车场不碰真实设备', 'a demo lot does not use real devices'),
      })
    const lane = lanes.find((one) => one.id === scanner.lane)
    const note =
      lane === undefined
        ? t('没有这条车道', 'there is no such lane')
        : lane.direction !== 'exit' || lane.place !== undefined
          ? t('那条车道不收费', 'no payment is taken in that lane')
          : served.has(scanner.lane)
            ? t('那条车道已有扫码器', 'that lane already has a scanner')
            : null
    if (note !== null)
      throw new LaneFault('LOT-02', { field: `${at}/lane`, value: scanner.lane, note })
    served.add(scanner.lane)
  })
}
