// A record of a survey in one line: what was done, where, with which value.
// A record type that is not known here is shown by its name: the file may be from a newer version.
import { burstOf } from '#base/pure/figures/burst.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { Words } from '../../kit/words.ts'

const metres = (mm: number): string => (mm / 1000).toFixed(2)
const known = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ')

function figures(body: SurveyBody, words: Words): string {
  const { t } = words
  switch (body.kind) {
    case 'opened':
      return known([body.site, body.lane, body.grid.id])
    case 'setup':
      return known([body.profile, body.firmware, ...settingTexts(body.settings, words)])
    case 'instrument':
      return known([body.model, body.serialNo, body.calibratedUntil])
    case 'field': {
      const { levelDbm, spreadDb } = burstOf(body.levelsDbm)
      const at = t('survey.at', { x: metres(body.xMm), y: metres(body.yMm) })
      const level = t('files.level', { level: levelDbm.toFixed(1), spread: spreadDb.toFixed(1) })
      return known([at, level, body.place === 'neighbour' ? t('files.neighbour') : null])
    }
    case 'crossRead':
      return t('files.crossRead', { lane: body.inLane, neighbour: body.inNeighbour })
    case 'check':
      return known([body.item, t(`survey.answer.${body.answer}`), body.remark])
    case 'link': {
      const lost = body.latenciesMs.filter((ms) => ms === null).length
      return known([body.peer, t('files.probes', { all: body.latenciesMs.length, lost })])
    }
    case 'rate':
      return known([body.peer, `${kbpsOf(body.bytes, body.durationMs)} kbps`])
    case 'signal':
      return known([
        body.technology,
        body.rsrpDbm === null ? null : `RSRP ${body.rsrpDbm} dBm`,
        body.sinrDb === null ? null : `SINR ${body.sinrDb} dB`,
      ])
    case 'clock':
      return known([body.server, t('files.offset', { ms: body.offsetMs, error: body.errorMs })])
    case 'photo':
      return known([body.item, body.where, body.remark, sizeOf(body)])
    case 'drawing':
      return known([body.title, sizeOf(body)])
    case 'nameplate':
      return known([body.model, body.serialNo, body.approvalNo, body.hardwareVersion])
    case 'criterion':
      return known([body.item, body.source, body.text])
    case 'signature':
      return body.name
    case 'repaired':
      return t('files.repaired', { lost: body.lost.join(', ') || t('common.none') })
    case 'deviation':
      return known([body.item, body.text])
    default:
      return ''
  }
}

const sizeOf = ({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }) =>
  `${widthPx} × ${heightPx}`

const kbpsOf = (bytes: number, durationMs: number): string => ((bytes * 8) / durationMs).toFixed(0)

export const settingTexts = (
  settings: Readonly<Record<string, number | string>>,
  words: Words,
): readonly string[] =>
  Object.entries(settings).map(([name, value]) => `${words.known('files.setting', name)} ${value}`)

interface RecordLine {
  readonly seq: number
  readonly atIso: string
  readonly by: string
  readonly what: string
  readonly figures: string
  /** A later record has taken it back. */
  readonly gone: boolean
}

export function recordLines(records: readonly SurveyRecord[], words: Words): RecordLine[] {
  const seqOf = new Map(records.map(({ id, seq }) => [id, seq]))
  const gone = new Set(
    records.flatMap(({ body }) => (body.kind === 'withdrawn' ? [body.recordId] : [])),
  )
  return records.map(({ id, seq, atMs, by, body }) => ({
    seq,
    by,
    atIso: isoOf(atMs),
    gone: gone.has(id),
    what: words.known('files.kind', body.kind),
    figures:
      body.kind === 'withdrawn'
        ? words.t('files.takesBack', { record: seqOf.get(body.recordId) ?? body.recordId })
        : figures(body, words),
  }))
}
