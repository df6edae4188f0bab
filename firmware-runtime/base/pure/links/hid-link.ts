// Links to HID devices taken apart: `hid:VVVV:PPPP`, or with the serial number where two alike hang on one machine.
// Pure, so that the check of a lot file and the opener of a link cannot disagree.
import { t } from '../words/fault-text.ts'
import { LaneFault } from '../faults/faults.ts'

export interface HidTarget {
  readonly vendorId: number
  readonly productId: number
  /** Null: the only one of its kind. */
  readonly serial: string | null
}

const shape = /^hid:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::([\w.-]{1,64}))?(?:\?[\w=&./-]*)?$/

export const isHidLink = (url: string): boolean => url.startsWith('hid:')

export function parseHidLink(url: string, field = ''): HidTarget {
  const [, vendor, product, serial = null] = shape.exec(url) ?? []
  if (vendor === undefined || product === undefined)
    throw new LaneFault('LOT-03', {
      field,
      value: url.slice(0, 200),
      note: t('hid:VVVV:PPPP,都是四位十六进制数', 'hid:VVVV:PPPP, both of four hexadecimal digits'),
    })
  return { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16), serial }
}
