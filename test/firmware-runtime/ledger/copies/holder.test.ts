// Which folder of a lot has its lanes, by real folders and a real second place: each pair of numbers, a mark that somebody
// without the key wrote, and copies that the lost machine still made.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimBack, claimNext, copyAsHolder, holdPlace } from '#ledger/copies/holder.ts'
import { copyPlanOf } from '#ledger/desk/backup/copy-plan.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { refusedLater } from '../../../kit/refusals.ts'
import { BackupLot, keyOf } from '../../../wire/kit/backup-lot.ts'

const who = { atIso: '2026-11-30T08:00:00+08:00', by: '业主' }
const nowIso = '2026-11-30T09:00:00+08:00'

let lot: BackupLot
beforeEach(async () => {
  lot = new BackupLot()
  await keyOf(lot, join(lot.root, 'stick'))
})
afterEach(() => lot.remove())

const plan = () => copyPlanOf(lot.dir, loadLot(lot.dir).config, { to: lot.place })
const copy = () => copyAsHolder(readerOptions(lot.dir), plan(), nowIso)
const inFolder = (): string => join(lot.dir, 'holder.json')
const atPlace = (name = 'holder.json'): string => join(lot.place, 'GX00077-n1', name)
const hold = () => holdPlace(lot.dir, plan(), nowIso)
const refused = async (): Promise<string> => (await refusedLater(hold()))?.code ?? 'holds'

/** Another folder of the lot with the keys of this one: its number at the place. */
async function otherHolds(n: number): Promise<void> {
  const own = existsSync(inFolder()) ? readFileSync(inFolder()) : null
  rmSync(inFolder(), { force: true })
  claimNext(lot.dir, who, n - 1)
  await hold()
  if (own === null) rmSync(inFolder())
  else writeFileSync(inFolder(), own)
}

describe('a folder beside another one', () => {
  it.each<[string, number, number, string]>([
    ['a lot that was never taken anywhere', 0, 0, 'holds'],
    ['one that was taken here', 1, 0, 'holds'],
    ['one that was taken away', 0, 1, 'COPY-15'],
    ['two that were taken from one copy', 1, 1, 'COPY-15'],
    ['one that was taken on and back', 2, 1, 'holds'],
    ['one that was taken on twice meanwhile', 1, 3, 'COPY-15'],
  ])('%s', async (_what, own, other, expected) => {
    await copy()
    if (other > 0) await otherHolds(other)
    if (own > 0) claimNext(lot.dir, who, own - 1)
    expect(await refused()).toBe(expected)
    expect(existsSync(atPlace('former.json'))).toBe(expected !== 'holds')
    expect(await refused()).toBe(expected)
  })

  it('is told when the other one was seen, once', async () => {
    await copy()
    await otherHolds(1)
    expect(await refused()).toBe('COPY-15')
    claimNext(lot.dir, who, 1)
    expect([await hold(), await hold()]).toEqual([{ formerIso: nowIso }, { formerIso: null }])
  })

  it('is refused where its mark cannot be written as well', async () => {
    await copy()
    await otherHolds(1)
    mkdirSync(atPlace('former.json'))
    expect(await refused()).toBe('COPY-15')
  })

  it('has the lanes again above the number there, where a person says so', async () => {
    await copy()
    await otherHolds(4)
    await claimBack(lot.dir, plan(), who)
    expect(JSON.parse(readFileSync(inFolder(), 'utf8'))).toMatchObject({ n: 5, by: '业主' })
    expect(await refused()).toBe('holds')
  })
})

describe('a mark at the second place', () => {
  it.each<[string, (text: string) => string]>([
    ['with a higher number', (text) => text.replace('"n":1', '"n":9')],
    ['of another time', (text) => text.replace('08:00:00', '08:30:00')],
    ['without its signature', (text) => text.replace(/,"mac":"\w+"/, '')],
    ['that is rubbish', () => 'no mark'],
    ['that is long', (text) => text.padEnd(9_000)],
    ['that is empty', () => ''],
  ])('%s, by somebody without the key, stops no lane and is written anew', async (_what, edit) => {
    await copy()
    await otherHolds(1)
    writeFileSync(atPlace(), edit(readFileSync(atPlace(), 'utf8')))
    expect(await refused()).toBe('holds')
    claimNext(lot.dir, who)
    expect(await refused()).toBe('holds')
    expect(JSON.parse(readFileSync(atPlace(), 'utf8'))).toMatchObject({ n: 1 })
  })

  it('is not made where there is no copy of the lot yet, nor for a lot that was never taken', async () => {
    claimNext(lot.dir, who)
    expect(await refused()).toBe('holds')
    expect(existsSync(atPlace())).toBe(false)
    rmSync(inFolder())
    await copy()
    expect(await refused()).toBe('holds')
    expect(existsSync(atPlace())).toBe(false)
  })

  it('is none where the place is gone: the copies tell of that', async () => {
    rmSync(lot.place, { recursive: true })
    expect(await refused()).toBe('holds')
    mkdirSync(lot.place)
    expect(await refused()).toBe('holds')
  })
})

describe('copies', () => {
  it('are refused to the folder that was taken away, and nothing is written', async () => {
    await copy()
    await otherHolds(1)
    lot.rows(3)
    const before = readFileSync(atPlace('copies.jsonl'), 'utf8')
    expect((await refusedLater(copy()))?.code).toBe('COPY-15')
    expect(readFileSync(atPlace('copies.jsonl'), 'utf8')).toBe(before)
  })

  it('begin anew once where the lost machine copied on after the copy that was taken', async () => {
    await copy()
    const list = readFileSync(atPlace('copies.jsonl'), 'utf8').replace(
      /"headHash":"\w{8}/,
      (text) => text.replace(/\w{8}$/, '0badbad0'),
    )
    writeFileSync(atPlace('copies.jsonl'), list)
    expect((await refusedLater(copy()))?.code).toBe('COPY-05')
    claimNext(lot.dir, who)
    expect(await copy()).toMatchObject({ isWhole: true })
    writeFileSync(atPlace('copies.jsonl'), list)
    expect((await refusedLater(copy()))?.code).toBe('COPY-05')
  })
})
