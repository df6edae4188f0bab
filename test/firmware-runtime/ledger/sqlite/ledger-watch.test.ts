// Watches the files of a running ledger on a real disk: removed, replaced, truncated, and changes that are no fault.
// SQLite itself reports nothing before rows are lost.
import {
  closeSync,
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { watchLedger } from '#ledger/sqlite/ledger-watch.ts'
import { event, optionsFor, removeFolders } from './ledger-kit.ts'
import { file, ledgerFolder } from './repair-cases.ts'

afterEach(removeFolders)

const textOf = (act: () => void): string => {
  try {
    act()
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A file, as its name says after `happens` changed the files of an open ledger: what the watch says, and what a write does. */
function seenAfter(
  happens: (dir: string) => void,
  before: (dir: string) => void = () => undefined,
): { look: string; write: string; rows: number } {
  const dir = ledgerFolder()
  before(dir)
  const { ledger } = openLedger(optionsFor(dir))
  try {
    ledger.append([event(41)])
    const watch = watchLedger(dir, 'lot-1', () => ledger.head)
    watch.look()
    happens(dir)
    const rows = ledger.head.seq
    const write = textOf(() => ledger.append([event(42)]))
    // As many looks as half a minute has.
    const look = textOf(() => [1, 2, 3].forEach(() => watch.look()))
    return { look, write, rows: ledger.head.seq - rows }
  } finally {
    ledger.close()
  }
}
const refused = (text: RegExp) => ({
  look: expect.stringMatching(text) as string,
  write: expect.stringMatching(text) as string,
  rows: 0,
})
const fine = { look: 'nothing', write: 'nothing', rows: 1 }
const swap = (dir: string, name: string): void => {
  copyFileSync(file(dir, name), file(dir, 'copy'))
  renameSync(file(dir, 'copy'), file(dir, name))
}
const asLink = (dir: string, name: string): void => {
  renameSync(file(dir, name), file(dir, 'aside'))
  symlinkSync(file(dir, 'aside'), file(dir, name))
}
const all = ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'ledger.head']

describe('a file of a running ledger', () => {
  it.each(all)('%s removed', (name) => {
    expect(seenAfter((dir) => rmSync(file(dir, name)))).toEqual(refused(/^LEDGER-09.*removed/))
  })
  it.each(all)('%s moved away', (name) => {
    const move = (dir: string): void => renameSync(file(dir, name), file(dir, 'aside'))
    expect(seenAfter(move)).toEqual(refused(/^LEDGER-09.*removed/))
  })
  it.each(all)('%s replaced by a copy of itself', (name) => {
    expect(seenAfter((dir) => swap(dir, name))).toEqual(refused(/^LEDGER-09.*in its place/))
  })
  it.each(all)('%s replaced by a link to itself', (name) => {
    expect(seenAfter((dir) => asLink(dir, name))).toEqual(refused(/^LEDGER-09.*in its place/))
  })
  it('with its whole folder replaced by a copy', () => {
    const move = (dir: string): void => {
      cpSync(dir, `${dir}-copy`, { recursive: true })
      renameSync(dir, `${dir}-aside`)
      renameSync(`${dir}-copy`, dir)
    }
    expect(seenAfter(move)).toEqual(refused(/^LEDGER-09.*in its place/))
  })
  it('with its whole folder moved away', () => {
    const move = (dir: string): void => renameSync(dir, `${dir}-aside`)
    expect(seenAfter(move)).toEqual(refused(/^LEDGER-09.*removed/))
  })
  it('with a file in the place of its folder', () => {
    const move = (dir: string): void => {
      renameSync(dir, `${dir}-aside`)
      writeFileSync(dir, '')
    }
    expect(seenAfter(move)).toEqual(refused(/^LEDGER-09.*removed/))
  })
  it('replaced by a link that leads in a circle', () => {
    const turn = (dir: string): void => {
      rmSync(file(dir))
      symlinkSync(file(dir), file(dir))
    }
    expect(seenAfter(turn)).toEqual(refused(/^LEDGER-(?:09|12)/))
  })
  it('cut short', () => {
    const cut = (dir: string): void => truncateSync(file(dir), statSync(file(dir)).size - 2048)
    expect(seenAfter(cut)).toEqual(refused(/^LEDGER-09.*was cut from/))
  })
  it.each<[string, (dir: string) => void, ((dir: string) => void)?]>([
    ['rows are written', () => undefined],
    ['a backup links it', (dir) => linkSync(file(dir), file(dir, 'link'))],
    ['something else is put beside it', (dir) => writeFileSync(file(dir, 'x'), 'x')],
    [
      'it was moved away and back',
      (dir) => {
        renameSync(file(dir), file(dir, 'aside'))
        renameSync(file(dir, 'aside'), file(dir))
      },
    ],
    ['it was a link when it was opened', () => undefined, (dir) => asLink(dir, 'ledger.db')],
    [
      'its folder became a link to where it was moved',
      (dir) => {
        renameSync(dir, `${dir}-aside`)
        symlinkSync(`${dir}-aside`, dir)
      },
    ],
  ])('nothing is wrong when %s', (_what, happens, before) => {
    expect(seenAfter(happens, before)).toEqual(fine)
  })

  it.each(['EIO', 'ESTALE', 'EACCES', 'ENOTCONN'])('that cannot be reached (%s)', (code) => {
    const dir = ledgerFolder()
    const { ledger } = openLedger(optionsFor(dir))
    let isGone = false
    const lstat = ((...args: Parameters<typeof lstatSync>) => {
      if (isGone) throw Object.assign(new Error(code), { code })
      return lstatSync(...args)
    }) as typeof lstatSync
    const watch = watchLedger(dir, 'lot-1', () => ledger.head, lstat)
    watch.look()
    isGone = true
    expect(() => watch.look()).toThrow(expect.objectContaining({ code: 'LEDGER-12' }))
    isGone = false
    watch.look()
    ledger.close()
  })

  it('takes nothing more once it was refused, by the same code', () => {
    const dir = ledgerFolder()
    const { ledger, headWriter } = openLedger(optionsFor(dir))
    ledger.append([event(41)])
    swap(dir, 'ledger.db')
    for (const act of [
      () => ledger.append([event(42)]),
      () => ledger.append([event(43)]),
      () => headWriter.flush(),
      () => [...ledger.rows(0)],
    ])
      expect(act).toThrow(expect.objectContaining({ code: 'LEDGER-09' }))
    ledger.close()
  })
})

const cash: RowDraft = {
  kind: 'payment',
  atMs: 1,
  stayId: 'n-S1',
  amountFen: 600,
  body: { paymentId: 'n-M1', means: 'cash', by: '收费员', reason: '现金' },
}
const intent: RowDraft = {
  kind: 'intent',
  atMs: 1,
  stayId: 'n-S1',
  orderId: 'n-O1',
  deductionId: 'n-O1.D1',
  amountFen: 600,
  body: {
    chargeMode: 'online',
    outTradeNo: 'P1',
    plate: null,
    colour: 'blue',
    obuId: 'o',
    cardNo: 'c',
  },
}

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
    const one = present(opened.watch, 'a ledger on a disk has one')
    let n = 41
    const add = (rows: number): void => {
      for (let i = 0; i < rows; i++) ledger.append([event(n++, word)])
    }
    add(200)
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
  it.each<[string, RowDraft, RegExp]>([
    ['an event', event(900), /^nothing/],
    ['a payment', cash, /^LEDGER-09.*row \d+ is not there as it was written/],
    ['the intent of a charge', intent, /^LEDGER-09.*row \d+ is not there as it was written/],
  ])('that is another whole ledger, before %s', (_what, row, text) => {
    const other = busyDay('b')
    other.add(60)
    other.ledger.close()
    const { dir, ledger, watch, add } = busyDay('a')
    add(60)
    expect(watch()).toBe('nothing')
    overwrite(file(dir), readFileSync(file(other.dir)))
    expect(textOf(() => ledger.append([row]))).toMatch(text)
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
