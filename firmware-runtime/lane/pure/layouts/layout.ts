// What a layout of clause 7 declares for each of its lanes: state machine, devices, triggers, board and picture.
// One file per layout holds one such value; readers take everything from there and know no layout by name.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { LaneDirection } from '#base/pure/lot/config.ts'
import type { PassCause } from '#base/pure/rows/ledger-row.ts'
import type { LaneStateName } from '../lane.ts'
import type { SensorRole } from '#base/pure/lot/sensor.ts'
import type { LaneTable } from '../steps.ts'

/** Rules on where things of a lane stand (../siting.ts). */
export type SitingRule =
  | 'devices'
  | 'noEtc'
  | 'etc'
  | 'antennaPlace'
  | 'antennaHeight'
  | 'antennaDown'
  | 'antennaYaw'
  | 'antennaPower'
  | 'trigger'
  | 'strongest'
  | 'laneWidth'
  | 'boothMiddle'
  | 'cameraView'
  | 'islandWidth'
  | 'islandLength'
  | 'islandHeight'
  | 'gantryFrame'
  | 'gantryHeight'
  | 'gantryDown'
  | 'gantryOn'
  | 'gantryPower'
  | 'gantryAntennas'
export type SitingClauses = Readonly<Partial<Record<SitingRule, string>>>

/** Rules on what stands along a street of an open lot (../street-siting.ts). */
export type StreetRule =
  | 'gantryEnds'
  | 'gantryKey'
  | 'cameraAbove'
  | 'cameraHeight'
  | 'cameraHelp'
  | 'cameraTour'
  | 'cameraBehind'
  | 'headToTail'
  | 'pilePlace'
  | 'pileKeys'
  | 'sensorFlush'
  | 'handheldReads'
  | 'patrolVideo'
  | 'patrolSpaces'
export type StreetClauses = Readonly<Partial<Record<StreetRule, string>>>

export type StepName = 'trigger' | 'plate' | 'obu' | 'order' | 'charge' | 'barrier'

/**
 * A part of the lane's picture. `at`: its middle along the lane, in units of a drawing that is 600 long;
 * cars drive towards larger numbers. `zone`: middle of the antenna's zone on the road.
 */
export type PicturePart =
  | { readonly part: 'loop'; readonly role: 'arrive' | 'under'; readonly at: number }
  /** Its post stands on the driver's right, unless it is on the island at his left. */
  | { readonly part: 'boom'; readonly at: number; readonly from?: 'left' }
  | { readonly part: 'antenna'; readonly at: number; readonly zone: number }
  /** On the island at the driver's left. */
  | { readonly part: 'booth'; readonly at: number }
  /** The lane of the other direction lies at the driver's left, without an island between. */
  | { readonly part: 'neighbour'; readonly way: LaneDirection }
  /** The trigger of the other direction, at the far end of a reused lane. */
  | { readonly part: 'farTrigger'; readonly at: number }
  /** Over the road: one antenna above a narrow lane, two above a wide one. */
  | { readonly part: 'gantry'; readonly at: number }
  /** Along the kerb at the driver's right, as all that follow; `at`: the middle of its space. */
  | { readonly part: 'space'; readonly at: number }
  /** In the road of a space. */
  | { readonly part: 'sensor'; readonly at: number }
  /** At the right front of a space. */
  | { readonly part: 'pile'; readonly at: number }
  /** Above the spaces. */
  | { readonly part: 'highCamera'; readonly at: number }
  /** Behind a space, at the right of its tail. */
  | { readonly part: 'roadCamera'; readonly at: number }
  /** A person with it beside a space. */
  | { readonly part: 'handheld'; readonly at: number }
  /** On the road beside the spaces. */
  | { readonly part: 'patrolCar'; readonly at: number }

export interface LanePicture {
  readonly parts: readonly PicturePart[]
  /** Middle of the car, by the loops that it stands on. */
  readonly car: Readonly<Record<'arrive' | 'both' | 'under', number>>
}

/** An open lot (7.2). */
export interface OpenLayout {
  /** As clause 7.2 calls it. */
  readonly name: BilingualText
  /** What detects a car in a space; a sensor reads no plate. */
  readonly watch: 'camera' | 'sensor'
  /** `gantry` charges passing cars; `platform` charges those whose OBU was read at their space. */
  readonly collects: 'gantry' | 'platform'
  /** Each space may have a pile: the clause. */
  readonly pile?: string
  /** Only for spaces head to tail: the clause. */
  readonly headToTail?: string
  /** Positions along each street, each with its clause. */
  readonly siting: StreetClauses
  /** A street of it with its devices, as a person looks at it. */
  readonly picture: LanePicture['parts']
  /** The device that reads OBUs at spaces (pile, handheld, patrol car); absent: no such device. */
  readonly record?: LaneLayout
  /** What people carry or drive from space to space to read OBUs: a lane with a fence. Absent: no such device. */
  readonly reader?: BilingualText
}

export interface LaneLayout {
  /** What each state does with each event. */
  readonly table: LaneTable
  /** The states that such a lane can be in: the rows of the table that have a cell. */
  readonly states: readonly LaneStateName[]
  /** Sensors that the lane listens to; the lot file names no other. */
  readonly triggers: readonly SensorRole[]
  /**
   * Devices that the lane may have, each with the clause that requires it; null: optional.
   * A device that is not listed is refused in the lot file.
   */
  readonly devices: Readonly<Partial<Record<LaneKind, string | null>>>
  /** It shares boom and loops with the lane of the other direction, which declares them. */
  readonly sharesBarrier?: true
  /** An attendant sits beside the lane: the clause that places the booth. */
  readonly booth?: string
  /** Required positions, each with its clause; a rule that is not listed does not apply. */
  readonly siting: SitingClauses
  /** Steps of a passage on the board, in their order. */
  readonly steps: readonly StepName[]
  readonly picture: LanePicture
  readonly open?: OpenLayout
  /** Grounds on which the lane lets a car pass. */
  readonly passes: readonly PassCause[]
}

/** A layout without a lane of one direction has no row for it. */
export type Layout = Readonly<Partial<Record<LaneDirection, LaneLayout>>>

/** A layout under the clause that describes it. Each layout has one file, which is one row of table.ts. */
export interface LayoutRow {
  /** As lot files name it: `7.1.1`. */
  readonly clause: string
  readonly lanes: Layout
}
export const defineLayout = (row: LayoutRow): LayoutRow => row
