// Lot files of a corpus: how each is read, what the set-up forms make of it and back, and the answers of the commands.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { keyedChanges } from '#lane/desk/setup/lot-words.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts } from '../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { answerOf } from './commands.ts'
import {
  canonical,
  configOf,
  driven,
  fullDraft,
  fullLot,
  layoutDrafts,
  openLot,
  reusedLot,
  rowsOf,
  tariff,
  throughForms,
} from './lots.ts'
import { differencesOf, digestOf, linesOf, pin } from './pin.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-pins-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let folders = 0
const newFolder = (): string => {
  const folder = join(dir, `lot-${folders++}`)
  mkdirSync(folder)
  return folder
}

/** The answer of `lot check` for a folder with this lot and its tariff. */
function checked(lot: unknown): Promise<unknown> {
  const folder = newFolder()
  writeFileSync(join(folder, 'lot.json'), JSON.stringify(lot))
  writeFileSync(join(folder, 'tariff.json'), JSON.stringify(tariff))
  return answerOf(lotCommand, ['check', '--data', folder])
}

const drafts: Readonly<Record<string, typeof fullDraft>> = { ...layoutDrafts, full: fullDraft }
const lots: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, configOf(draft)])),
  all: fullLot(),
  open: openLot(),
  reused: reusedLot(),
}

it('lots are read, changed by forms and checked as they were', async () => {
  expect(driven).toHaveLength(5)
  const found: Record<string, unknown> = {}
  for (const [name, lot] of Object.entries(lots)) {
    const config = checkLot(lot, 'lot.json')
    found[name] = {
      canonical: digestOf(canonical(config)),
      forms: throughForms({ config, tariff }),
      check: await checked(lot),
    }
  }
  pin(new URL('./kept/lots.txt', import.meta.url), {
    lots: found,
    all: checkLot(lots['all'], 'lot.json'),
    open: checkLot(lots['open'], 'lot.json').lanes,
  })
})

it('forms that are emptied take out what they did', () => {
  const config = checkLot(lots['all'], 'lot.json')
  const ports = new MemoryPorts()
  ports.keptNow = { config, tariff }
  const own = draftOfLot({ config, tariff })
  const asked = ['plateMatch.scoreMin', 'plateMatch.marginMin', 'upkeep.photoGb', 'aloneFenMax']
  const large = ['largeAmountFen', 'largeFourEyes', 'largeByCode']
  const none = Object.fromEntries([...asked, ...large].map((name) => [name, null]))
  const emptied: typeof own = {
    ...own,
    siting: {},
    operator: null,
    etcOperator: null,
    reservation: null,
    gateway: null,
    printers: [],
    scanners: [],
    settings: { ...own.settings, ...none },
    time: {},
    keep: { to: '' },
    charge: { mode: 'card', platform: 'later' },
  }
  const verdict = judgeDraft(emptied, ports)
  const becomes = present(verdict.config, rowsOf(verdict.rows))
  pin(new URL('./kept/lot-emptied.txt', import.meta.url), {
    emptied: differencesOf(linesOf(config), linesOf(becomes)),
    draft: own,
  })
})

it('each value of a lot is said in the words that it was', () => {
  const plain = checkLot(lots['7.1.1.production.card'], 'lot.json')
  const words = (lot: unknown): Record<string, string> =>
    Object.fromEntries(
      keyedChanges({ config: plain, tariff }, { config: checkLot(lot, 'lot.json'), tariff }).map(
        ({ key, what, before, after }) => [
          key.slice(1).replaceAll('/', '.'),
          [what, before, after]
            .map((one) => (one === null ? '-' : `${one.zh} | ${one.en}`))
            .join(' > '),
        ],
      ),
    )
  const online = { ...fullLot(), chargeMode: 'online', offline: 'settle-later' }
  pin(new URL('./kept/lot-words.txt', import.meta.url), {
    all: words(fullLot()),
    online: words(online),
    demo: words(lots['7.1.4.demo.card']),
  })
})

async function made(args: readonly string[]): Promise<unknown> {
  const folder = newFolder()
  const answer = await answerOf(lotCommand, ['init', '--data', folder, ...args])
  const lot = read(join(folder, 'lot.json'))
  const priced = read(join(folder, 'tariff.json'))
  return { answer, lot: lot && digestOf(lot), tariff: priced && digestOf(priced), text: lot }
}
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

it('the set-up is written by one command, and by flags', async () => {
  const found: Record<string, unknown> = {}
  for (const [name, draft] of Object.entries(drafts)) {
    const from = join(dir, `${name}.setup.json`)
    writeFileSync(from, JSON.stringify(draft))
    const { text: _, ...said } = (await made(['--from', from])) as Record<string, unknown>
    found[name] = said
  }
  for (const layout of driven) {
    const links = ['--rsu', 'exit=tcp://127.0.0.1:60001', '--camera', 'exit=push:hikvision']
    const { text, ...said } = (await made([
      '--layout',
      layout,
      '--charge',
      'card',
      ...links,
    ])) as Record<string, unknown>
    found[`${layout}.flags`] = {
      ...said,
      ...(layout === '7.1.1' ? { file: JSON.parse(String(text)) as unknown } : {}),
    }
  }
  pin(new URL('./kept/lot-init.txt', import.meta.url), found)
})
