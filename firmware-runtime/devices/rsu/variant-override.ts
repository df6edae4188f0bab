// What one device does otherwise than its base variant, as data: each row of rsu-interface.md section 9
// that is decided "per profile". JSON-serialisable; the number behind a member is its row there.
import type { BilingualText } from '../../core/values/fault-text.ts'
import type {
  BaseVariantId,
  CodeTable,
  FileTable,
  FrameTable,
  PsamFrames,
  VariantTable,
} from './table-types.ts'

export type StationBytes = 36 | 39 | 40 | 43

export interface VariantOverride {
  /** `<vendor>-<model>/<major.minor>` (section 8). */
  readonly id: string
  readonly extends: BaseVariantId
  readonly evidence: VariantTable['evidence']
  /** Where its figures come from: a document with its section, a capture. */
  readonly sources: readonly string[]

  /** 1. A frame of another code keeps its layout. */
  readonly antennaSwitch?: VariantTable['antennaSwitch']
  /** 2, 3. All of them: what is not named here is not set. */
  readonly settings?: VariantTable['settings']
  /** 5, 6. */
  readonly heartbeat?: Partial<VariantTable['heartbeat']>
  /** 7. Of file 0019 in B4 and C6; 39 and 43 bytes begin with AA 29 00. */
  readonly station?: { readonly bytes: StationBytes }
  /** 11. */
  readonly timeBase?: VariantTable['timeBase']
  /** 15. Frames of other codes keep their layout. */
  readonly psam?: PsamFrames | null
  /** 18. Every field of a B5 with its debit part, in the order of the link. */
  readonly b5Order?: readonly string[]
  /** 19. Of four bytes; the RSU id has the rest. */
  readonly manufacturerBytes?: 1 | 2
  /** 20. */
  readonly powerStepMax?: number
  /** 21. The whole table. */
  readonly plateColours?: VariantTable['plateColours']
  /** 22. */
  readonly afterResult?: VariantTable['afterResult']
  readonly statusAtPowerUp?: boolean
  /** 16. */
  readonly proofAnswer?: VariantTable['proofAnswer']
  readonly searchStarts?: VariantTable['searchStarts']
  /** 25. */
  readonly laneModes?: VariantTable['laneModes']
  /** 4, 10, 27, 28. Whole code tables by name, for example `deviceType`, `tradeType`, `b5Error`. */
  readonly enums?: { readonly [name: string]: CodeTable }
  /** 28. Must come with a new `b5Error` or `b8Error`: the same number means opposite things. */
  readonly moneyState?: Partial<VariantTable['moneyState']>
  /** 28. */
  readonly b4Readable?: readonly string[]
  /** Transaction type of a B5 that carries none (26). */
  readonly impliedTransType?: string | null

  readonly timing?: Partial<VariantTable['timing']>
  /** Only what the driver may use; whether heartbeats are answered is `heartbeat.reply`. */
  readonly capabilities?: Partial<Omit<VariantTable['capabilities'], 'heartbeatReply'>>
  /** Whole frames, in place of those of the same code or beside them (24 and any other layout). */
  readonly frames?: readonly FrameTable[]
  /** Codes of frames that the device does not have. */
  readonly withoutFrames?: readonly string[]
  /** Whole nested tables, by name. */
  readonly files?: readonly FileTable[]
}

/** What is wrong with an override, and where: `at` is a JSON pointer into it. */
export interface OverrideProblem {
  readonly at: string
  readonly why: BilingualText
}

/** A member by itself, the table as a whole, what the driver needs of it, or an example in it. */
export interface JudgedProblem extends OverrideProblem {
  readonly kind: 'member' | 'table' | 'driver' | 'example'
}
