// A status list that is put into the folder of a running lot is taken over with its age; a wrong or missing one changes
// nothing and is reported once.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { FolderList } from '#runtime/site/folder-list.ts'
import { writeListImage } from '#ledger/files/status-list-image.ts'
import { ListedNumbers } from '#ledger/pure/etc/listed-numbers.ts'
import { statusListOf } from '#lane/folder/data-folder.ts'
import { cardDebitBar } from '#lane/pure/etc/offline.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import { emptyQueue } from '#ledger/pure/queue/queue.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { testLot } from '../control/control-kit.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const card = `4501${'0'.repeat(15)}1`
const nowMs = Date.parse('2026-11-20T12:00:00+08:00')
let dir = ''
beforeEach(() => (dir = folderOfTest('etc-list-')))

/** Puts the file there as people and programs do: complete, by renaming. */
function put(value: unknown): void {
  const next = join(dir, 'next')
  writeFileSync(next, typeof value === 'string' ? value : JSON.stringify(value))
  renameSync(next, join(dir, 'status-list.json'))
}
const listOf = (version: string, asOf: string, cards: readonly string[] = []) => ({
  version,
  asOf,
  cards,
})
const here = { appId: 'LOT1', url: 'https://a.example', keys: ['k1'] }
const opened = (account = here) =>
  new FolderList(dir, () => statusListOf(dir, { mode: 'production' }, { nowMs: () => nowMs }), {
    chainKey: new Uint8Array(32),
    crypto: openGmCrypto(),
    account,
  })
const bar = (list: FolderList): string | null =>
  cardDebitBar(
    { ...testLot, platform: 'later' },
    { queue: emptyQueue(noRows), lot: emptyLot() },
    {
      nowMs,
      laneId: 'exit',
      amountFen: 100,
      cardNo: card,
      platformUp: true,
      psams: [{ terminal: '370100000001', authorised: true }],
      listAsOfMs: list.asOfMs,
    },
  )

it('takes the first list, and a newer one, and judges the age of each', () => {
  const list = opened()
  expect([list.asOfMs, list.look(true), bar(list)]).toEqual([null, null, 'noStatusList'])
  put(listOf('old', '2026-11-01T00:00:00+08:00'))
  expect([list.look(true), list.version, bar(list)]).toEqual([null, 'old', 'listTooOld'])
  put(listOf('new', '2026-11-20T11:45:00+08:00', [card]))
  expect([list.look(true), list.version, bar(list)]).toEqual([null, 'new', null])
  expect(list.has(card, nowMs)).toBe(true)
})

it('goes on with its list where the new one is wrong, says so once, and takes the next good one', () => {
  put(listOf('first', '2026-11-20T11:00:00+08:00'))
  const list = opened()
  put('{"version":"half"')
  expect(list.look(true)?.code).toBeDefined()
  expect([list.look(true), list.version]).toEqual([null, 'first'])
  rmSync(join(dir, 'status-list.json'))
  expect([list.look(true), list.version]).toEqual([null, 'first'])
  put(listOf('third', '2026-11-20T11:30:00+08:00'))
  expect([list.look(true), list.version]).toEqual([null, 'third'])
})

it('reads no list while a car is about, but not for ever', () => {
  const list = opened()
  put(listOf('late', '2026-11-20T11:30:00+08:00'))
  for (let n = 0; n < 5; n++) expect([list.look(false), list.version]).toEqual([null, '0'])
  expect([list.look(false), list.version]).toEqual([null, 'late'])
})

it.each([
  ['cut', '{"version":"half"'],
  ['no list', '[]'],
  ['empty', ''],
  ['a card of 19 digits', listOf('x', '2026-11-20T11:30:00+08:00', [card.slice(1)])],
])('starts beside a damaged file (%s), counts it as none and tells it once', (_, damaged) => {
  put(damaged)
  const list = opened()
  expect([list.version, list.source, bar(list)]).toEqual(['0', 'none', 'noStatusList'])
  expect([list.look(true)?.code.slice(0, 4), list.look(true)]).toEqual([
    damaged === '' || String(damaged).startsWith('{"') ? 'FILE' : 'LIST',
    null,
  ])
  put(listOf('mended', '2026-11-20T11:30:00+08:00'))
  expect([list.look(true), list.version, bar(list)]).toEqual([null, 'mended', null])
})

it('decides by no list of another platform: it is a lot that has none yet, or the list of its folder', () => {
  const numbers = new ListedNumbers()
  const kept = { version: '2', asOfMs: nowMs, fullAtMs: nowMs, numbers }
  const place = { dir, chainKey: new Uint8Array(32), crypto: openGmCrypto(), account: here }
  writeListImage(place, kept)
  const moved = opened({ ...here, url: 'https://b.example' })
  expect([moved.source, moved.version, bar(moved)]).toEqual(['platform', '2', null])
  const other = opened({ ...here, appId: 'LOT2' })
  expect([other.source, other.version, other.fullAtMs, bar(other), other.look(true)]).toEqual([
    ...['none', '0', null, 'noStatusList', null],
  ])
  put(listOf('put', '2026-11-20T11:45:00+08:00'))
  expect([other.look(true), other.source, bar(other)]).toEqual([null, 'file', null])
})

it('starts beside a folder of that name', () => {
  mkdirSync(join(dir, 'status-list.json'))
  const list = opened()
  expect([list.version, list.look(true)?.code]).toEqual(['0', 'FILE-01'])
})
