// Packet loss judged probe by probe: two of Wald's tests run together (for 1 %: 0.3 against 1 %, 1 against 2 %, 5 % of
// risk each), so that a good or a bad link is known early. Lost probes in a row count as what they are: one event.

/** Neither shown nor refuted after so many: marginal. */
export const lossProbesMax = 3_000

/** Boundary of Wald's sequential test of a share against a larger one, 5 % risk each: slope and height. */
interface Boundary {
  readonly slope: number
  readonly height: number
}
const risk = 0.05

function boundaryOf(good: number, bad: number): Boundary {
  const odds = Math.log((bad * (1 - good)) / (good * (1 - bad)))
  return {
    slope: Math.log((1 - good) / (1 - bad)) / odds,
    height: Math.log((1 - risk) / risk) / odds,
  }
}

/** Loss rates distinguished from the limit: 0.3 times and twice the limit. */
const [goodPart, badPart] = [0.3, 2]

function boundariesOf(limit: number): { readonly pass: Boundary; readonly fail: Boundary } {
  return { pass: boundaryOf(goodPart * limit, limit), fail: boundaryOf(limit, badPart * limit) }
}

type LossDecision = 'pass' | 'fail' | 'open'

/** By the two boundaries, for probes that are lost independently of each other. */
export function lossDecision(probes: number, lost: number, limit: number): LossDecision {
  const { pass, fail } = boundariesOf(limit)
  if (lost <= pass.slope * probes - pass.height) return 'pass'
  return lost >= fail.slope * probes + fail.height ? 'fail' : 'open'
}

const alikeMax = 0.95

export class LossTest {
  readonly #limit: number
  #probes = 0
  #lost = 0
  #pairs = 0
  #lastLost = false

  /** `limit`: the largest share that may be lost, 0.01 for 1 %. */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(isLost: boolean): void {
    this.#probes++
    if (isLost) this.#lost++
    if (isLost && this.#lastLost) this.#pairs++
    this.#lastLost = isLost
  }

  /** By how much a probe is worth less because its neighbours tell the same. */
  get burstFactor(): number {
    if (this.#probes === 0) return 1
    // Consecutive losses occur by chance at the loss rate, limited to the rate under test: at the start of a run, which may
    // consist of one outage only, that outage counts like any other.
    const share = Math.min(this.#lost / this.#probes, badPart * this.#limit)
    const pairs = (this.#pairs + 1) / (this.#lost + 3)
    const alike = Math.min(alikeMax, Math.max(0, (pairs - share) / (1 - share)))
    return (1 + alike) / (1 - alike)
  }

  get decision(): LossDecision {
    const factor = this.burstFactor
    return lossDecision(this.#probes / factor, this.#lost / factor, this.#limit)
  }
}

/** Probes after which a run without any loss passes. */
export function probesWithoutLoss(limit: number): number {
  const test = new LossTest(limit)
  let probes = 0
  for (; test.decision !== 'pass' && probes < lossProbesMax; probes++) test.add(false)
  return probes
}

/** Where nothing has come after so many there is no link, and no outage of one. */
const deadProbes = 59

/**
 * A fail at any point is final; a pass must also hold at the end if the run continued after it. So the risk of a wrong
 * pass never exceeds that of a test that stops at its first decision.
 */
export function lossVerdict(samples: readonly (number | null)[], limit: number): LossDecision {
  const test = new LossTest(limit)
  for (const ms of samples) {
    test.add(ms === null)
    if (test.decision === 'fail') return 'fail'
  }
  return samples.length >= deadProbes && samples.every((ms) => ms === null) ? 'fail' : test.decision
}
