// How large this centre is beside the rules by which it grows.
import type { LimitsView } from '../../../limits/judge.ts'

export interface LimitsCalls {
  'limits.get': { args: object; answer: LimitsView }
  /** A restore that a person ran took so long. */
  'limits.restored': { args: { readonly minutes: number; readonly reason: string }; answer: null }
}
