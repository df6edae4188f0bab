// Watches the files of a running ledger on a real disk: removed, replaced, truncated, and changes that are no fault.
// SQLite itself reports nothing before rows are lost.
import {
  closeSync,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger, openLedgerWith } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { migrations } from '../../../../firmware-runtime/adapters/sqlite/migrations/index.ts'
import type { Ledger } from '../../../../firmware-runtime/ports/ledger.ts'
import { watchLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger-watch.ts'
import { event, optionsFor, removeFolders } from './ledger-kit.ts'
import { file, ledgerFolder } from './repair-cases.ts'

afterEach(removeFolders)

/** The watch's fault text after `happens` changed the files of an open ledger that keeps writing, or 'nothing'. */
function seenAfter(happens: (dir: string) => void): string {
  const dir = ledgerFolder()
  const { ledger } = openLedger(optionsFor(dir))
  try {
    ledger.append([event(41)])
    const watch = watchLedger(dir, 'lot-1', () => ledger.head)
    watch.look()
    happens(dir)
    ledger.append([event(42)])
    // As many looks as half a minute has.
    for (let n = 0; n < 3; n++) watch.look()
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    ledger.close()
  }
}

describe('a file of a running ledger', () => {
  it.each(['ledger.db', 'ledger.db-wal', 'ledger.head'])('%s removed', (name) => {
    expect(seenAfter((dir) => rmSync(file(dir, name)))).toMatch(/^LEDGER-09.*removed/)
  })
  it.each(['ledger.db', 'ledger.head'])('%s replaced by a copy of itself', (name) => {
    const replace = (dir: string): void => {
      copyFileSync(file(dir, name), file(dir, 'copy'))
      renameSync(file(dir, 'copy'), file(dir, name))
    }
    expect(seenAfter(replace)).toMatch(/^LEDGER-09.*in its place/)
  })
  it('cut short', () => {
    const cut = (dir: string): void => truncateSync(file(dir), statSync(file(dir)).size - 2048)
    expect(seenAfter(cut)).toMatch(/^LEDGER-09.*was cut from/)
  })
  it.each([
    ['rows are written', () => undefined],
    ['a backup links it', (dir: string) => linkSync(file(dir), file(dir, 'link'))],
    ['something else is put beside it', (dir: string) => writeFileSync(file(dir, 'x'), 'x')],
  ])('nothing is wrong when %s', (_what, happens) => {
    expect(seenAfter(happens)).toBe('nothing')
  })
})

describe('a file of the same size', () => {
  /** Many rows with most of the log moved into the database, as after a day. */
  function busyDay(word = ''): {
    dir: string
    ledger: Ledger
    watch: () => string
    add(rows: number): void
  } {
    const dir = ledgerFolder()
    const opened = openLedgerWith(optionsFor(dir), {
      synchronous: 'OFF',
      migrations,
      checkRows: 2_000,
      checkpointPages: 8,
    })
    const { ledger } = opened
    let n = 41
    const add = (rows: number): void => {
      for (let i = 0; i < rows; i++) ledger.append([event(n++, word)])
    }
    add(200)
    const one = watchLedger(dir, 'lot-1', () => ledger.head)
    const watch = (): string => {
      try {
        for (let look = 0; look < 3; look++) one.look()
        return 'nothing'
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    }
    return { dir, ledger, watch, add }
  }
  /** Overwrites a file in place and keeps its size, as a copying program does to a file of a running lot. */
  const overwrite = (path: string, bytes: Buffer): void => {
    const fd = openSync(path, 'r+')
    writeSync(fd, bytes, 0, Math.min(bytes.length, statSync(path).size), 0)
    closeSync(fd)
  }

  it('is well while rows are written and moved', () => {
    const { ledger, watch, add } = busyDay()
    for (let hour = 0; hour < 40; hour++) {
      add(10)
      expect(watch()).toBe('nothing')
    }
    ledger.close()
  })
  it('that is the one of yesterday is told', () => {
    const { dir, ledger, watch, add } = busyDay()
    const yesterday = readFileSync(file(dir))
    add(60)
    expect(watch()).toBe('nothing')
    add(60)
    overwrite(file(dir), Buffer.concat([yesterday, Buffer.alloc(1 << 20)]))
    add(5)
    expect(watch()).toMatch(/^LEDGER-09.*written over/)
    ledger.close()
  })
  it('that is another whole ledger is told by a row that is not there', () => {
    const other = busyDay('b')
    other.add(60)
    other.ledger.close()
    const { dir, ledger, watch, add } = busyDay('a')
    add(60)
    expect(watch()).toBe('nothing')
    overwrite(file(dir), readFileSync(file(other.dir)))
    expect(watch()).toMatch(/^LEDGER-09.*row \d+ is not there as it was written/)
    ledger.close()
  })
  it.each([
    ['zeros', () => Buffer.alloc(1 << 20)],
    ['another text', () => Buffer.alloc(1 << 20, 'ledger ')],
  ])('of %s is told', (_what, made) => {
    const { dir, ledger, watch, add } = busyDay()
    add(60)
    overwrite(file(dir), made())
    expect(watch()).toMatch(/^LEDGER-09/)
    ledger.close()
  })
})
