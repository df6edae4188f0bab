// Kill -9 of a lane runtime at work on real links: at the crash points CP1 to CP12 and at random moments.
// After each kill it starts again on its folder; nothing is charged twice, lost or guessed.
import { it } from 'vitest'
import { killLinks } from './kills.ts'

/** `npm run test:full` asks for 2,000. */
const trials = process.env['ETC_LANE_SCALE'] === 'full' ? 2000 : 60
const seed = Number(process.env['KILL_LINKS_SEED'] ?? 1)

it(`charges no car twice in ${trials} kills`, () => killLinks({ trials, least: 3, seed }))
