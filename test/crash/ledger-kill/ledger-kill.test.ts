// Kill -9: an appending process is killed at random moments; every acknowledged row must be there.
// Two folders grow over all trials, so that recoveries follow one another.
import { it } from 'vitest'
import { killLedger } from './kills.ts'

/** `npm run test:full` asks for 100,000. */
const trials = Number(process.env['LEDGER_KILL_TRIALS'] ?? 500)
const seed = Number(process.env['LEDGER_KILL_SEED'] ?? 1)

it(`loses nothing in ${trials} kills`, async () => {
  const found = await killLedger(trials, seed)
  process.stdout.write(`ledger kill, seed ${seed}: ${JSON.stringify(found)}\n`)
})
