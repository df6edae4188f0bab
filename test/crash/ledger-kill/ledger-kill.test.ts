// Kill -9: a process that appends is killed at random moments; what it acknowledged is all there.
// Two folders grow side by side over all trials, so recovery meets recovery again and again.
import { it } from 'vitest'
import { killLedger } from './kills.ts'

/** `npm run test:full` asks for 100,000. */
const trials = Number(process.env['LEDGER_KILL_TRIALS'] ?? 500)
const seed = Number(process.env['LEDGER_KILL_SEED'] ?? 1)

it(`loses nothing in ${trials} kills`, async () => {
  const found = await killLedger(trials, seed)
  process.stdout.write(`ledger kill, seed ${seed}: ${JSON.stringify(found)}\n`)
})
