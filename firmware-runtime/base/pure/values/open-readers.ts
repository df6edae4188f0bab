// What reads OBUs in an open lot (7.2): a gantry, a pile, a handheld or a patrol car; how its antenna hangs, and whether
// it has a fixed zone that can be measured.
import type { MountPlace } from '../lot/antenna-mount.ts'
import { t, type BilingualText } from '../words/fault-text.ts'

interface OpenReaderRow {
  readonly words: BilingualText
  readonly mount: MountPlace
  /** False: it is carried to each car, so that it has no zone of its own and no neighbouring lane. */
  readonly isFixed: boolean
}

export const openReaders = {
  gantry: { words: t('门架', 'gantry'), mount: 'gantry', isFixed: true },
  pile: { words: t('识别桩', 'pile'), mount: 'none', isFixed: true },
  handheld: { words: t('手持机', 'handheld'), mount: 'none', isFixed: false },
  patrolCar: { words: t('巡检车', 'patrol car'), mount: 'none', isFixed: false },
} as const satisfies Record<string, OpenReaderRow>

type OpenReader = keyof typeof openReaders
export const openReaderNames = Object.keys(openReaders) as readonly OpenReader[]

/** A reader of an open lot, by the layout that it belongs to. */
export interface OpenPlace {
  /** Clause of 7.2. */
  readonly layout: string
  readonly reader: OpenReader
}

/** In the first record of a survey: what was surveyed in an open lot; absent: a lane with a boom. */
export interface OpenMember {
  readonly open?: OpenPlace
}

/** Every reader of every layout of 7.2: each is surveyed by itself. */
export const openPlaces: readonly OpenPlace[] = [
  { layout: '7.2.1', reader: 'gantry' },
  { layout: '7.2.2', reader: 'pile' },
  { layout: '7.2.3', reader: 'handheld' },
  { layout: '7.2.4', reader: 'gantry' },
  { layout: '7.2.5', reader: 'gantry' },
  { layout: '7.2.5', reader: 'patrolCar' },
]
