// Finds the network card of this machine in the subnet of a device address.
// IPv4 only; other addresses and names are not judged.
export interface NetCard {
  readonly name: string
  readonly address: string
  readonly prefix: number
  readonly loopback: boolean
}

/** The address as a number, or null when it is not a dotted one. */
export function ipv4Of(text: string): number | null {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (m === null) return null
  const parts = m.slice(1).map(Number)
  if (parts.some((part) => part > 255)) return null
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

/** The upper bits of an address. */
const networkOf = (address: number, prefix: number): number =>
  Math.floor(address / 2 ** (32 - prefix))

/** The card with the longest matching prefix; `far`: no match; `unknown`: cannot be determined. */
export function cardFor<C extends NetCard>(
  host: string,
  cards: readonly C[],
): C | 'far' | 'unknown' {
  const address = ipv4Of(host)
  if (address === null) return 'unknown'
  const near = cards
    .filter((card) => {
      const own = ipv4Of(card.address)
      return own !== null && networkOf(own, card.prefix) === networkOf(address, card.prefix)
    })
    .sort((a, b) => b.prefix - a.prefix)[0]
  return near ?? 'far'
}
