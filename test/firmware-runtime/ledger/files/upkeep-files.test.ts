// The folders that upkeep cleans: what counts as a photo day or a nightly backup, and what a deletion
// leaves behind. Any other file stays.
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { PhotoWeights } from '#ledger/files/photo-weights.ts'
import {
  backupName,
  clearPhotoDay,
  dropBackup,
  forgetPhotoDay,
  nextBackupNumber,
  readBackupName,
  upkeepFacts,
} from '#ledger/files/upkeep-files.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => {
  dir = folderOfTest('etc-upkeep-')
  mkdirSync(join(dir, 'backup'))
})

function photos(day: string, ...sizes: readonly number[]): void {
  mkdirSync(join(dir, 'photos', day), { recursive: true })
  sizes.forEach((size, i) =>
    writeFileSync(join(dir, 'photos', day, `${i}.jpg`), new Uint8Array(size)),
  )
}
const names = (folder: string): string[] => readdirSync(join(dir, folder)).toSorted()
const copy = { number: 12, atMs: instantOf(2026, 11, 20, 3 * 3_600_000 + 312_000), rows: 1842 }

describe('the name of a nightly backup', () => {
  it('says which, when and how many rows', () => {
    const file = backupName(copy)
    expect(file).toBe('nightly-00012-20261120T030512-1842.db')
    expect(readBackupName(file)).toEqual({ ...copy, file })
  })
  it.each([
    'ledger-20261120030512000.db',
    'nightly.db.part',
    'nightly-00012-20261120T030512-1842.db.part',
    'nightly-00012-20261340T030512-1842.db',
    '../nightly-00012-20261120T030512-1842.db',
    'nightly-12-20261120T030512-1842.db',
    '',
  ])('%j is none', (file) => {
    expect(readBackupName(file)).toBeNull()
  })
  it('is numbered on from the highest there is', () => {
    expect(nextBackupNumber(join(dir, 'backup'))).toBe(1)
    for (const number of [3, 99_999])
      writeFileSync(join(dir, 'backup', backupName({ ...copy, number })), '')
    expect(nextBackupNumber(join(dir, 'backup'))).toBe(100_000)
    expect(readBackupName(backupName({ ...copy, number: 100_000 }))?.number).toBe(100_000)
  })
})

describe('what photos weigh', () => {
  const mb = 1024 * 1024
  const day = (n: number): string => `2026-10-${String(n).padStart(2, '0')}`
  it('is known after some looks, a few days at a time, and a day that is over is looked at once', async () => {
    for (let n = 1; n <= 9; n++) photos(day(n), mb, mb)
    const weights = new PhotoWeights(dir)
    const looks = [await upkeepFacts(dir, weights), await upkeepFacts(dir, weights)]
    expect(looks.map(({ photoMb }) => photoMb)).toEqual([null, 18])
    photos(day(3), mb, mb, mb)
    photos(day(9), mb, mb, mb, mb)
    expect(await upkeepFacts(dir, weights)).toMatchObject({ photoMb: 20 })
    clearPhotoDay(dir, day(1), false)
    expect(await upkeepFacts(dir, weights)).toMatchObject({ photoMb: 18 })
  })
  it('is not looked at where nobody asks', async () => {
    photos(day(1), 1)
    expect(await upkeepFacts(dir)).toMatchObject({ photoMb: null })
  })
})

describe('the look', () => {
  it('finds days, begun deletions, backups and room', async () => {
    photos('2026-11-20', 1)
    photos('2026-03-01', 1)
    photos('2026-02-28.deleting')
    for (const other of ['2026-02-30', '2026-1-1', 'kept', 'x.deleting']) photos(other)
    writeFileSync(join(dir, 'photos', '2026-04-01'), 'a file')
    symlinkSync(join(dir, 'backup'), join(dir, 'photos', '2026-04-02'))
    writeFileSync(join(dir, 'backup', backupName(copy)), '')
    writeFileSync(join(dir, 'backup', 'ledger-20261120030512000.db'), '')
    const facts = await upkeepFacts(dir)
    expect(facts).toMatchObject({
      photoDays: ['2026-03-01', '2026-11-20'],
      begun: ['2026-02-28'],
      backups: [{ file: backupName(copy), number: 12 }],
    })
    expect(facts.freeMb).toBeGreaterThan(0)
  })
  it('takes a folder without photos and backups as it is', async () => {
    rmSync(join(dir, 'backup'), { recursive: true })
    expect(await upkeepFacts(dir)).toMatchObject({ photoDays: [], begun: [], backups: [] })
  })
  it('says FILE-01 where nothing can be seen', async () => {
    writeFileSync(join(dir, 'photos'), 'a file where a folder is wanted')
    await expect(upkeepFacts(dir)).rejects.toMatchObject({ code: 'FILE-01' })
    await expect(upkeepFacts(join(dir, 'gone'))).rejects.toBeInstanceOf(LaneFault)
  })
})

describe('deleting a day', () => {
  it('takes its photos, counts them, and leaves a mark until it is proven', () => {
    photos('2026-03-01', 10, 20, 30)
    photos('2026-03-02', 5)
    expect(clearPhotoDay(dir, '2026-03-01', false)).toEqual({ files: 3, bytes: 60 })
    expect(names('photos')).toEqual(['2026-03-01.deleting', '2026-03-02'])
    forgetPhotoDay(dir, '2026-03-01')
    expect(names('photos')).toEqual(['2026-03-02'])
  })
  it('goes on where it was cut off, and spares what came to that day since', () => {
    photos('2026-03-01.deleting', 10)
    photos('2026-03-01', 7)
    expect(clearPhotoDay(dir, '2026-03-01', true)).toEqual({ files: 1, bytes: 10 })
    expect(names('photos/2026-03-01')).toEqual(['0.jpg'])
  })
  it('says FILE-01 when it cannot, and has taken nothing', () => {
    photos('2026-03-01', 10)
    photos('2026-03-01.deleting', 10)
    expect(() => clearPhotoDay(dir, '2026-03-01', false)).toThrow(/^FILE-01/)
    expect(names('photos/2026-03-01')).toEqual(['0.jpg'])
    expect(() => clearPhotoDay(dir, '2026-03-09', false)).toThrow(/^FILE-01/)
    expect(() => forgetPhotoDay(dir, '2026-03-01')).toThrow(/^FILE-01/)
  })
})

describe('dropping a backup', () => {
  it('takes that file', () => {
    const path = join(dir, 'backup', backupName(copy))
    writeFileSync(path, '')
    dropBackup(dir, backupName(copy))
    expect(existsSync(path)).toBe(false)
  })
  it.each(['../ledger.db', 'ledger-20261120030512000.db', backupName(copy)])(
    'refuses %j',
    (file) => {
      writeFileSync(join(dir, 'ledger.db'), '')
      writeFileSync(join(dir, 'backup', 'ledger-20261120030512000.db'), '')
      expect(() => dropBackup(dir, file)).toThrow(/^FILE-01/)
      expect(names('.')).toContain('ledger.db')
      expect(names('backup')).toHaveLength(1)
    },
  )
})
