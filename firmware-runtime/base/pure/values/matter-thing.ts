// What a matter that waits for a person is about, and the address of the page that shows exactly that. A kind of matter
// names its thing; one that concerns the whole lot says so with `wholeLot`.

export type MatterThing =
  | { readonly of: 'lot' }
  | { readonly of: 'lane'; readonly laneId: string }
  | { readonly of: 'device'; readonly laneId: string; readonly device: string }
  | { readonly of: 'stay'; readonly stayId: string }
  /** A file, record or other row that the page lists, by the key of its row. */
  | { readonly of: 'file'; readonly file: string }

export const wholeLot: MatterThing = { of: 'lot' }
export const ofLane = (laneId: string): MatterThing => ({ of: 'lane', laneId })
export const ofDevice = (laneId: string, device: string): MatterThing => ({
  of: 'device',
  laneId,
  device,
})
export const ofStay = (stayId: string): MatterThing => ({ of: 'stay', stayId })
export const ofFile = (file: string): MatterThing => ({ of: 'file', file })

/** A device of a lane, or of a pile or handheld, whose page shows the place. */
export const deviceAt = (laneId: string, device: string, place?: unknown) =>
  place === undefined
    ? ({ page: '/gear', thing: ofDevice(laneId, device) } as const)
    : ({ page: '/devices/places', thing: ofLane(laneId) } as const)

function partsOf(thing: MatterThing): readonly string[] {
  if (thing.of === 'lot') return []
  if (thing.of === 'lane') return [thing.laneId]
  if (thing.of === 'device') return [thing.laneId, thing.device]
  return [thing.of === 'stay' ? thing.stayId : thing.file]
}

/** The page shows one thing by its path, or marks one row of a table of several: `?row=`. */
export type MatterPage = `/${string}`

/** The page with its thing chosen: `/lane` and a lane are `/lane/entry`; `/day?row=` and a record are `/day?row=i1`. */
export function addressOf(page: MatterPage, thing: MatterThing): string {
  const parts = partsOf(thing).map(encodeURIComponent)
  if (parts.length === 0) return page.replace(/\?\w+=$/, '')
  return page.endsWith('=') ? `${page}${parts.join(' ')}` : [page, ...parts].join('/')
}
