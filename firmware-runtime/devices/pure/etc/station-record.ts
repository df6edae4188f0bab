// The station record that C6 writes to file 0019: the read image with only our own fields changed.
// The card's motorway record sits in the same file; anything the site does not own is preserved (4.3).
import type { InstantMs } from '#base/pure/values/instant.ts'

interface StationFields {
  /** BCD-like 4 hex of the operator's network number. */
  readonly networkHex: string
  readonly stationHex: string
  /** 2 hex. */
  readonly laneHex: string
  /** 04 ETC exit; the value a province wants is site configuration. */
  readonly statusHex: string
}

/** Assumed until a clearing centre names its own. */
export const parkingStation: StationFields = {
  networkHex: '4501',
  stationHex: '0001',
  laneHex: '01',
  statusHex: '04',
}

/** A 3-byte head, which some lengths have, and the record behind it. */
function partsOf(readHex: string): { readonly head: string; readonly record: string } {
  const bytes = readHex.length / 2
  const head = bytes === 43 || bytes === 39 ? readHex.slice(0, 6) : ''
  return { head, record: readHex.slice(head.length) }
}

/** Time at which these fields were written to the card, in whole seconds; null: the record is another one. */
export function stationMarkMs(readHex: string, fields: StationFields): InstantMs | null {
  const { record } = partsOf(readHex)
  const { networkHex, stationHex, laneHex, statusHex } = fields
  const station = `${networkHex}${stationHex}${laneHex}`
  const isOwn = record.startsWith(station) && record.slice(20, 20 + statusHex.length) === statusHex
  const seconds = Number.parseInt(record.slice(station.length, station.length + 8), 16)
  return isOwn && Number.isFinite(seconds) ? seconds * 1_000 : null
}

/** Upper-case hex of the same length as `readHex`. Offsets of the record without its 3-byte head. */
export function stationWriteHex(readHex: string, fields: StationFields, atMs: InstantMs): string {
  const { head, record } = partsOf(readHex)
  const unixHex = Math.floor(atMs / 1000)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0')
    // The field has four bytes: after 2106-02-07 the count begins again, and the record keeps its length.
    .slice(-8)
  const { networkHex, stationHex, laneHex, statusHex } = fields
  const vehicleClass = record.slice(18, 20)
  const ours = `${networkHex}${stationHex}${laneHex}${unixHex}${vehicleClass}${statusHex}`
  return `${head}${ours}${record.slice(ours.length)}`
}
