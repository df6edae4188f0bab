// The memory of a copy does not depend on the length of the ledger: a process that copies 80 MB to a folder or to a
// server, and one that restores it by test, peaks little above the same for a few rows.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { BackupLot, ledgerIn, said } from './kit/backup-lot.ts'
import { Program } from './kit/live-program.ts'
import { hasSshServer, SshServer } from './kit/ssh-server.ts'

const who = ['--by', 'owner', '--reason', 'test'] as const
const bytesMin = 80e6
/** The engine's own variation, besides the data passing through. */
const moreMbMax = 60
const lookMs = 20

/** The peak memory of the process, polled until its end. */
async function peakMb(dir: string, verb: 'now' | 'test'): Promise<number> {
  const run = new Program(['backup', verb, '--data', dir, '--json'])
  let peak = 0
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${run.child.pid}/status`, 'utf8')
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }, lookMs)
  const code = await run.ended
  clearInterval(look)
  expect([code, run.stderr]).toEqual([0, ''])
  return peak
}

function grow(dir: string): void {
  const ledger = ledgerIn(dir)
  const body = { type: 'photosBack', detail: 'x'.repeat(7_800) } as const
  for (let n = 0; n < 10; n++)
    ledger.append(
      Array.from({ length: 1_000 }, () => ({ kind: 'event', atMs: 1e6, body }) as const),
    )
  ledger.close()
  expect(statSync(join(dir, 'ledger.db')).size).toBeGreaterThan(bytesMin)
}

describe.skipIf(process.platform !== 'linux')('memory of a copy', () => {
  let lot: BackupLot
  let server: SshServer | null = null
  beforeAll(async () => {
    lot = new BackupLot()
    mkdirSync(lot.place)
    await said(backupCommand, ['key', '--data', lot.dir, '--to', join(lot.root, 'stick'), ...who])
    if (hasSshServer) server = await SshServer.start()
    secretStore(lot.dir, machineSecret()).write('copies', server?.password ?? '')
  })
  afterAll(async () => {
    lot.remove()
    await server?.stop()
  })

  it('does not follow the ledger', async () => {
    const file = join(lot.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    const places = [
      { to: lot.place },
      ...(server === null ? [] : [{ to: server.to(), hostKey: server.fingerprint }]),
    ]
    const few: number[] = []
    const many: number[] = []
    const measure = async (into: number[]): Promise<void> => {
      for (const copies of places) {
        writeFileSync(file, JSON.stringify({ ...config, copies }))
        for (const verb of ['now', 'test'] as const) into.push(await peakMb(lot.dir, verb))
      }
    }
    await measure(few)
    grow(lot.dir)
    await measure(many)
    const more = many.map((mb, at) => Math.round(mb - (few[at] ?? 0)))
    expect(more.filter((mb) => mb > moreMbMax)).toEqual([])
  })
})
