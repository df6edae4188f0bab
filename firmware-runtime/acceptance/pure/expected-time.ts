// How long the items of a run take, said before it begins: an item without a fault is judged at once, one that fails first
// takes what its drive says, and one that waits for a time of day keeps its fault until then. Pure.
import { dayStartMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { AcceptanceItem } from './item.ts'
import { drives, isPlant, type DriveTime } from './plant.ts'

/** Facts are gathered and judged, and a platform may be asked. */
const judgedMs = 5_000

interface ExpectedItem {
  /** The fault stays planted at least until then; null: the item waits for no time of day. */
  readonly untilMs: InstantMs | null
  readonly endMs: InstantMs
}

/** What the fault of an item waits for; null: it is judged as it is. */
export const takesOf = ({ plant }: Pick<AcceptanceItem, 'plant'>): DriveTime | null =>
  isPlant(plant) ? drives[plant.drive].takes : null

/** The next begin of a period that is not before `fromMs`. */
function nextMs({ fromMin, everyMin }: NonNullable<DriveTime['at']>, fromMs: InstantMs): InstantMs {
  const firstMs = dayStartMs(fromMs) + fromMin * minuteMs
  const everyMs = everyMin * minuteMs
  return firstMs + Math.ceil((fromMs - firstMs) / everyMs) * everyMs
}

/** At the latest; an item that begins then. */
export function expectedItem(takes: DriveTime | null, fromMs: InstantMs): ExpectedItem {
  if (takes === null) return { untilMs: null, endMs: fromMs + judgedMs }
  const untilMs = takes.at === undefined ? null : nextMs(takes.at, fromMs)
  const endMs = (untilMs ?? fromMs) + (takes.redMin + takes.greenMin) * minuteMs
  return { untilMs, endMs }
}

/** End of a run that judges these items one after the other. */
export const expectedEnd = (items: readonly (DriveTime | null)[], fromMs: InstantMs): InstantMs =>
  items.reduce((atMs, takes) => expectedItem(takes, atMs).endMs, fromMs)
