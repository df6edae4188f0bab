// Parking spaces and their sensors in the API. `free` counts only spaces known to be free: an unknown one counts as
// occupied.

interface SpaceView {
  readonly spaceId: string
  readonly state: 'free' | 'occupied' | 'unknown'
  /** Since when; null: not known. */
  readonly sinceIso: string | null
  readonly heardIso: string | null
  readonly sourceId: string
  readonly deviceId: string
  readonly batteryV: number | null
  readonly rssiDbm: number | null
  readonly snrDb: number | null
}

interface SpaceSourceView {
  readonly id: string
  /** In displayable form, without secrets. */
  readonly link: string
  readonly up: boolean
  readonly detail: string
  readonly reports: number
  /** Repeated or late reports. */
  readonly old: number
  readonly strangers: number
  readonly refused: number
}

export interface SpacesView {
  readonly total: number
  readonly free: number
  readonly occupied: number
  readonly unknown: number
  readonly spaces: readonly SpaceView[]
  readonly sources: readonly SpaceSourceView[]
}

export const noSpaces: SpacesView = {
  total: 0,
  free: 0,
  occupied: 0,
  unknown: 0,
  spaces: [],
  sources: [],
}
