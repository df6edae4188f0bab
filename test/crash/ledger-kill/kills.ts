// Kills an appending process again and again, on two folders in parallel: every acknowledged row must be there.
// Used by the complete run in test/crash and the short one in test/smoke, with different numbers of kills.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { inspect } from '#ledger/sqlite/inspect.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import { repairRowsFor } from '#ledger/sqlite/repair.ts'
import { optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { bundled } from '../bundled.ts'
import { seeded } from '../powercut/disk.ts'

const lanes = 2
/** Commits in the life of a process; the last one may be in progress at the kill. */
const commitsMax = 25

const script = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Last complete line of the acknowledgement file. */
function acknowledged(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n')
  return Number(lines.at(-2) ?? 0)
}

/** Starts the child and kills it after that many commits since it opened the ledger. */
async function killOne(dir: string, ack: string, commits: number): Promise<void> {
  const child = spawn(process.execPath, [await bundled(script), dir, ack], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const [, dots = ''] = said.split('\n')
    if (said.includes('\n') && dots.length >= commits) child.kill('SIGKILL')
  })
  const [, signal] = await exited
  expect(signal, 'the child must not end by itself').toBe('SIGKILL')
}

interface Found {
  readonly letter: string
  readonly seq: number
}

function look(dir: string): Found {
  const { crypto, chainKey, nodeId } = optionsFor(dir)
  const schemaVersion = newestVersion(migrations)
  const found = inspect({ dir, nodeId, crypto, chainKey, schemaVersion, checkRows: 500 })
  const [row] = repairRowsFor(found.facts)
  expect(found.facts.chain, JSON.stringify(found.facts)).toBe('ok')
  expect(['level', 'behind'], JSON.stringify(found.facts)).toContain(found.facts.place)
  return { letter: row?.letter ?? '?', seq: found.dbHead.seq }
}

interface Lane {
  readonly folder: string
  readonly lane: number
  readonly trials: number
  readonly seed: number
}

async function runLane({ folder, lane, trials, seed }: Lane): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(folder, 'lane-'))
  const ack = join(folder, `ack-${lane}`)
  const random = seeded(seed + lane)
  const letters: Record<string, number> = {}
  let before = 0
  for (let trial = 0; trial < trials; trial++) {
    await killOne(dir, ack, Math.floor(random() * commitsMax))
    const promised = acknowledged(ack)
    const found = look(dir)
    expect(found.seq, `lane ${lane} trial ${trial}`).toBeGreaterThanOrEqual(promised)
    expect(found.seq, `lane ${lane} trial ${trial}`).toBeGreaterThanOrEqual(before)
    before = found.seq
    letters[found.letter] = (letters[found.letter] ?? 0) + 1
  }
  const reader = openLedgerReader(optionsFor(dir))
  expect(reader.verify()).toMatchObject({ ok: true, rows: before, faults: [] })
  reader.close()
  return { ...letters, rows: before }
}

/** Returns the letters of repair that occurred, and the existing rows by lane. */
export async function killLedger(
  trials: number,
  seed: number,
): Promise<readonly Record<string, number>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'etc-ledger-kill-'))
  try {
    return await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        runLane({ folder, lane, trials: Math.ceil(trials / lanes), seed }),
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
