// Parses the output of the system's ping to latencies in the order of sending; null: no answer.
// Pure: the text is an argument, so that every system's words are tested on any system.
import { systemText, type DownText } from '#base/pure/words/notes.ts'

interface PingText {
  /** One entry for each probe that was sent. */
  readonly latenciesMs: readonly (number | null)[]
  /** ping's own sentence where it could not begin; empty when it ran. */
  readonly complaint: DownText | ''
}

const lineMax = 400

const linesOf = (text: string): readonly string[] =>
  text.split(/\r\n|\n|\r/).map((line) => line.slice(0, lineMax))

const notSent = (lines: readonly string[]): PingText => {
  const words = lines.map((line) => line.trim()).filter((line) => line !== '')
  const own = words.find((line) => /^ping: /.test(line)) ?? words.at(-1) ?? ''
  const text = own.replace(/^ping: /, '')
  return { latenciesMs: [], complaint: text === '' ? 'pingSilent' : systemText(text) }
}

/** Linux (iputils) counts from 1, busybox with its `seq=` from 0. */
const reply = /\b(icmp_seq|seq)=(\d{1,6}) .*\btime=(\d{1,7}(?:\.\d{1,6})?) ms\b/
const sentLine = /^(\d{1,6}) packets transmitted, /

/**
 * Linux, `LC_ALL=C`. Only probes sent according to the summary count: a run stopped early has not lost its unsent probes.
 * A second answer to one probe is ignored.
 */
export function parseUnixPing(text: string, count: number): PingText {
  const lines = linesOf(text)
  const sum = lines.map((line) => sentLine.exec(line)).find((found) => found !== null)
  const sent = Math.min(count, Number(sum?.[1] ?? 0))
  if (sent === 0) return notSent(lines)
  const latenciesMs = Array.from({ length: sent }, (): number | null => null)
  for (const line of lines) {
    const [, word, number, ms] = reply.exec(line) ?? []
    if (word === undefined) continue
    const index = Number(number) - (word === 'icmp_seq' ? 1 : 0)
    if (index in latenciesMs && latenciesMs[index] === null) latenciesMs[index] = Number(ms)
  }
  return { latenciesMs, complaint: '' }
}

/** `时间<1ms TTL=64`: whatever the language, the end of an answer is ASCII. IPv6 has no TTL. */
const windowsReply = /[=<](\d{1,7})ms(?: TTL=\d{1,3})?\s*$/
/** `正在 Ping 192.0.2.1 具有 32 字节的数据:` */
const windowsHead = /\b32\b.*:\s*$/

/**
 * Windows in any language: its bytes read as Latin-1, because only the ASCII in them is used.
 * Lines between the head and the first empty line are the probes, one each. `<1ms` counts as 1 ms.
 */
export function parseWindowsPing(text: string, count: number): PingText {
  const lines = linesOf(text)
  const head = lines.findIndex((line) => windowsHead.test(line))
  const after = head < 0 ? [] : lines.slice(head + 1)
  const end = after.findIndex((line) => line.trim() === '')
  // Without an empty line it was stopped: the last line may be half of one.
  const probes = after.slice(0, Math.min(count, end < 0 ? after.length - 1 : end))
  if (probes.length === 0) return notSent(lines)
  const latenciesMs = probes.map((line) => {
    const ms = windowsReply.exec(line)?.[1]
    return ms === undefined ? null : Number(ms)
  })
  return { latenciesMs, complaint: '' }
}
