// Appends until the disk refuses, then does what its second argument says, and prints what happened.
// Runs on a full, read-only, limited or failing disk that the test has made for it.
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openLedger, type OpenedLedger } from '#ledger/sqlite/ledger.ts'
import { event, optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'

const [dir = '', then = '', faultFile = '', nth = ''] = process.argv.slice(2)

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'ok'
  } catch (error) {
    return error instanceof LaneFault ? error.code : String(error)
  }
}

/** Appends rows of one kilobyte until one is refused; returns the code of the refusal. */
function fill(opened: OpenedLedger, rows: number): string {
  for (let n = 0; n < rows; n++) {
    const code = codeOf(() => opened.ledger.append([event(n, 'x'.repeat(1_000))]))
    if (code !== 'ok') return code
  }
  return 'ok'
}

/** Opens on a disk without any space left, then with space again. */
function openFull(): object {
  if (then === 'fullOld') openLedger(optionsFor(dir)).ledger.append([event(1)])
  const ballast = join(dir, 'ballast')
  const fd = openSync(ballast, 'w')
  try {
    for (;;) writeSync(fd, new Uint8Array(512))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
  closeSync(fd)
  const full = codeOf(() => openLedger(optionsFor(dir)).ledger.append([event(2)]))
  rmSync(ballast)
  const opened = openLedger(optionsFor(dir))
  opened.ledger.append([event(3)])
  return { full, letter: opened.repair.letter, head: opened.ledger.head.seq }
}

function run(): object {
  if (then.startsWith('full')) return openFull()
  let opened: OpenedLedger
  try {
    opened = openLedger(optionsFor(dir))
  } catch (error) {
    return { open: error instanceof LaneFault ? error.code : String(error) }
  }
  const ballast = join(dir, 'ballast')
  if (then === 'free') writeFileSync(ballast, new Uint8Array(64 * 1024))
  if (then === 'fault') writeFileSync(faultFile, nth)
  const first = fill(opened, then === 'fault' ? 60 : 2_000)
  const acknowledged = opened.ledger.head.seq
  const again = codeOf(() => opened.ledger.append([event(0, 'x'.repeat(1_000))]))
  const readable = codeOf(() => [...opened.ledger.rows(0)])
  rmSync(ballast, { force: true })
  const freed = codeOf(() => opened.ledger.append([event(0, 'x'.repeat(1_000))]))
  const flushed = codeOf(() => opened.headWriter.flush())
  return { first, again, readable, freed, flushed, acknowledged, head: opened.ledger.head.seq }
}

process.stdout.write(`${JSON.stringify(run())}\n`)
// Leaves everything open like a killed process; the next start reads what is there.
process.kill(process.pid, 'SIGKILL')
