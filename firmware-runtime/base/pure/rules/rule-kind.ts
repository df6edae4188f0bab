// Structure of a rule: the sources of its evidence, and the thresholds set by a pack.
import type { BilingualText } from '../words/fault-text.ts'

/** Where evidence comes from. */
export type RuleSource =
  | 'lot'
  | 'survey'
  | 'ledger'
  | 'platform'
  | 'frame'
  | 'access'
  | 'walk'
  | 'paper'

type RuleUnit = 'mm' | 'deg' | 'dBm' | 'dB' | '%' | 'ms' | 's' | 'day' | 'kbit/s' | 'count'

/** `should`: the text recommends it (宜), and it may be left with a reason. */
export const ruleBindings = ['should', 'must'] as const
export type RuleBinding = (typeof ruleBindings)[number]

export interface Threshold {
  readonly unit: RuleUnit
  /** Allowed range in a pack; a figure outside is a typing error. */
  readonly min: number
  readonly max: number
  /** Not in packs of earlier versions: a whole pack without it has the figure of the base pack. */
  readonly isLater?: true
}

export interface RuleKind {
  readonly title: BilingualText
  /** Sources that a pack may require for a pass. */
  readonly sources: readonly RuleSource[]
  readonly thresholds: Readonly<Record<string, Threshold>>
}

/** The rule of an item of the acceptance, in the file of the item, with the figures of the base pack. */
export interface OwnRule {
  /** As the standard numbers it. */
  readonly clause: string
  /** A pass stands on each of these. */
  readonly evidence: readonly RuleSource[]
  readonly thresholds?: Readonly<Record<string, OwnThreshold>>
}

interface OwnThreshold extends Threshold {
  readonly words: BilingualText
  readonly value: number
  /** `assumed`: no text states it. */
  readonly basis: 'printed' | 'assumed'
}

export const acceptedRule = <const R extends Required<OwnRule>>(title: BilingualText, rule: R) => ({
  title,
  sources: ['ledger', 'platform', 'frame', 'access', 'walk'] as const,
  ...rule,
})

/** A member of a rule that a pack has otherwise than the pack of the program under it. */
export interface RuleAlteration {
  readonly rule: string
  /** `asked`, `clause`, `printed`, `binding`, `evidence`, or the name of a threshold. */
  readonly member: string
  /** Empty: the pack has no such member. */
  readonly was: string
  readonly is: string
}

/** Signer of a rule pack. */
export interface PackIssuer {
  readonly by: string
  readonly certSerial: string
  /** SM3 of the certificate, upper-case hex. */
  readonly fingerprint: string
  readonly signedAtIso: string
}
