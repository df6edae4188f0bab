// The files of a running ledger, with real files: removed, replaced, cut short, and what is no fault.
// SQLite itself notices none of it before the rows are lost.
import {
  copyFileSync,
  linkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { watchLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger-watch.ts'
import { event, optionsFor, removeFolders } from './ledger-kit.ts'
import { file, ledgerFolder } from './repair-cases.ts'

afterEach(removeFolders)

/** What a look says after something happened to the files of an open ledger that goes on writing. */
function seenAfter(happens: (dir: string) => void): string {
  const dir = ledgerFolder()
  const { ledger } = openLedger(optionsFor(dir))
  try {
    ledger.append([event(41)])
    const watch = watchLedger(dir)
    watch.look()
    happens(dir)
    ledger.append([event(42)])
    watch.look()
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
