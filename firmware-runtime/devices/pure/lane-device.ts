// What a kind of device of a lane refuses in its link, in a lot file, a draft or a test: one row in its folder,
// devices/<kind>/kind.ts.
import type { Why } from '#base/pure/faults/faults.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'

interface LaneDevice {
  /** False: the link is refused with its text, which must have no password then. */
  hasShape(url: string): boolean
  /** Throws LOT-03 with the field for what a driver could not open. */
  check(url: string, field: string): void
  /**
   * Why the name of a variant or profile is impossible; null: it is possible. Whether the library has that profile is
   * checked when the lanes start (checkProfileLinks): reading a ledger needs no profile.
   */
  nameFault?(url: string): Why | null
}

export const defineLaneDevice = (row: LaneDevice): LaneDevice => row

/** A socket, a serial port or a model, each with its options. */
export const wireShape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|serial:[^?\s]+|sim:[\w-]+)(\?[\w=&./-]*)?$/

/** The same check as by the opener, so that a link accepted here can be opened. */
export function checkWire(url: string, field: string): void {
  if (/^(tcp|serial):/.test(url)) parseLinkUrl(url, field)
}
