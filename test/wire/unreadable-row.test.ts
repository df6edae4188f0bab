// A ledger with a valid chain and one row that this program does not understand: commands on its folder report it,
// name the row and leave the ledger unchanged. The disk is not blamed.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { BackupLot, ledgerIn } from './kit/backup-lot.ts'
import { programFile } from './kit/live-program.ts'

const etcLane = (...args: readonly string[]) =>
  spawnSync(process.execPath, [programFile, ...args, '--json'], { encoding: 'utf8' })

it('run ends with LEDGER-10 and the row, and the chain still holds', () => {
  const lot = new BackupLot()
  try {
    const ledger = ledgerIn(lot.dir)
    ledger.append([{ kind: 'payment', atMs: 5, amountFen: 5, orderId: 'none', body: {} } as never])
    const { seq, hash } = ledger.head
    ledger.close()
    for (const [exit, ...command] of [
      [78, 'run'],
      [2, 'queue', 'status'],
    ] as const) {
      const { status, stdout, stderr } = etcLane(...command, '--data', lot.dir)
      expect(status, stderr).toBe(exit)
      const error = { code: 'LEDGER-10', field: `seq ${seq}`, value: 'payment' }
      expect(JSON.parse(stdout)).toMatchObject({ error })
    }
    const verified = etcLane('ledger', 'verify', '--data', lot.dir)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, headSeq: seq, headHash: hash })
  } finally {
    lot.remove()
  }
})
