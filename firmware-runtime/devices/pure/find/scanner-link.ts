// The link by which a HID device that was found reads codes in a lot; null for one that is no scanner.
// A maker whose scanners want to be woken is known by its number, and its model is named.

/** Usage page of bar code scanners in the HID usage tables. */
const posPage = 0x8c

/** By maker of USB, in lower case: the model that knows what it wants. */
const models: Readonly<Record<string, string>> = { '0c2e': 'honeywell/hid-pos' }

interface FoundHid {
  readonly vendorId: string
  readonly productId: string
  readonly serialNumber: string
  readonly usagePage: number | null
}

/** `all`: two of the same model are distinguished by serial number. */
export function scannerLink(one: FoundHid, all: readonly FoundHid[]): string | null {
  const { vendorId, productId, serialNumber, usagePage } = one
  if (usagePage !== posPage) return null
  const alike = all.filter(
    (other) =>
      other.usagePage === posPage && other.vendorId === vendorId && other.productId === productId,
  )
  const isNamed = alike.length > 1 && /^[\w.-]{1,64}$/.test(serialNumber)
  const model = models[vendorId]
  const serial = isNamed ? `:${serialNumber}` : ''
  return `hid:${vendorId}:${productId}${serial}${model === undefined ? '' : `?profile=${model}`}`
}
