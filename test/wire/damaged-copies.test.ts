// Copies of which one is damaged at the second place: missing, cut, altered or torn. It is named, the newest intact one
// is offered and restored when a person agrees, and a running lot goes on copying.
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { BackupLot, flipByte, printOf, refusal, said, keyOf } from './kit/backup-lot.ts'

let lot: BackupLot
let key: string
beforeEach(async () => {
  lot = new BackupLot()
  key = await keyOf(lot, join(lot.root, 'stick'))
})
afterEach(() => lot.remove())

const who = ['--by', 'owner', '--reason', 'test'] as const
const copies = (): string => join(lot.place, 'GX00077-n1')
const list = (): string => join(copies(), 'copies.jsonl')

const now = (...more: string[]) =>
  said(backupCommand, ['now', '--data', lot.dir, '--to', lot.place, ...more])
const test = () => said(backupCommand, ['test', '--data', lot.dir, '--to', lot.place])
const folder = (name: string): string => join(lot.root, name)
const restore = (to: string, ...more: string[]): string[] => [
  ...['restore', '--data', folder(to), '--from', copies(), '--recovery-key', key],
  ...who,
  ...more,
]

function cut(name: string, bytes: number): void {
  const file = join(copies(), name)
  truncateSync(file, statSync(file).size - bytes)
}

/** A full copy, two row copies after it, and another full one: 21, 23, 25 and 27 rows. */
async function fourCopies(): Promise<void> {
  await now()
  for (const more of [[], [], ['--begin']]) {
    lot.rows(2)
    await now(...more)
  }
}

const alterAt = (name: string, at: number): void => flipByte(join(copies(), name), at)
const alter = (name: string): void => alterAt(name, 200)
it.each([
  ['a whole copy that was cut', '00004-base.etcseal', 'cut', (name: string) => cut(name, 100), 3],
  ['a folder that was cut', '00004-folder.etcseal', 'cut', (name: string) => cut(name, 50), 4],
  ['a copy that was altered', '00004-base.etcseal', 'changed', alter, 3],
] as const)('%s is named, and the newest that is sound is taken when asked', async (...of) => {
  const [, file, why, damage, n] = of
  await fourCopies()
  damage(file)
  const before = printOf(lot.place)
  const verify = ['verify', '--copy', lot.place, '--recovery-key', key]
  expect(await refusal(backupCommand, restore('new'))).toBe('COPY-12')
  expect(await refusal(ledgerCommand, verify)).toBe('COPY-12')
  expect(existsSync(folder('new'))).toBe(false)
  const headSeq = n === 3 ? 25 : 27
  const left = n === 3 ? [{ n: 4, fromSeq: 0, toSeq: 27 }] : []
  const sound = { ok: true, copy: n, headSeq, damaged: [{ file, why }], left }
  expect(await said(ledgerCommand, [...verify, '--accept-damaged'])).toMatchObject(sound)
  expect(await said(backupCommand, restore('new', '--accept-damaged'))).toMatchObject(sound)
  expect(await said(ledgerCommand, ['verify', '--data', folder('new')])).toMatchObject({ ok: true })
  expect(printOf(lot.place)).toBe(before)
})

it('a list in another order restores the newest, and is continued behind it', async () => {
  await fourCopies()
  const lines = readFileSync(list(), 'utf8').trimEnd().split('\n')
  const [first = '', second = '', third = '', fourth = ''] = lines
  for (const [n, order] of [
    [fourth, third, second, first],
    [second, third, fourth, first],
    [...lines, first],
  ].entries()) {
    writeFileSync(list(), `${order.join('\n')}\n`)
    const newest = { ok: true, copy: 4, headSeq: 27 }
    expect(await said(backupCommand, restore(`of-${n}`, '--accept-damaged'))).toMatchObject(newest)
  }
  lot.rows(2)
  await now()
  expect(await said(backupCommand, restore('behind', '--accept-damaged'))).toMatchObject({
    copy: 5,
  })
})

