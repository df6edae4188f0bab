// Parking spaces and their sensors in the API. `free` counts only spaces known to be free: an unknown one counts as
// occupied.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { NotTaken } from '../pure/open/match-passing.ts'
import type { WatchDoubt } from '#devices/pure/spaces/report.ts'

interface SpaceView {
  readonly spaceId: string
  readonly state: 'free' | 'occupied' | 'unknown'
  /** Since when; null: not known. */
  readonly sinceIso: string | null
  /** When its watcher last spoke of it. */
  readonly heardIso: string | null
  /** Why its state is unknown although its watcher speaks; null: no doubt. */
  readonly doubt: WatchDoubt | 'flips' | 'contradicted' | null
  /** Since when its two watchers contradict; null: they do not. */
  readonly contradictedIso: string | null
  /** Of the last change; null: none. */
  readonly photo: string | null
  readonly sourceId: string
  readonly deviceId: string
  /** From which its camera sees it; null: its watcher does not turn. */
  readonly preset: number | null
  readonly batteryV: number | null
  readonly rssiDbm: number | null
  readonly snrDb: number | null
}

/** A space of a street as people read it, with the car that the ledger has there. */
export interface SpaceRow {
  readonly spaceId: string
  /** Name of its street; empty: the lot has no streets. */
  readonly street: string
  readonly state: SpaceView['state']
  readonly sinceIso: string | null
  readonly heardIso: string | null
  readonly doubt: SpaceView['doubt']
  readonly photo: string | null
  /** What watches it. */
  readonly sourceId: string
  readonly isCamera: boolean
  /** From which its camera sees it; null: its watcher does not turn. */
  readonly preset: number | null
  /** Null: the ledger has no car there. */
  readonly stay: SpaceStay | null
}

/** The car in a space, as the ledger has it. */
interface SpaceStay {
  readonly stayId: string
  /** Null: nothing read it. */
  readonly plate: string | null
  readonly enteredAtIso: string
  /** Its OBU was read at the space. */
  readonly isRead: boolean
  /** What it would owe if it left now; null: not asked for, or not known because a time is in doubt. */
  readonly dueFen: number | null
  /** Since when it stands longer than the lot allows; null: it does not, or the lot has no such limit. */
  readonly overIso: string | null
}

/** A camera that the program turns from preset to preset. */
export interface PresetsView {
  /** Where it stands; null: it turns, or its position is not known. */
  readonly standing: number | null
  /** Length of the last round; null: none is complete. */
  readonly roundSec: number | null
  /** Reports about spaces that were not in view: they change nothing. */
  readonly unseen: number
  /** Why it takes no commands; empty: it does. */
  readonly detail: string
  readonly failed: readonly { readonly preset: number; readonly why: string }[]
  readonly seenFrom: readonly { readonly preset: number; readonly spaces: readonly string[] }[]
}

interface SpaceSourceView {
  readonly id: string
  /** In displayable form, without secrets. */
  readonly link: string
  /** It reads the cars; a sensor does not. */
  readonly isCamera: boolean
  /** A space is unknown when its watcher has not spoken for so long. */
  readonly silentAfterSec: number
  /** Why all its spaces are unknown; null: no doubt. */
  readonly doubt: WatchDoubt | null
  readonly up: boolean
  readonly detail: string
  readonly reports: number
  /** Repeated or late reports. */
  readonly old: number
  /** Reports that were sent again after an interruption. */
  readonly past: number
  /** Reports of a camera without a time that is understood, since the last one with; absent: none. */
  readonly undated?: number
  readonly strangers: number
  readonly refused: number
  /** Null: it does not turn. */
  readonly presets: PresetsView | null
}

export interface SpacesView {
  readonly total: number
  readonly free: number
  readonly occupied: number
  readonly unknown: number
  readonly spaces: readonly SpaceView[]
  readonly sources: readonly SpaceSourceView[]
}

/** A reading of a gantry that charged nobody, and the cars with a similar plate that owe. */
export interface UnmatchedView {
  readonly laneId: string
  readonly plate: string
  readonly colour: string
  readonly atIso: string
  /** Best first. */
  readonly candidates: readonly {
    readonly stayId: string
    /** Null: nothing read it. */
    readonly plate: string | null
    readonly leftAtIso: string
    readonly dueFen: number
    /** 0 to 100. */
    readonly score: number
    readonly why: NotTaken
    /** The reason in words, and the differences of the plates. */
    readonly text: BilingualText
    readonly parts: readonly BilingualText[]
  }[]
}

export const noSpaces: SpacesView = {
  total: 0,
  free: 0,
  occupied: 0,
  unknown: 0,
  spaces: [],
  sources: [],
}
