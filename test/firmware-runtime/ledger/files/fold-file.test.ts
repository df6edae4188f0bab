// fold.cache returns exactly the state that was stored, or nothing, whatever happened to the file.
// It is made from a real ledger of twelve cars, and its state is compared with the fold of all rows.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import {
  foldFileNames,
  readFoldFile,
  writeFoldFile,
  type FoldFileOptions,
} from '#ledger/files/fold-file.ts'
import { keeping, keepNow } from '#ledger/files/fold-keeping.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { foldLedger, noFold } from '#lane/lot/upkeep/fold-start.ts'
import { emptyFolded } from '#ledger/pure/fold/folded.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { FoundFold, KeptFold } from '#ledger/ports/fold-cache.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { foldAll, MadeUp, stateText } from '../pure/fold/fold-kit.ts'
import {
  carRows,
  event,
  newFolder,
  optionsFor,
  removeFolders,
  testCrypto,
  testKey,
} from '../sqlite/ledger-kit.ts'
import { lot, reading } from '../sqlite/lot-kit.ts'

afterAll(removeFolders)

const startMonoMs = 5_000
/** Magic, blank, 64 hex digits, line feed. */
const headBytes = 8 + 1 + 64 + 1

const optionsOf = (dir: string, change: Partial<FoldFileOptions> = {}): FoldFileOptions => ({
  dir,
  nodeId: 'lot-1',
  program: '1.2.3',
  crypto: testCrypto,
  chainKey: testKey,
  ...change,
})

/** Stores the fold as the worker does, on its own connection. */
const keep = (dir: string, rowsMax = Infinity): KeptFold =>
  reading(dir, ({ checkedRows }) =>
    keepNow({ place: optionsOf(dir), rowsAfter: checkedRows, rowsMax, sync: true }),
  )

function opened<T>(dir: string, use: (ledger: Ledger) => T): T {
  const { ledger } = openLedger(optionsFor(dir))
  try {
    return use(ledger)
  } finally {
    ledger.close()
  }
}

const start = (dir: string, found: FoundFold = readFoldFile(optionsOf(dir))) =>
  opened(dir, (ledger) => foldLedger(ledger, found, startMonoMs))

const allRows = (dir: string): string =>
  opened(dir, (ledger) => stateText(foldAll([...ledger.rows(0)], startMonoMs)))

describe('a start', () => {
  it('goes on from the kept row and comes to the same state', () => {
    const dir = lot()
    expect(keep(dir, 50)).toEqual({ ok: true, seq: 50 })
    const { folded, keptSeq, how } = start(dir)
    const rows = folded.at.seq
    expect([keptSeq, how]).toEqual([50, `cacheRead 50 ${rows - 50}`])
    expect(stateText(folded)).toBe(allRows(dir))
  })

  it('folds nothing when the cache stands at the head', () => {
    const dir = lot()
    const kept = keep(dir)
    const { folded, keptSeq } = start(dir)
    expect([kept, keptSeq]).toEqual([{ ok: true, seq: keptSeq }, folded.at.seq])
    expect(stateText(folded)).toBe(allRows(dir))
  })

  it('folds all rows without a file, and says so', () => {
    const dir = lot()
    const { folded, keptSeq, how } = start(dir)
    expect([keptSeq, how]).toEqual([0, `allRowsRead ${folded.at.seq} absent`])
    expect(stateText(folded)).toBe(allRows(dir))
  })

  it('ignores the cache of a longer ledger: an older copy was put back', () => {
    const [long, dir] = [lot(carRows(20)), lot()]
    expect(keep(long)).toMatchObject({ ok: true })
    const found = readFoldFile(optionsOf(long))
    const { folded, how } = start(dir, found)
    expect(how).toMatch(/^allRowsRead \d+ otherRows$/)
    expect(stateText(folded)).toBe(allRows(dir))
  })

  it('ignores the cache of another history of the same length', () => {
    const [other, dir] = [lot([event(7)]), lot([event(8)])]
    const head = (folder: string): number => opened(folder, (ledger) => ledger.head.seq)
    expect(head(other)).toBe(head(dir))
    keep(other)
    expect(start(dir, readFoldFile(optionsOf(other))).how).toMatch(/^allRowsRead \d+ otherRows$/)
  })

  it('folds all rows when the rows do not fit the kept state: a start never fails by a cache', () => {
    const dir = lot()
    const whole = start(dir).folded
    const place = opened(dir, (ledger) => [...ledger.rows(0)].find((r) => r.kind === 'orderMade'))
    const at = { seq: (place?.seq ?? 1) - 1, hash: place?.prevHash ?? '' }
    // A state that lacks the stay which the next row refers to.
    const found: FoundFold = { kind: 'found', at, restore: () => ({ ...emptyFolded(noRows), at }) }
    const { folded, keptSeq, how } = start(dir, found)
    expect(how).toMatch(/^allRowsRead \d+ rowsMisfit .*names an open stay/)
    expect([keptSeq, stateText(folded)]).toEqual([0, stateText(whole)])
  })
})

