// Packet loss judged probe by probe: two of Wald's tests run together (0.3 against 1 %, 1 against 2 %, 5 % of risk
// each), so that a good or a bad link is known early. Lost probes in a row count as what they are: one event.

/** Neither shown nor refuted after so many: marginal. */
export const lossProbesMax = 3_000

const passLine = (probes: number): number => 0.00582 * probes - 2.43
const failLine = (probes: number): number => 0.01444 * probes + 4.19

type LossDecision = 'pass' | 'fail' | 'open'

/** By the two boundaries, for probes that are lost independently of each other. */
export function lossDecision(probes: number, lost: number): LossDecision {
  if (lost <= passLine(probes)) return 'pass'
  return lost >= failLine(probes) ? 'fail' : 'open'
}

const alikeMax = 0.95

export class LossTest {
  #probes = 0
  #lost = 0
  #pairs = 0
  #lastLost = false

  add(isLost: boolean): void {
    this.#probes++
    if (isLost) this.#lost++
    if (isLost && this.#lastLost) this.#pairs++
    this.#lastLost = isLost
  }

  /** By how much a probe is worth less because its neighbours tell the same. */
  get burstFactor(): number {
    if (this.#probes === 0) return 1
    const share = this.#lost / this.#probes
    // Where all is lost nothing is alike by chance or otherwise.
    if (share === 1) return 1
    const pairs = (this.#pairs + 1) / (this.#lost + 3)
    const alike = Math.min(alikeMax, Math.max(0, (pairs - share) / (1 - share)))
    return (1 + alike) / (1 - alike)
  }

  get decision(): LossDecision {
    const factor = this.burstFactor
    return lossDecision(this.#probes / factor, this.#lost / factor)
  }
}

/**
 * A fail anywhere on the way stays one; a pass must hold at the end too, where somebody went on after it.
 * So the risk of a wrong pass is never more than that of the test that stops at its first decision.
 */
export function lossVerdict(samples: readonly (number | null)[]): LossDecision {
  const test = new LossTest()
  for (const ms of samples) {
    test.add(ms === null)
    if (test.decision === 'fail') return 'fail'
  }
  return test.decision
}
