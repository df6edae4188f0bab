// The link of an antenna.
import { isProfileId, linkQuery } from '../link-query.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { checkWire, defineLaneDevice, wireShape } from '../lane-device.ts'
import { baseVariantIds } from './table-types.ts'

const all = baseVariantIds.join(', ')

export const rsu = defineLaneDevice({
  hasShape: (url) => wireShape.test(url),
  check: checkWire,
  nameFault(url) {
    const given = linkQuery(url, 'variant') ?? 'generic-bcc'
    if (!baseVariantIds.some((id) => id === given) && !isProfileId(given))
      return t(
        `variant 是其中之一:${all},或资料 vendor/model`,
        `variant is one of ${all} or a profile vendor/model`,
      )
    const [power, channel] = [linkQuery(url, 'power'), linkQuery(url, 'channel')]
    if (power !== null && !/^(?:\d|[12]\d|3[01])$/.test(power))
      return t('power 是 0 到 31 的一档', 'power is a step of 0 to 31')
    if (channel !== null && !/^[01]$/.test(channel))
      return t(
        'channel 是 0 (5.830 GHz) 或 1 (5.840 GHz)',
        'channel is 0 (5.830 GHz) or 1 (5.840 GHz)',
      )
    return null
  },
})
