// A way back of a ledger in a process of its own, killed when a step is done: `older-ledger-killed.ts DIR [STEP]`.
import { migrations } from '../../../../firmware-runtime/adapters/sqlite/migrations/index.ts'
import { toOlderLedger } from '../../../../firmware-runtime/adapters/sqlite/older-ledger.ts'
import { testCrypto, testKey } from './ledger-kit.ts'

const [dir = '', killedAt] = process.argv.slice(2)
const place = { dir, nodeId: 'lot-1', chainKey: testKey, crypto: testCrypto, newer: '0.1.30' }
const found = toOlderLedger({
  ...place,
  migrations,
  reached: (step) => {
    if (step === killedAt) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write(JSON.stringify(found))
