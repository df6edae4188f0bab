// Photos of cars at the second place, here a folder: each is copied once, sealed under its own name; damaged and
// missing ones are named; a machine that takes over has its ledger first and its photos afterwards.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bringPhotos } from '#ledger/copies/photo-bring.ts'
import { checkPhotos, dropPhotos, sendPhotos } from '#ledger/copies/photo-send.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { copyPlanOf } from '#ledger/desk/backup/copy-plan.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { BackupLot, flipByte, ledgerIn, said, keyOf } from './kit/backup-lot.ts'

const who = ['--by', 'owner', '--reason', 'test'] as const
const long = 60_000

let lot: BackupLot
let key: string
beforeEach(async () => {
  lot = new BackupLot()
  key = await keyOf(lot, join(lot.root, 'stick'))
})
afterEach(() => lot.remove())

const idOf = (day: string, n: number): string =>
  `${day.replaceAll('-', '')}-0800${String(n).padStart(2, '0')}-exit-${n}`
const photoFile = (dir: string, day: string, n: number): string =>
  join(dir, 'photos', day, `${idOf(day, n)}.jpg`)

/** Photos of a day, named by rows of the ledger. */
function take(day: string, count: number, first = 1): void {
  mkdirSync(join(lot.dir, 'photos', day), { recursive: true })
  const ledger = ledgerIn(lot.dir)
  for (let n = first; n < first + count; n++) {
    writeFileSync(photoFile(lot.dir, day, n), `photo ${day} ${n} `.repeat(200))
    const photo = idOf(day, n)
    const body = { plate: null, colour: 'unknown', enteredAtMs: 0, noEntry: false, photo } as const
    ledger.append([{ kind: 'stayOpened', atMs: 0, stayId: `S${day}-${n}`, body }])
  }
  ledger.close()
}

const copies = (...below: string[]): string => join(lot.place, 'GX00077-n1', ...below)
const sealed = (day: string, n: number): string => copies('photos', day, `${idOf(day, n)}.etcseal`)
const plan = () => copyPlanOf(lot.dir, loadLot(lot.dir).config, { to: lot.place })
const now = (...more: string[]) =>
  said(backupCommand, ['now', '--data', lot.dir, '--to', lot.place, ...more])
const restore = (to: string, from = copies()) =>
  said(backupCommand, [
    ...['restore', '--data', join(lot.root, to), '--from', from, '--recovery-key', key],
    ...who,
  ])
const bring = (to: string) => said(backupCommand, ['photos', '--data', join(lot.root, to)])
const photosIn = (dir: string): string[] =>
  readdirSync(join(dir, 'photos'), { recursive: true, encoding: 'utf8' }).toSorted()

it('go there once each behind the ledger, and come back to their place', async () => {
  take('2026-03-01', 3)
  take('2026-03-02', 2)
  mkdirSync(join(lot.dir, 'devices', 'photos'), { recursive: true })
  const record = join('devices', 'photos', '20260301-120000-exit-9.jpg')
  writeFileSync(join(lot.dir, record), 'of a record')
  const photos = { count: 6, left: 0, newestIso: '2026-03-02T08:00:02+08:00', damaged: [] }
  expect(await now()).toMatchObject({ ok: true, photos })
  expect(readFileSync(sealed('2026-03-01', 1)).includes('photo 2026')).toBe(false)
  const before = statSync(sealed('2026-03-02', 1)).mtimeMs
  expect(await sendPhotos(lot.dir, plan(), long)).toMatchObject({ sent: 0, left: 0 })
  take('2026-03-02', 1, 3)
  expect(await sendPhotos(lot.dir, plan(), long)).toMatchObject({ sent: 1 })
  expect(statSync(sealed('2026-03-02', 1)).mtimeMs).toBe(before)

  // The ledger first: the machine may take cars while the photos are still being restored.
  const { newestIso } = { newestIso: '2026-03-02T08:00:03+08:00' }
  const found = { count: 7, newestIso, notCopied: 0, damaged: [] }
  expect(await restore('new')).toMatchObject({ ok: true, photos: found })
  const dir = join(lot.root, 'new')
  expect(photosIn(dir)).toEqual([])
  const back = { count: 7, brought: 7, damaged: [], isEnded: true }
  expect(await bring('new')).toMatchObject({ back })
  expect(photosIn(dir)).toEqual(photosIn(lot.dir))
  for (const file of [photoFile('', '2026-03-01', 2), record])
    expect(readFileSync(join(dir, file))).toEqual(readFileSync(join(lot.dir, file)))
  expect(readdirSync(join(dir, 'backup'))).toEqual(['photos-back.json'])
})