it('LEDGER-10 names the row that makes no sense, whatever was kept before it', () => {
  const dir = lot()
  keep(dir)
  const seq = opened(dir, (ledger) => {
    ledger.append([
      { kind: 'stayClosed', atMs: 9, stayId: 'none', body: { end: 'free', leftAtMs: 9 } },
    ])
    return ledger.head.seq
  })
  for (const found of [readFoldFile(optionsOf(dir)), noFold])
    expect(() => start(dir, found)).toThrow(
      expect.objectContaining({
        code: 'LEDGER-10',
        detail: expect.objectContaining({ field: `seq ${seq}`, value: 'stayClosed' }) as unknown,
      }),
    )
})

describe('a file that was changed', () => {
  it('is not used, whichever byte it is, and the state is that of all rows', () => {
    const dir = newFolder()
    const ledger = openLedger(optionsFor(dir)).ledger
    ledger.append(carRows(1).slice(0, 4))
    ledger.append([event(1)])
    ledger.close()
    keep(dir)
    const { now } = foldFileNames(dir)
    const whole = readFileSync(now)
    const expected = allRows(dir)
    opened(dir, (open) => {
      for (let at = 0; at < whole.length; at++) {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
        writeFileSync(now, bytes)
        const found = readFoldFile(optionsOf(dir))
        expect(found, `byte ${at}`).toEqual({ kind: 'none', why: 'damaged' })
        if (at % 50 === 0)
          expect(stateText(foldLedger(open, found, startMonoMs).folded)).toBe(expected)
      }
    })
    expect(whole.length).toBeGreaterThan(800)
  })

  it('is not used when it is cut anywhere, empty, or longer than it was', () => {
    const dir = lot()
    keep(dir)
    const { now } = foldFileNames(dir)
    const whole = readFileSync(now)
    for (let bytes = whole.length - 1; bytes >= 0; bytes -= 13) {
      truncateSync(now, bytes)
      expect(readFoldFile(optionsOf(dir)), `${bytes} bytes`).toMatchObject({ why: 'damaged' })
    }
    writeFileSync(now, '')
    expect(readFoldFile(optionsOf(dir))).toMatchObject({ why: 'damaged' })
    writeFileSync(now, Buffer.concat([whole, Buffer.from('\n')]))
    expect(readFoldFile(optionsOf(dir))).toMatchObject({ why: 'damaged' })
    writeFileSync(now, whole)
    expect(readFoldFile(optionsOf(dir)).kind).toBe('found')
  })

  it.each([
    ['another chain key', { chainKey: new Uint8Array(32).fill(1) }, 'damaged'],
    ['another program', { program: '1.2.4' }, 'otherVersion'],
    ['another node', { nodeId: 'lot-2' }, 'otherNode'],
  ] as const)('is not used by %s', (_name, change, why) => {
    const dir = lot()
    keep(dir)
    expect(readFoldFile(optionsOf(dir, change))).toEqual({ kind: 'none', why })
  })

  /** The file with another head, authenticated with the lot's own key. */
  const rewritten = (dir: string, change: (head: Record<string, unknown>) => object): void => {
    const { now } = foldFileNames(dir)
    const payload = readFileSync(now).subarray(headBytes)
    const end = payload.indexOf(0x0a)
    const head = JSON.parse(payload.subarray(0, end).toString()) as Record<string, unknown>
    const first = Buffer.from(`${JSON.stringify(change(head))}\n`)
    const next = Buffer.concat([first, payload.subarray(end + 1)])
    const key = testCrypto.hmacSm3(testKey, Buffer.from('etc-lane fold cache'))
    const sum = Buffer.from(testCrypto.hmacSm3(key, next)).toString('hex')
    writeFileSync(now, Buffer.concat([Buffer.from(`ETCFOLD1 ${sum}\n`), next]))
  }
  it.each([
    ['another engine', { v8: '1.2.3' }],
    ['another fold', { fold: 1 }],
    ['the form before, which was text', { file: 1, v8: undefined }],
  ])('of %s is not read, though its sum is right', (_name, change) => {
    const dir = lot()
    keep(dir)
    rewritten(dir, (head) => head)
    expect(readFoldFile(optionsOf(dir)).kind).toBe('found')
    rewritten(dir, (head) => ({ ...head, ...change }))
    expect(readFoldFile(optionsOf(dir))).toEqual({ kind: 'none', why: 'otherVersion' })
  })

  it('is not used when it is no file', () => {
    const dir = lot()
    mkdirSync(foldFileNames(dir).now)
    expect(start(dir).how).toMatch(/^allRowsRead \d+ unreadable$/)
    expect(keep(dir).ok).toBe(false)
    expect(existsSync(foldFileNames(dir).next)).toBe(false)
  })
})

