// A lot with a dead disk: its copy is restored on another machine, the centre gives the later rows back over real HTTPS from a
// real database, they are proven, and the lot goes on as if its disk had been whole.
import { gunzipSync, gzipSync } from 'node:zlib'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import { awaitRows, waitingIn } from '#ledger/desk/backup/restore-rows.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { openSiteLedger } from '#runtime/site/site-ledger.ts'
import { codeOf, refusedLater } from '../kit/refusals.ts'
import { ledgerIn, said } from '../wire/kit/backup-lot.ts'
import { program } from '../wire/kit/program.ts'
import { openScene, type Scene } from './door/door-kit.ts'
import { digestOf, firstPrev, gm, headOf } from './door/row-kit.ts'
import { GivenLot } from './given-lot.ts'

let scene: Scene
let lot: GivenLot
let at = 0
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())
beforeEach(() => {
  lot = new GivenLot(scene, `GX${String(++at).padStart(5, '0')}`)
})
afterEach(() => lot.remove())

/** A row that the restored lot writes by itself. */
const audit = (): void =>
  writeAudit(lot.fresh, loadLot(lot.fresh).config, { by: 'owner', reason: 'test' }, 'test')

it('gets its rows back byte for byte, proves them, and goes on', async () => {
  lot.rows(130)
  lot.checkpoint()
  await lot.copy()
  lot.rows(120)
  lot.checkpoint()
  lot.rows(60)
  await lot.send()
  const before = lot.stored()
  expect(before.length).toBeGreaterThan(300)
  lot.lost()
  const restored = await lot.restore()
  const copied = lot.stored(lot.fresh)
  expect(restored).toMatchObject({
    ok: true,
    centre: { url: scene.door.url, next: 'ledger fetch-back' },
    headSeq: copied.length,
  })
  expect(copied).toEqual(before.slice(0, copied.length))

  expect(codeOf(audit)).toBe('ROWS-10')
  expect(codeOf(() => openSiteLedger(lot.fresh, 'n1', gm))).toBe('ROWS-10')
  const asked = await lot.fetch('--no-wait')
  expect([asked.code, asked.json]).toMatchObject([1, { ok: false, state: 'pending', rows: 0 }])
  expect(await lot.accept()).toBe(asked.json['digits'])
  const { json } = await lot.fetch('--no-wait')
  const rows = before.length - copied.length
  const span = { rows, fromSeq: copied.length + 1, toSeq: before.length }
  expect(json).toMatchObject({ ok: true, state: 'fetched', ...span, provenSeq: before.length - 61 })
  expect(lot.stored(lot.fresh).slice(0, before.length)).toEqual(before)
  const more = lot
    .stored(lot.fresh)
    .slice(before.length)
    .map((row) => JSON.parse(row) as { kind: string; body: string })
  expect(more[0]?.body).toContain(`ledger.fetchBack ${span.fromSeq}-${span.toSeq}`)
  expect(more[1]?.body).toContain(`backup.restore ${copied.length}`)
  expect(more.at(-1)?.body).toContain('numbersMoved')
  expect(await said(ledgerCommand, ['verify', '--data', lot.fresh])).toMatchObject({ ok: true })

  audit()
  const ledger = ledgerIn(lot.fresh)
  expect(ledger.head.seq).toBe(before.length + more.length + 1)
  ledger.close()
  await lot.send(lot.fresh)
  expect(await scene.cursor(lot.lotId)).toContain(`n1 ${before.length + more.length + 1} `)
  expect(await scene.matters('forked')).toEqual([])
})

/**
 * A lot with 41 rows in its copy and 101 at the centre, in batches up to 40, 80 and 101; its disk is dead, and the copy
 * restored. `checkpoint`: row 72 is one, which proves the rows up to 71.
 */
async function restored(checkpoint = false): Promise<readonly string[]> {
  lot.rows(20)
  await lot.copy()
  lot.rows(30)
  if (checkpoint) lot.checkpoint()
  lot.rows(checkpoint ? 29 : 30)
  await lot.send()
  const before = lot.stored()
  expect(before).toHaveLength(101)
  lot.lost()
  expect(await lot.restore()).toMatchObject({ headSeq: 41 })
  return before
}

