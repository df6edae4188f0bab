// Records of another machine sent from the start page: the arguments of the commands, how long the key is stored,
// and what the window gets at each end. The commands are tested elsewhere.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { carryQueue } from '../../../electron/main/carry-queue.ts'
import { wrongWishes } from './wrong-wishes.ts'
import type { CarryProgress } from '#runtime/api/start.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const dir = folderOfFile('etc-carry-')
const stick = join(dir, 'stick')
const lot = join(dir, 'lot')
const made = join(dir, 'made')
for (const one of [stick, lot]) mkdirSync(one)
writeFileSync(join(lot, 'lot.json'), '{}')

const wish = { from: stick, keyFile: '', keyText: 'share one\nshare two' }
const file = { records: 3, refused: [{ businessNo: 'P1', reason: 'amountMismatch' }] }
const carried = { ok: false, open: 1, files: [file, { records: 2, refused: [] }] }

let ends: { code: number; lines: readonly object[] | string }[]
let commands: string[][]
let keys: string[]
let told: CarryProgress[]
let stop: AbortController
beforeEach(() => {
  ends = [{ code: 1, lines: [{ event: 'carrying', done: 1, records: 5 }, carried] }]
  commands = []
  keys = []
  told = []
  stop = new AbortController()
})
const ports = () => ({
  newFolder: () => made,
  stopped: stop.signal,
  onProgress: (now: CarryProgress) => void told.push(now),
  run(args: readonly string[], onLine: (line: string) => void) {
    commands.push([...args])
    keys.push(args.at(args.indexOf('--recovery-key') + 1) ?? '')
    expect(readFileSync(keys.at(-1) ?? '', 'utf8')).toBe(wish.keyText)
    const { code, lines } = ends.shift() ?? { code: 9, lines: '' }
    const stdout =
      typeof lines === 'string' ? lines : lines.map((one) => `${JSON.stringify(one)}\n`).join('')
    for (const line of stdout.split('\n').slice(0, -1)) onLine(line)
    return Promise.resolve({ code, stdout })
  },
})
const carry = (given: unknown = wish) => carryQueue(given, ports())

it('a stick is sent by the command that support staff type; the key lies there for that long alone', async () => {
  const { refused } = file
  expect(await carry()).toEqual({ ok: true, data: { dir: stick, records: 5, open: 1, refused } })
  expect(commands).toEqual([
    [...['queue', 'carry', '--from', stick, '--progress', '--json'], '--recovery-key', keys[0]],
  ])
  expect(existsSync(dirname(keys[0] ?? ''))).toBe(false)
  expect(told).toEqual([{ done: 1, records: 5 }])
})

describe('a data folder', () => {
  const packed = { ok: true, records: 5 }
  it('is written as files into a folder of its own first', async () => {
    ends.unshift({ code: 0, lines: [packed] })
    expect(await carry({ ...wish, from: lot })).toMatchObject({ data: { dir: made, records: 5 } })
    expect(commands.map((args) => args.slice(0, 6).join(' '))).toEqual([
      `queue export --data ${lot} --to ${made}`,
      `queue carry --from ${made} --progress --json`,
    ])
    expect(existsSync(made)).toBe(true)
  })
  it('with nothing unsent sends nothing', async () => {
    ends.unshift({ code: 0, lines: [{ ...packed, records: 0 }] })
    expect(await carry({ ...wish, from: lot })).toMatchObject({ ok: true, data: { records: 0 } })
    expect(commands).toHaveLength(1)
  })
  it('whose files were written when it was stopped sends nothing', async () => {
    ends.unshift({ code: 0, lines: [packed] })
    stop.abort()
    const answer = await carry({ ...wish, from: lot })
    expect(answer).toMatchObject({ ok: false, error: { code: 'TRANSFER-05' } })
    expect(commands).toHaveLength(1)
  })
  it('of another key is refused as the command refuses it', async () => {
    const error = { code: 'RECOVERY-02', message: '', field: '', value: 'K7' }
    ends.unshift({ code: 2, lines: [{ error }] })
    expect(await carry({ ...wish, from: lot })).toEqual({ ok: false, error })
  })
})

it.each([
  ['nothing', 139, ''],
  ['half a line', 1, '{"ok":'],
  ['its progress alone', 1, '{"event":"carrying","done":1,"records":5}\n'],
])('a command that broke off with %s is TRANSFER-05', async (_, code, lines) => {
  ends = [{ code, lines }]
  expect(await carry()).toMatchObject({ ok: false, error: { code: 'TRANSFER-05' } })
})

it.each(wrongWishes(wish))('a wish of %s runs nothing', async (_, given) => {
  expect(await carry(given)).toMatchObject({ ok: false, error: { code: 'ARG-01' } })
  expect(commands).toEqual([])
})
