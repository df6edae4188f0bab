// Turns a page into frames: lines that fit the board, speech, the payment page, and management of the board. At most
// one frame for each line, one for speech and one that removes a payment page, so pages cannot pile up.
import { payTextBytesMax, type DisplayPage, type Tone } from '../../lane/display.ts'
import { civil, dayStartMs } from '#base/pure/values/instant.ts'
import { encodeData, pageLineBytesMax } from './codec.ts'
import type { DisplayConfig } from './config.ts'
import { connect, setBrightness, setClock, setReplies, setVolume } from './frames/care.ts'
import { payPage, qrSizeLarge, qrSizeSmall, textShown } from './frames/pay.ts'
import type { DisplayTable, DisplayValue } from './frames/table.ts'
import { modeAtOnce, modeRunning, showLine, showPage, speak, speakNow } from './frames/words.ts'
import { frame } from './framing.ts'
import type { DisplayDraft, Job, Wanted } from './state.ts'
import { boardText } from './text.ts'

/** Space for text in one frame beside its other members. */
const lineBytesMax = 200
const speechBytesMax = 254

const colours: Readonly<Record<Tone, string>> = { wait: 'FFFF00', go: '00FF00', stop: 'FF0000' }
/** An empty line would keep its former text. */
const blank = ' '

function job(
  d: DisplayDraft,
  table: DisplayTable,
  value: DisplayValue,
  pageId: number | null,
): Job {
  const { address, retriesMax } = d.config
  return {
    name: table.name,
    command: table.command,
    bytes: frame(address, table.command, encodeData(table, value)),
    pageId,
    triesLeft: retriesMax,
  }
}

/** One phrase for each line; surplus phrases scroll on the last line. */
export function linesOf(page: DisplayPage, { rows }: Pick<DisplayConfig, 'rows'>): string[] {
  const { phrases } = page
  const lines =
    phrases.length <= rows
      ? [...phrases]
      : [...phrases.slice(0, rows - 1), phrases.slice(rows - 1).join(' ')]
  return Array.from({ length: rows }, (_, i) => boardText(lines[i] ?? '', lineBytesMax).text)
}

function lineJobs(d: DisplayDraft, wanted: Wanted, lines: readonly string[]): Job[] {
  const { config } = d
  const colour = colours[wanted.page.tone]
  const sizes = lines.map((text) => Math.max(1, boardText(text).bytes.length))
  const parts = lines.map((text, line) => {
    const mode = (sizes[line] ?? 0) > config.columns ? modeRunning : modeAtOnce
    return { line, mode, colour, text: text === '' ? blank : text }
  })
  const fits = sizes.every((size) => size <= pageLineBytesMax)
  if (config.frames === 'page' && fits) return [job(d, showPage, { lines: parts }, wanted.id)]
  return parts.map((part, i) => job(d, showLine, { ...part, bytes: sizes[i] ?? 1 }, wanted.id))
}

function payJob(d: DisplayDraft, wanted: Wanted, pay: NonNullable<Wanted['pay']>): Job {
  const qr = boardText(pay.url, payTextBytesMax)
  const text = boardText(wanted.page.phrases.join(','), 255 - 34 - qr.bytes.length)
  const value = {
    on: 1,
    pageSec: Math.min(255, Math.ceil(pay.forMs / 1000)),
    staySec: 0,
    tenths: Math.round(pay.amountFen / 10),
    qrBytes: qr.bytes.length,
    textBytes: text.bytes.length,
    flags: textShown,
    size: d.config.rows >= 4 ? qrSizeLarge : qrSizeSmall,
    qr: qr.text,
    text: text.text,
  }
  return job(d, payPage, value, wanted.id)
}

const payAway = (d: DisplayDraft, pageId: number): Job =>
  job(
    d,
    payPage,
    {
      on: 0,
      pageSec: 0,
      staySec: 0,
      tenths: 0,
      qrBytes: 0,
      textBytes: 0,
      flags: 0,
      size: 0,
      qr: '',
      text: '',
    },
    pageId,
  )

export const speechOf = (d: DisplayDraft, page: DisplayPage): string =>
  d.config.voice ? boardText(page.speech, speechBytesMax).text : ''

/** The speech of a page that is still due; empty: none. */
function speechDue(d: DisplayDraft, { page, said, atMs }: Wanted): string {
  const late = d.nowMs - atMs > d.config.speechKeepMs
  return said === null && !late ? speechOf(d, page) : ''
}

/** All frames of the wanted page. */
export function pageJobs(d: DisplayDraft, wanted: Wanted): Job[] {
  const speech = speechDue(d, wanted)
  return [
    ...(d.s.payOn && wanted.pay === null ? [payAway(d, wanted.id)] : []),
    ...(wanted.pay === null
      ? lineJobs(d, wanted, linesOf(wanted.page, d.config))
      : [payJob(d, wanted, wanted.pay)]),
    ...(speech === '' ? [] : [job(d, speak, { how: speakNow, text: speech }, wanted.id)]),
  ]
}

/** Whether the board lacks a character of this text. */
export const lossy = (words: string): boolean =>
  boardText(words).text !== words.normalize('NFC').replaceAll('`', "'")

export const connectJob = (d: DisplayDraft): Job =>
  job(d, connect, { password: d.config.password }, null)

/** A board that was told never to reply stays silent for ever, so it is told once to reply. */
export const repliesJob = (d: DisplayDraft): Job => ({
  ...job(d, setReplies, { silent: 0 }, null),
  triesLeft: 0,
})

export function lightOf(d: DisplayDraft): 'day' | 'night' {
  const { hour } = civil(d.businessNowMs)
  return hour >= d.config.dayFromHour && hour < d.config.dayToHour ? 'day' : 'night'
}

/** Sets the clock once a day; brightness and volume when day and night change. */
export function careJobs(d: DisplayDraft): Job[] {
  const { s, config, businessNowMs } = d
  const jobs: Job[] = []
  if (s.clockDay !== dayStartMs(businessNowMs)) {
    const { year, month, day, weekday, hour, minute, second } = civil(businessNowMs)
    const value = { year, month, day, weekday: weekday + 1, hour, minute, second }
    jobs.push(job(d, setClock, value, null))
  }
  const light = lightOf(d)
  if (s.light !== light) {
    jobs.push(job(d, setBrightness, { percent: config[light].brightnessPercent }, null))
    if (config.voice) jobs.push(job(d, setVolume, { percent: config[light].volumePercent }, null))
  }
  return jobs
}