it('one of the two boxes of keys is enough, and the other one is named', async () => {
  await now()
  const [box, second] = ['recovery.box', 'recovery-2.box'] as const
  const verify = ['verify', '--copy', lot.place, '--recovery-key', key]
  // The file that names the key may be damaged as well.
  writeFileSync(join(copies(), 'recovery.json'), '{"id":"00000000"}')
  alterAt(second, 50)
  const other = { ok: true, damaged: [{ file: second, why: 'changed' }] }
  expect(await said(ledgerCommand, verify)).toMatchObject(other)
  await now()
  cut(box, 30)
  const taken = { ok: true, damaged: [{ file: box, why: 'changed' }] }
  expect(await said(backupCommand, restore('new'))).toMatchObject(taken)
  rmSync(join(copies(), box))
  expect(await said(ledgerCommand, verify)).toMatchObject({ damaged: [{ file: box, why: 'gone' }] })
  alterAt(second, 60)
  expect(await refusal(ledgerCommand, verify)).toBe('FILE-01')
  await now()
  rmSync(join(copies(), second))
  expect(await said(ledgerCommand, verify)).toMatchObject({ ok: true, damaged: [] })
})

it('rows of the middle that are gone leave the copy before them', async () => {
  for (let copy = 0; copy < 4; copy++) {
    await now()
    lot.rows(2)
  }
  rmSync(join(copies(), '00003-rows.etcseal'))
  const damaged = [{ file: '00003-rows.etcseal', why: 'gone' }]
  const left = [
    { n: 3, toSeq: 25 },
    { n: 4, toSeq: 27 },
  ]
  const taken = await said(backupCommand, restore('new', '--accept-damaged'))
  expect(taken).toMatchObject({ copy: 2, headSeq: 23, damaged, left })
})

it('a list whose last line is torn goes on behind the line before', async () => {
  await fourCopies()
  secretStore(lot.dir, machineSecret()).write('cam', 'Simulated2')
  lot.rows(1)
  await now()
  cut('copies.jsonl', 40)
  const damaged = [{ file: 'copies.jsonl', why: 'torn' }]
  const done = await said(backupCommand, restore('new'))
  expect(done).toMatchObject({ copy: 4, headSeq: 27, damaged })
  lot.rows(1)
  expect(await now()).toMatchObject({ file: '00005-rows.etcseal', headSeq: 29, rows: 2 })
  writeFileSync(list(), `${readFileSync(list(), 'utf8')}{"n":6,"atIso`)
  lot.rows(1)
  expect(await now()).toMatchObject({ file: '00006-rows.etcseal', headSeq: 30 })
  const last = await said(backupCommand, restore('newer'))
  expect(last).toMatchObject({ copy: 6, headSeq: 30, damaged: [] })
  // The torn line named a folder that was sent; the line before names an older one.
  expect(secretStore(folder('newer'), machineSecret()).read('cam')).toBe('Simulated2')
})

it('behind a file that is cut or gone the next copy is whole', async () => {
  await now()
  lot.rows(1)
  await now()
  cut('00001-folder.etcseal', 1)
  lot.rows(1)
  const mended = { file: '00003-base.etcseal', mends: '00001-folder.etcseal', rows: 23 }
  expect(await now()).toMatchObject(mended)
  expect(await test()).toMatchObject({ ok: true, rows: 23 })
})

it('a list of which a line was altered takes no copy until a person begins anew behind it', async () => {
  await fourCopies()
  const lines = readFileSync(list(), 'utf8').split('\n')
  lines[1] = lines[1]?.replace(/"keyId":"./, '"keyId":"!') ?? ''
  writeFileSync(list(), lines.join('\n'))
  const args = ['now', '--data', lot.dir, '--to', lot.place]
  expect(await refusal(backupCommand, args)).toBe('COPY-02')
  expect(await refusal(backupCommand, restore('new'))).toBe('COPY-12')
  const damaged = [{ file: 'copies.jsonl', why: 'changed' }]
  const taken = await said(backupCommand, restore('new', '--accept-damaged'))
  expect(taken).toMatchObject({ copy: 4, damaged })
  expect(await now('--begin')).toMatchObject({ file: '00005-base.etcseal' })
  lot.rows(1)
  expect(await now()).toMatchObject({ file: '00006-rows.etcseal' })
  expect(readdirSync(copies())).toContain('00001-base.etcseal')
  const fresh = await said(backupCommand, restore('newer'))
  expect(fresh).toMatchObject({ copy: 6, damaged: [] })
})
