// Processor time of the last gate that passed in this checkout, in all and by stage, as `npm run gate` has kept it.
// Nothing runs again and nothing is judged: a gate takes minutes, and no test fails by a time.
import { join } from 'node:path'
import { repository } from '../../tidy/tree.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'

interface LastGate {
  readonly hash: string
  readonly processorSecondsOf: Readonly<Record<string, number>>
}
const { lastGate } = (await import(join(repository, 'installers', 'dev', 'green.mjs'))) as {
  lastGate(): LastGate | null
}

/** The whole gate in 8 minutes of two processors (design.md section 7), rounded. */
const wishedSeconds = 1_000

const figureOf = (metric: string, seconds: number): BenchResult => ({
  metric,
  unit: 's',
  ours: Math.round(seconds),
  peer: wishedSeconds,
  peerName: 'processor seconds wished for the whole gate',
  ratio: Number((seconds / wishedSeconds).toPrecision(4)),
  better: 'lower',
  spread: 0,
})

export const gateRow: BenchRow = {
  missing: () => (lastGate() === null ? 'no gate has passed here yet: npm run gate' : null),
  async run() {
    const stages = Object.entries(lastGate()?.processorSecondsOf ?? {})
    const whole = stages.reduce((sum, [, seconds]) => sum + seconds, 0)
    return [
      figureOf('gate, processor time', whole),
      ...stages.map(([name, seconds]) => figureOf(`gate, processor time of ${name}`, seconds)),
    ]
  },
}
