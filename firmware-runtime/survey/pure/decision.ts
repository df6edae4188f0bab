// Decides whether a level counts as above or below a limit, given its uncertainty (ILAC-G8, JCGM 106). Simple acceptance
// uses the reading itself; with a guard band the reading must clear the limit by the band.

export const decisionRules = ['r0', 'r1', 'r2'] as const
/** Required distance of a level from the limit: 0, 1.64 or 2 standard uncertainties. */
export type DecisionRule = (typeof decisionRules)[number]

/** Guard band in standard uncertainties: of wrong passes at one point 50 %, 5 % and 2.5 % at most. */
const guards: Readonly<Record<DecisionRule, number>> = { r0: 0, r1: 1.64, r2: 2 }

export interface Decision {
  readonly rule: DecisionRule
  readonly uncertaintyDb: number
}

/** One-sided 5 %, and the budget of an analyser with a hand-held probe (ours, survey-verdicts section 2). */
export const usualDecision: Decision = { rule: 'r1', uncertaintyDb: 1.6 }

export const guardDb = ({ rule, uncertaintyDb }: Decision): number => guards[rule] * uncertaintyDb

/** Share of a normal distribution below x standard deviations; within 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalShare(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x))
  const sum =
    t *
    (0.319_381_530 +
      t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  const above = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum
  return x >= 0 ? 1 - above : above
}

/** Probability that a level read `byDb` on the right side of a limit is truly there. */
export const chanceOf = (byDb: number, { uncertaintyDb }: Decision): number =>
  normalShare(byDb / uncertaintyDb)
