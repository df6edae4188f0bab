// Kill -9: a process that appends is killed at random moments; what it acknowledged is all there.
// Two folders grow side by side over all trials, so recovery meets recovery again and again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspect } from '../../../firmware-runtime/adapters/sqlite/inspect.ts'
import { openLedgerReader } from '../../../firmware-runtime/adapters/sqlite/ledger-reader.ts'
import {
  migrations,
  newestVersion,
} from '../../../firmware-runtime/adapters/sqlite/migrations/index.ts'
import { repairRowsFor } from '../../../firmware-runtime/adapters/sqlite/repair.ts'
import { optionsFor } from '../../firmware-runtime/adapters/sqlite/ledger-kit.ts'
import { bundled } from '../bundled.ts'
import { seeded } from '../powercut/disk.ts'

/** `npm run test:full` asks for 100,000. */
const trials = Number(process.env['LEDGER_KILL_TRIALS'] ?? 500)
const seed = Number(process.env['LEDGER_KILL_SEED'] ?? 1)
const lanes = 2
const lifeMsMax = 25

const script = fileURLToPath(new URL('./child.ts', import.meta.url))
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-ledger-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Last whole line of the acknowledgement file. */
function acknowledged(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n')
  return Number(lines.at(-2) ?? 0)
}

/** Starts the child, lets it live for a random moment after it opened the ledger, kills it. */
async function killOne(dir: string, ack: string, lifeMs: number): Promise<void> {
  const child = spawn(process.execPath, [await bundled(script), dir, ack], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), lifeMs))
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

async function runLane(lane: number, count: number): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(folder, 'lane-'))
  const ack = join(folder, `ack-${lane}`)
  const random = seeded(seed + lane)
  const letters: Record<string, number> = {}
  let before = 0
  for (let trial = 0; trial < count; trial++) {
    await killOne(dir, ack, random() * lifeMsMax)
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

it(`loses nothing in ${trials} kills`, { timeout: 60_000 + trials * 5_000 }, async () => {
  const found = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => runLane(lane, Math.ceil(trials / lanes))),
  )
  process.stdout.write(`ledger kill, seed ${seed}: ${JSON.stringify(found)}\n`)
})