interface Batch {
  readonly fromSeq: number
  readonly lines: string[]
}
/** Changes the batch of the centre that has this row; where `isDigested`, all digests are made anew. */
async function spoil(seq: number, change: (batch: Batch) => void, isDigested = false) {
  const { owner } = scene.centre
  const { rows } = await owner(
    'SELECT from_seq, to_seq, rows FROM centre.lot_batch WHERE lot_id = $1 ORDER BY to_seq',
    [lot.lotId],
  )
  let head = firstPrev
  for (const { from_seq: from, to_seq: toSeq, rows: body } of rows) {
    const fromSeq = Number(from)
    const lines = gunzipSync(body).toString('utf8').trimEnd().split('\n')
    if (fromSeq <= seq && seq <= Number(toSeq)) change({ lines, fromSeq })
    if (isDigested) head = headOf(lines, head)
    await owner(
      `UPDATE centre.lot_batch SET rows = $3, head = CASE WHEN $4 THEN decode($5, 'hex') ELSE head END
       WHERE lot_id = $1 AND to_seq = $2`,
      [lot.lotId, toSeq, gzipSync(lines.map((line) => `${line}\n`).join('')), isDigested, head],
    )
  }
  const digests = `UPDATE centre.lot_cursor SET head = decode($2, 'hex') WHERE lot_id = $1`
  if (isDigested) await owner(digests, [lot.lotId, head])
}
const changed = (seq: number, text: (line: string) => string, isDigested = false) =>
  spoil(
    seq,
    ({ lines, fromSeq }) => {
      lines[seq - fromSeq] = text(lines[seq - fromSeq] ?? '')
    },
    isDigested,
  )
const spliced = (seq: number, count: number, ...added: readonly string[]) =>
  spoil(seq, ({ lines, fromSeq }) => void lines.splice(seq - fromSeq, count, ...added), true)
const other = (line: string): string => line.replace(/"detail":"row|"by":"owner/, '$&s')
const alone = (line: string): string => `#${digestOf(line)}`
const set = (what: string) =>
  scene.centre.owner(`UPDATE centre.lot_batch SET ${what} WHERE lot_id = '${lot.lotId}'`)

it.each([
  ['a row changed', () => changed(50, other), 'ROWS-12', 0],
  ['a row changed, with its digests', () => changed(50, other, true), 'ROWS-13', 0],
  ['the last row changed, with its digests', () => changed(101, other, true), 'ROWS-13', 39],
  ['other rows up to the copy', () => changed(10, other, true), 'ROWS-11', 0],
  ['another row where the copy ends', () => changed(41, other, true), 'ROWS-11', 0],
  ['a row dropped', () => spliced(50, 1), 'ROWS-12', 0],
  ['a row added', () => spliced(50, 0, '{}'), 'ROWS-12', 0],
  ['a row in place of another', () => spliced(50, 1, '{}'), 'ROWS-12', 0],
  ['no rows in a batch', () => spliced(41, 40), 'ROWS-12', 0],
  ['bytes that are no text', () => changed(50, () => '\u0000', true), 'ROWS-12', 0],
  ['bytes that are no gzip', () => set(`rows = '\\x00'`), 'ROWS-12', 0],
  ['a row that was let pass', () => changed(50, alone), 'ROWS-14', 8],
  ['the first row let pass', () => changed(42, alone), 'ROWS-14', 0],
  [
    'rows of another lot',
    () =>
      set(
        `rows = o.rows FROM (SELECT rows FROM centre.lot_batch WHERE lot_id = 'GX00001' AND to_seq = 80) o`,
      ),
    'ROWS-11',
    0,
  ],
  ['signatures that do not fit', () => set(`signature = '\\x3006020101020101'`), 'ROWS-13', 0],
  ['a signing key that it lacks', () => set(`serial = '0A'`), 'ROWS-13', 0],
] as const)('a centre with %s: refused, and only what is proven is written', async (...of) => {
  const [, spoiled, code, count] = of
  const before = await restored()
  await spoiled()
  await lot.fetch('--no-wait')
  await lot.accept()
  // Asked again it answers the same.
  for (let turn = 0; turn < 2; turn++) {
    expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe(code)
    expect(lot.stored(lot.fresh)).toEqual(before.slice(0, 41 + count))
  }
  expect(codeOf(audit)).toBe('ROWS-10')
  const { json } = await lot.fetch('--leave')
  expect(json).toMatchObject({ ok: true, state: 'left', rows: count })
  expect(codeOf(audit)).toBe('none')
  expect(await said(ledgerCommand, ['verify', '--data', lot.fresh])).toMatchObject({ ok: true })
})