describe('keeping', () => {
  it('goes on from what is kept and takes over the rows since', () => {
    const dir = lot()
    const head = opened(dir, (ledger) => ledger.head.seq)
    expect([keep(dir, 10), keep(dir, 10), keep(dir)]).toEqual(
      [10, 20, head].map((seq) => ({ ok: true, seq })),
    )
    expect(readdirSync(dir).filter((name) => name.startsWith('fold'))).toEqual(['fold.cache'])
    const before = readFileSync(foldFileNames(dir).now)
    expect(keep(dir), 'nothing new').toEqual({ ok: true, seq: head })
    expect(readFileSync(foldFileNames(dir).now)).toEqual(before)
    opened(dir, (ledger) => ledger.append(carRows(30)))
    expect(keep(dir)).toEqual({ ok: true, seq: head + carRows(30).length })
    expect(stateText(start(dir).folded)).toBe(allRows(dir))
  })

  it('starts anew where the kept state is not of this ledger, or does not fit it', () => {
    const dir = lot()
    const at = opened(dir, (ledger) => {
      const order = [...ledger.rows(0)].find((row) => row.kind === 'orderMade')
      return { seq: (order?.seq ?? 1) - 1, hash: order?.prevHash ?? '' }
    })
    writeFoldFile(
      optionsOf(dir),
      { ...emptyFolded(noRows), at: { ...at, hash: 'f'.repeat(64) } },
      false,
    )
    expect(keep(dir), 'another history').toMatchObject({ ok: true })
    writeFoldFile(optionsOf(dir), { ...emptyFolded(noRows), at }, false)
    expect(keep(dir)).toMatchObject({ ok: false })
    expect(keep(dir)).toMatchObject({ ok: true })
    expect(stateText(start(dir).folded)).toBe(allRows(dir))
  })

  it('lets others have their turn, often', () => {
    const made = new MadeUp()
    for (let n = 0; n < 5_000; n++) made.take(0, n)
    const rowsAfter = (seq: number) => made.rows.slice(Math.max(0, seq))
    const steps = keeping({ place: optionsOf(newFolder()), rowsAfter, sync: false })
    const turns = [...steps]
    expect(turns).toHaveLength(6)
  })

  it('takes no row that does not fit the chain', () => {
    const dir = lot()
    keep(dir, 30)
    const before = readFileSync(foldFileNames(dir).now)
    const kept = reading(dir, ({ checkedRows }) =>
      keepNow({
        place: optionsOf(dir),
        rowsAfter: function* (seq) {
          for (const row of checkedRows(seq)) {
            if (row.seq === 40) throw new LaneFault('LEDGER-04', {})
            yield row
          }
        },
        sync: false,
      }),
    )
    expect(kept).toEqual({ ok: false, why: 'LEDGER-04' })
    expect(readFileSync(foldFileNames(dir).now)).toEqual(before)
  })

  it('keeps nothing that does not come back as it was', () => {
    const folded = emptyFolded(noRows)
    class Counter {
      readonly last = 1
    }
    Reflect.set(folded.lot, 'lastId', new Counter())
    expect(writeFoldFile(optionsOf(newFolder()), folded, false)).toEqual({
      ok: false,
      why: 'stateDiffers',
    })
  })

  it('gives up on a folder that is gone; the next start folds all rows', () => {
    const place = optionsOf(`${newFolder()}/gone`)
    expect(writeFoldFile(place, emptyFolded(noRows), true)).toEqual({ ok: false, why: 'ENOENT' })
  })

  it('gives up on a folder that does not take the file', () => {
    const dir = lot()
    mkdirSync(foldFileNames(dir).next)
    expect(keep(dir)).toEqual({ ok: false, why: 'EISDIR' })
    expect(start(dir).how).toMatch(/^allRowsRead \d+ absent$/)
  })

  it.skipIf(!existsSync('/dev/full'))('leaves the old file and no half one on a full disk', () => {
    const dir = lot()
    keep(dir, 30)
    const { now, next } = foldFileNames(dir)
    const before = readFileSync(now)
    symlinkSync('/dev/full', next)
    expect(keep(dir)).toEqual({ ok: false, why: 'ENOSPC' })
    expect(readFileSync(now)).toEqual(before)
    expect(readdirSync(dir)).not.toContain('fold.cache.new')
    expect(start(dir).keptSeq).toBe(30)
  })
})
