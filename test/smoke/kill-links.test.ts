// A lane runtime on real links is killed at each crash point and at random moments: no car is charged twice.
// test/crash makes more kills with the same code.
import { it } from 'vitest'
import { killLinks } from '../crash/kill-links/kills.ts'

const kills = 14

it(`charges no car twice in ${kills} kills`, () => killLinks({ trials: kills, least: 1, seed: 1 }))