it.each([
  ['no key of the signatures', () => set(`serial = '0A'`), 'ROWS-13', 30],
  ['a row changed, with its digests', () => changed(50, other, true), 'ROWS-13', 0],
  ['a row changed behind it', () => changed(73, other, true), 'ROWS-13', 30],
] as const)('a checkpoint proves the rows before it: %s', async (_, spoiled, code, count) => {
  const before = await restored(true)
  await spoiled()
  await lot.fetch('--no-wait')
  await lot.accept()
  expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe(code)
  expect(lot.stored(lot.fresh)).toEqual(before.slice(0, 41 + count))
})

it('a folder that has no centre, or is in use, or a centre that is gone', async () => {
  const before = await restored()
  const lock = join(lot.fresh, 'run', 'lock')
  mkdirSync(join(lot.fresh, 'run'), { recursive: true })
  writeFileSync(lock, `${process.ppid}\n`)
  expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe('LOCK-01')
  rmSync(lock)
  const file = join(lot.fresh, 'lot.json')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(scene.door.url, 'https://127.0.0.1:9'))
  expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe('ROWS-15')
  const { centre: _, ...without } = JSON.parse(text) as Record<string, unknown>
  writeFileSync(file, JSON.stringify(without))
  expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe('ARG-01')
  writeFileSync(file, text)
  expect(lot.stored(lot.fresh)).toEqual(before.slice(0, 41))
  expect(await lot.fetched()).toMatchObject({ state: 'fetched', rows: 60 })
})

it('a key that was revoked meanwhile: new digits, and nothing is written', async () => {
  const before = await restored()
  await lot.fetch('--no-wait')
  await lot.accept()
  await set(`signature = '\\x3006020101020101'`)
  await refusedLater(lot.fetch('--no-wait'))
  await scene.centre.owner('UPDATE desk.lot_key SET revoked_at = now() WHERE lot_id = $1', [
    lot.lotId,
  ])
  await setTimeout(2_500)
  const { json } = await lot.fetch('--no-wait')
  expect(json).toMatchObject({ ok: false, state: 'pending' })
  expect(json['digits']).toBe(await lot.accept())
  expect(lot.stored(lot.fresh)).toEqual(before.slice(0, 41))
})

it('a copy that the centre is behind loses nothing, and a lot that went on is refused', async () => {
  lot.rows(10)
  await lot.send()
  lot.rows(30)
  await lot.copy()
  lot.lost()
  await lot.restore()
  expect(await lot.fetched()).toMatchObject({ ok: true, state: 'fetched', rows: 0 })
  await lot.send(lot.fresh)
  expect(await scene.matters('forked')).toEqual([])
})

it('a copy that was put back by hand and written to is another history', async () => {
  await restored()
  await lot.fetch('--leave')
  expect(await lot.fetch('--no-wait')).toMatchObject({ code: 1 })
  await lot.accept()
  expect((await refusedLater(lot.fetch('--no-wait')))?.code).toBe('ROWS-11')
  expect(codeOf(audit)).toBe('none')
})

/** Runs the command as a process that is killed once it has said so many lines; how it ended. */
async function killedAt(lines: number): Promise<number | null> {
  const args = ['ledger', 'fetch-back', '--data', lot.fresh, '--by', 'owner', '--reason', 'test']
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.split('\n').length > lines) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return child.exitCode
}

it.each([false, true])(
  'killed at each step it goes on, with a checkpoint: %s',
  async (checkpoint) => {
    const before = await restored(checkpoint)
    expect(await killedAt(1)).toBeNull()
    await lot.accept()
    const waiting = waitingIn(lot.fresh)
    // Digits again, rows up to 80, rows up to 101.
    for (const lines of [1, 2, 3]) {
      await killedAt(lines)
      const stored = lot.stored(lot.fresh)
      expect(stored.slice(0, 101)).toEqual(before.slice(0, stored.length))
    }
    if (waitingIn(lot.fresh) !== null) expect(await killedAt(Infinity)).toBe(0)
    const all = lot.stored(lot.fresh)
    expect(all.slice(0, 101)).toEqual(before)
    // Killed behind its first rows, before the end of the file.
    if (waiting !== null) awaitRows(lot.fresh, waiting)
    expect(await killedAt(Infinity)).toBe(0)
    expect(lot.stored(lot.fresh)).toEqual(all)
    expect(codeOf(audit)).toBe('none')
  },
)
