// The ledger keeps what it acknowledged when its process is killed: twenty kills on two folders.
// test/crash makes hundreds with the same code.
import { it } from 'vitest'
import { killLedger } from '../crash/ledger-kill/kills.ts'

const kills = 20
const seed = 1

it(`loses nothing in ${kills} kills`, async () => {
  await killLedger(kills, seed)
})
