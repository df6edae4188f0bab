// The begin or the end of a matter in words, for mail and webhooks.
import { matterKindOf } from '#base/pure/values/centre-matters.ts'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'

export interface AlarmNews {
  readonly is: 'begin' | 'end' | 'test'
  readonly matterId: string
  readonly lotId: string
  readonly lotName: BilingualText
  readonly nodeId: string
  readonly kind: string
  readonly thing: string
  /** The thing for people. */
  readonly what: BilingualText | null
  readonly sinceMs: InstantMs
  readonly endedMs: InstantMs | null
}

const time = (ms: InstantMs): string => isoOf(ms).slice(0, 19).replace('T', ' ')
/** A name that a lot gave itself, on one line. */
const line = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 200)

const shown = (zh: string, en: string): BilingualText => t(chineseMarks(zh), en)

function wordsOf({ is, lotName, kind, what, sinceMs, endedMs }: AlarmNews): BilingualText {
  if (is === 'test') return shown('试发:告警能送到这里', 'Test: alarms reach this address')
  const { title } = matterKindOf(kind)
  const [zh, en] = what === null ? ['', ''] : [`(${line(what.zh)})`, ` (${line(what.en)})`]
  const end =
    endedMs === null ? t('', '') : t(`,${time(endedMs)} 已结束`, `, ended ${time(endedMs)}`)
  return shown(
    `${line(lotName.zh)}:${title.zh}${zh},从 ${time(sinceMs)} 起${end.zh}`,
    `${line(lotName.en)}: ${title.en}${en}, since ${time(sinceMs)}${end.en}`,
  )
}

/** A mail of all of them; not empty. */
export function mailOf(news: readonly AlarmNews[]): {
  readonly subject: string
  readonly text: string
} {
  const words = news.map(wordsOf)
  const [first] = words
  const subject =
    news.length === 1 && first !== undefined
      ? first
      : t(`${news.length} 件事`, `${news.length} matters`)
  const text = [...words.map(({ zh }) => zh), '', ...words.map(({ en }) => en), ''].join('\n')
  return { subject: `[停车场告警 Car park alarm] ${subject.zh}`, text }
}

/** Body of a webhook (docs/centre.md). */
export function bodyOf(news: AlarmNews): string {
  const { is: event, matterId, lotId, lotName, nodeId, kind, thing, sinceMs, endedMs } = news
  return JSON.stringify({
    event,
    matterId,
    lot: { id: lotId, name: lotName },
    node: nodeId,
    kind,
    thing,
    urgent: matterKindOf(kind).isUrgent,
    since: isoOf(sinceMs),
    ended: endedMs === null ? null : isoOf(endedMs),
    words: wordsOf(news),
  })
}