it('that are damaged there, or never went, are named and counted', async () => {
  take('2026-03-01', 5)
  await now()
  take('2026-03-02', 2)
  await said(backupCommand, [
    'key',
    '--data',
    lot.dir,
    '--to',
    join(lot.root, 'none'),
    ...who,
    '--replace',
  ])
  const { files } = (await said(backupCommand, [
    ...['key', '--data', lot.dir, '--to', join(lot.root, 'again'), ...who, '--replace'],
  ])) as { files: string[] }
  key = files.join(',')
  renameSync(join(lot.dir, 'photos'), join(lot.root, 'held'))
  await now()
  rmSync(sealed('2026-03-01', 1))
  truncateSync(sealed('2026-03-01', 2), 90)
  // A photo in another one's place is damaged, although its seal is of this lot.
  cpSync(sealed('2026-03-01', 4), sealed('2026-03-01', 3))
  const fileOf = (n: number): string => `photos/2026-03-01/${idOf('2026-03-01', n)}.etcseal`
  const [gone, cut] = [
    { file: fileOf(1), why: 'gone' },
    { file: fileOf(2), why: 'cut' },
  ]
  const found = { count: 3, notCopied: 2, damaged: [gone, cut] }
  expect(await restore('new')).toMatchObject({ photos: found })
  const changed = { file: fileOf(3), why: 'changed' }
  const back = { count: 3, brought: 2, damaged: [gone, cut, changed], isEnded: true }
  expect(await bring('new')).toMatchObject({ back })

  // A machine that still has the photos repairs what the nightly check finds.
  renameSync(join(lot.root, 'held'), join(lot.dir, 'photos'))
  expect(await checkPhotos(lot.dir, plan(), long)).toMatchObject({
    opened: 3,
    damaged: [changed, gone, cut],
  })
  const sent = { sent: 5, left: 0, damaged: [] }
  expect(await sendPhotos(lot.dir, plan(), long)).toMatchObject(sent)
  expect(await checkPhotos(lot.dir, plan(), long)).toMatchObject({ opened: 7, damaged: [] })
})

it('that this machine has no more stay damaged by name', async () => {
  take('2026-03-01', 2)
  await now()
  rmSync(join(lot.dir, 'photos'), { recursive: true })
  flipByte(sealed('2026-03-01', 1), 60)
  const file = `photos/2026-03-01/${idOf('2026-03-01', 1)}.etcseal`
  const damaged = [{ file, why: 'changed' }]
  expect(await checkPhotos(lot.dir, plan(), long)).toMatchObject({ damaged })
  const sent = await sendPhotos(lot.dir, plan(), long)
  expect(sent).toMatchObject({ sent: 0, damaged, days: [{ isHere: false, photos: 2 }] })
  expect(await dropPhotos(lot.dir, plan(), '2026-03-01')).toMatchObject({ files: 2 })
  expect(readdirSync(copies('photos'))).toEqual([])
})

it('go and come in slices of time, and a list that is torn loses none', async () => {
  take('2026-03-01', 3)
  await said(backupCommand, ['now', '--data', lot.dir, '--to', lot.place])
  rmSync(copies('photos'), { recursive: true })
  take('2026-03-02', 2)
  // Without any time one photo is still sent, the newest.
  expect(await sendPhotos(lot.dir, plan(), 0)).toMatchObject({ sent: 1, left: 4, hasMore: true })
  expect(existsSync(sealed('2026-03-02', 2))).toBe(true)
  for (let left = 3; left >= 0; left--)
    expect(await sendPhotos(lot.dir, plan(), 0)).toMatchObject({ sent: 1, left })
  const list = copies('photos', '2026-03-02', 'photos.jsonl')
  truncateSync(list, statSync(list).size - 30)
  appendFileSync(copies('photos', '2026-03-02', 'left.etcseal.part'), 'half')
  expect(await sendPhotos(lot.dir, plan(), long)).toMatchObject({
    sent: 1,
    left: 0,
    isCounted: true,
  })
  expect(readdirSync(copies('photos', '2026-03-02'))).not.toContain('left.etcseal.part')
  await now()
  await restore('new')
  const dir = join(lot.root, 'new')
  const came: (number | undefined)[] = []
  for (let slice = 0; slice < 9; slice++) came.push((await bringPhotos(dir, 0))?.brought)
  expect(came.slice(0, 3)).toEqual([1, 3, 4])
  expect(came.at(-1)).toBe(5)
})
