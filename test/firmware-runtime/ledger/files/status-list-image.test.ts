// The stored status list reads back as written. It is null when nothing is stored, and refused when a byte has changed, its
// end is missing or another machine wrote it. Files that a killed process left are ignored; another platform's list counts
// as missing.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { beforeEach, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { listImageOf, readListImage, writeListImage } from '#ledger/files/status-list-image.ts'
import { ListChanges, ListedNumbers, merged } from '#ledger/pure/etc/listed-numbers.ts'
import { present } from '#base/pure/values/must.ts'
import { codeOf } from '../../../kit/refusals.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const card = (n: number): string => `4501${String(n).padStart(16, '0')}`
const crypto = openGmCrypto()
let dir = ''
const here = { appId: 'LOT1', url: 'https://a.example', keys: ['k1'] }
const place = (key = 7) => ({
  dir,
  chainKey: new Uint8Array(32).fill(key),
  crypto,
  account: here as typeof here | null,
})
beforeEach(() => {
  dir = folderOfTest('etc-list-image-')
  const changes = new ListChanges()
  for (let n = 0; n < 50; n++) changes.add({ no: card(n), fromMs: 0, op: 'add' })
  const numbers = merged(new ListedNumbers(), changes)
  writeListImage(place(), { version: '12', asOfMs: 1_000, fullAtMs: 900, numbers })
})

const refusal = (key = 7): string => codeOf(() => readListImage(place(key)))

it('is read as it was written', () => {
  const list = readListImage(place())
  expect(list).toMatchObject({ version: '12', asOfMs: 1_000, fullAtMs: 900 })
  expect([
    list?.numbers.size,
    list?.numbers.has(card(49), 1),
    list?.numbers.has(card(50), 1),
  ]).toEqual([50, true, false])
})

it('is none where there is none', () => {
  rmSync(listImageOf(dir))
  expect(readListImage(place())).toBe(null)
})

it('is left alone by what a kill leaves beside it', () => {
  writeFileSync(`${listImageOf(dir)}.new`, 'half')
  expect(refusal()).toBe('none')
})

it('is refused of another machine, cut anywhere, and with another byte anywhere', () => {
  expect(refusal(8)).toBe('LIST-07')
  const whole = readFileSync(listImageOf(dir))
  for (const length of [0, 1, 31, 32, 40, whole.length - 1]) {
    writeFileSync(listImageOf(dir), whole.subarray(0, length))
    expect(refusal(), `${length} bytes`).toBe('LIST-07')
  }
  for (let at = 0; at < whole.length; at += 11) {
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(listImageOf(dir), bytes)
    expect(refusal(), `byte ${at}`).toBe('LIST-07')
  }
})

it.each([
  ['of the same platform', here, '12'],
  ['of one that moved', { ...here, url: 'https://b.example' }, '12'],
  ['of one with new keys', { ...here, keys: ['k2'] }, '12'],
  ['of another account there', { ...here, appId: 'LOT2' }, undefined],
  ['of another platform', { ...here, url: 'https://b.example', keys: ['k2'] }, undefined],
  ['of a lot that has none any more', null, undefined],
])('is a list %s', (_, account, version) => {
  expect(readListImage({ ...place(), account })?.version).toBe(version)
})

it('is taken as of the platform of now where a program of before kept it, and belongs to it from its next write on', () => {
  const held = present(readListImage(place()), 'the list')
  writeListImage({ ...place(), account: null }, held)
  const other = { ...here, url: 'https://b.example', keys: ['k2'] }
  const found = present(readListImage({ ...place(), account: other }), 'the list of before')
  writeListImage({ ...place(), account: other }, found)
  expect([readListImage(place()), readListImage({ ...place(), account: other })?.version]).toEqual([
    null,
    '12',
  ])
})
