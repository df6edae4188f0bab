// What a driver reads and hears at a lane, and the frames that carry it: every text of a lane, the payment code, the upkeep of a
// display, for three displays of the OLM dialect. Sequences of a lane's pages are in the ledgers' exceptions and in
// uploads.
import { expect, it } from 'vitest'
import {
  codeDoubtText,
  codeRunsText,
  codeText,
  driverText,
  manualText,
  noCodeText,
  pageOf,
  paidText,
  scanRefusedText,
  type DriverText,
} from '#devices/pure/lane/driver-text.ts'
import { driverReasons, type ManualReason } from '#base/pure/words/manual-reason.ts'
import { standardDisplay, type DisplayConfig } from '#devices/pure/display/olm/config.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import {
  careJobs,
  connectJob,
  linesOf,
  pageJobs,
  repliesJob,
} from '#devices/pure/display/olm/jobs.ts'
import type { DisplayDraft, Wanted } from '#devices/pure/display/olm/state.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { digestOf, pin } from './pin.ts'

const boards: Readonly<Record<string, DisplayConfig>> = {
  four: standardDisplay,
  two: { ...standardDisplay, address: 3, rows: 2, columns: 16, frames: 'page' },
  silent: { ...standardDisplay, rows: 1, voice: false },
}

const texts: Readonly<Record<string, DriverText>> = {
  ...driverText,
  ...Object.fromEntries(
    (Object.keys(driverReasons) as ManualReason[]).flatMap((reason) => [
      [`${reason}.due`, manualText(reason, 123_456)],
      [`${reason}.free`, manualText(reason, 0)],
    ]),
  ),
  ...scanRefusedText,
  codeRuns: codeRunsText,
  codeDoubt: codeDoubtText,
  code: codeText(1_250),
  noCode: noCodeText(1_250),
  paid: paidText('测AD12345', 4_455, 9_999_950),
  change: paidText('测AD12345', 4_455, 9_999_950, 9_950),
  noPlate: paidText(null, 0, 1),
  noEntry: paidText('测AD12345', null, 500),
}

const atMs = instantOfIso('2026-11-20T14:30:00+08:00')
const draftOf = (config: DisplayConfig, payOn = false): DisplayDraft =>
  ({ config, nowMs: 0, businessNowMs: atMs, s: { payOn, clockDay: null, light: null } }) as never
const wantedOf = (text: DriverText, pay: Wanted['pay'] = null): Wanted =>
  ({ id: 1, page: pageOf(text), said: null, atMs: 0, pay }) as never
const framesOf = (jobs: ReturnType<typeof pageJobs>): string[] =>
  jobs.map(({ name, bytes }) => `${name} ${hexOf(bytes)}`)

it('each text is read, said and sent as it was', () => {
  expect(Object.keys(texts).length).toBeGreaterThan(70)
  const all = Object.entries(texts).map(([name, text]) => {
    const page = pageOf(text)
    const sent = Object.values(boards).flatMap((config) =>
      framesOf(pageJobs(draftOf(config), wantedOf(text))),
    )
    const { zh, en } = text
    return [name, { zh, en, ...page, frames: digestOf(sent.join('\n')) }] as const
  })
  pin(new URL('./kept/display.txt', import.meta.url), Object.fromEntries(all))
})

it('each frame is byte for byte what it was', () => {
  const pay = { url: 'https://pay.example/o/1', amountFen: 1_250, forMs: 60_000 } as never
  const all = Object.entries(boards).map(([board, config]) => {
    const frames = {
      words: framesOf(pageJobs(draftOf(config), wantedOf(texts['paid'] ?? driverText.go))),
      pay: framesOf(pageJobs(draftOf(config), wantedOf(codeText(1_250), pay))),
      short: linesOf(pageOf(texts['paid'] ?? driverText.go), config),
      away: framesOf(pageJobs(draftOf(config, true), wantedOf(driverText.idle))),
      care: framesOf(careJobs(draftOf(config))),
      first: framesOf([connectJob(draftOf(config)), repliesJob(draftOf(config))]),
    }
    return [board, frames] as const
  })
  pin(new URL('./kept/display-frames.txt', import.meta.url), {
    boards: Object.fromEntries(all),
    tables: Object.fromEntries(
      displayTables.map((table) => [table.name, digestOf(JSON.stringify(table))]),
    ),
  })
})
