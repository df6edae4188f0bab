// What `doctor --data` reports about the disk: free space and the lot's warning limit, the size of the photos and the
// budget that a person chose. It queries the real file system.
import { mkdirSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { doctorCommand } from '#runtime/commands/doctor.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import { optionsFor } from '../../ledger/sqlite/ledger-kit.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const mb = 1024 * 1024
let dir = ''
beforeEach(() => (dir = folderOfTest('etc-disk-')))

function photosOf(days: readonly string[], mbEach: number): void {
  for (const day of days) {
    mkdirSync(join(dir, 'photos', day), { recursive: true })
    const photo = join(dir, 'photos', day, 'one.jpg')
    writeFileSync(photo, '')
    // A sparse file: its full length, but no space on disk.
    truncateSync(photo, mbEach * mb)
  }
}

async function doctor(upkeep: object) {
  const lot = { ...lotFile(), mode: 'demo', platform: null, tariffFile: 'tariff.json', upkeep }
  writeFileSync(join(dir, 'lot.json'), JSON.stringify(lot))
  writeFileSync(join(dir, 'tariff.json'), JSON.stringify(demoTariff))
  let text = ''
  const io = { json: true, stdout: (line: string) => void (text += line) }
  const code = await doctorCommand.run(['--data', dir], io as never)
  return { code, ...(JSON.parse(text) as { disk: { freeMb: number }; faults: object[] }) }
}

it('room enough and no budget: what there is, and nothing wrong', async () => {
  photosOf(['2026-03-01', '2026-03-02'], 3)
  const { bavail, bsize } = statfsSync(dir)
  const { code, disk, faults } = await doctor({ diskWarnMb: 100 })
  expect({ code, faults }).toEqual({ code: 0, faults: [] })
  const photos = { days: 2, mb: 6, budgetGb: null, keepDays: 365 }
  expect(disk).toEqual({ freeMb: expect.any(Number) as number, warnMb: 100, photos })
  // Other processes write to the disk as well.
  expect(Math.abs(disk.freeMb - (bavail * bsize) / mb)).toBeLessThan(1024)
})

it('less free than the lot warns at: UPKEEP-01 with both', async () => {
  const { code, disk, faults } = await doctor({ diskWarnMb: 10_000_000 })
  const note = `${disk.freeMb} MB free, limit 10000000 MB`
  expect({ code, faults }).toMatchObject({ code: 1, faults: [{ code: 'UPKEEP-01', note }] })
})

it.each([
  [920, 0, []],
  [922, 1, [{ code: 'UPKEEP-04', note: '922 MB of 1 GB, 1 of 365 days' }]],
  [1500, 1, [{ code: 'UPKEEP-04', note: '1500 MB of 1 GB, 1 of 365 days' }]],
])('photos of %i MB of a budget of 1 GB', async (size, code, faults) => {
  photosOf(['2026-03-01'], size)
  expect(await doctor({ diskWarnMb: 100, photoGb: 1 })).toMatchObject({ code, faults })
})

it('more days than one look weighs: all of them', async () => {
  const days = Array.from({ length: 28 }, (_, n) => `2026-02-${String(n + 1).padStart(2, '0')}`)
  photosOf(days, 10)
  const photos = { days: 28, mb: 280 }
  expect(await doctor({ diskWarnMb: 100 })).toMatchObject({ code: 0, disk: { photos } })
})

/** Looks at the free space, a day apart, as the lanes write them. */
function looksOf(freeMb: readonly number[]): void {
  const { ledger } = openLedger(optionsFor(dir, { nodeId: lotFile().nodeId }))
  ledger.append(
    freeMb.map((mb, day) => ({
      kind: 'event',
      atMs: instantOf(2026, 3, 1) + day * dayMs,
      body: { type: 'diskSeen', detail: `${mb} MB` },
    })),
  )
  ledger.close()
}

it.each([
  ['gains room', -100, 14, []],
  ['fills in months', 100, 60, []],
  ['fills in a fortnight', 100, 14, [{ code: 'UPKEEP-05', why: { en: 'in about 14 days' } }]],
  ['fills in days', 1_000, 3, [{ code: 'UPKEEP-05', why: { en: 'in about 3 days' } }]],
])('a disk that %s, by the ledger: %i MB a day', async (_what, mbADay, days, faults) => {
  const { bavail, bsize } = statfsSync(dir)
  const freeMb = Math.floor((bavail * bsize) / mb)
  looksOf([0, 1, 2, 3, 4].map((day) => freeMb - day * mbADay))
  // Half a day of room more: other processes write to the disk as well.
  const found = await doctor({ diskWarnMb: freeMb - (days + 0.5) * Math.abs(mbADay) })
  expect(found.faults).toMatchObject(faults)
  expect(found.faults).toHaveLength(faults.length)
})
