// Impossible IP addresses anywhere in a lot: refused when a lot is made, changed or checked, with field and value.
// Running lanes continue with such an address; the device is shown as down.
import type { LotConfig } from '#base/pure/lot/config.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { isNoAddress } from '#base/pure/links/link-url.ts'
import { hostOf } from '#base/pure/lot/simulated.ts'
import { lotWhy } from '../lot-why.ts'

/** Host of a URL, of `host:port`, or of an address with its prefix. */
const hostIn = (text: string): string => hostOf(text) ?? /^[^:/]*/.exec(text)?.[0] ?? ''

/** Members that contain URLs or hosts. */
const hostLists: readonly string[] = ['servers', 'allow']

function check(value: unknown, path: readonly PropertyKey[], file: string): void {
  if (typeof value === 'string') {
    const isList = hostLists.includes(String(path.at(-2)))
    if (!isList && hostOf(value) === null) return
    if (!isNoAddress(hostIn(value))) return
    const detail = { file, field: jsonPointer(path), value: shownLink(value).slice(0, 200) }
    throw new LaneFault('LOT-03', { ...detail, note: lotWhy.noAddress(hostIn(value)) })
  }
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) check(member, [...path, name], file)
}

/** LOT-03 for the first such address. */
export function refuseNoAddress(config: LotConfig, file: string): void {
  check(config, [], file)
}
