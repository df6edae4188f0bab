// All sections of a report from the records of a survey, in order. Skipped rows stay in it and are marked. A damaged
// survey gives no report, because it must not have gaps.
import type { StoredRecord } from '../pure/file/chain.ts'
import { originCounts } from '../pure/file/reading-origin.ts'
import { isSimulated, projectOf, standingRecords } from '../pure/file/project.ts'
import { answersReplaced, answerWords, isAnswer, type AnswerBody } from '../pure/answers.ts'
import { itemsOf, unendedItems } from '../pure/reruns.ts'
import type {
  SetupBody,
  SignatureBody,
  SignedDespite,
  SurveyBody,
  SurveyRecord,
} from '../pure/file/record.ts'
import { settingsOf } from '../pure/file/compare.ts'
import { sitingDeviation } from '../pure/items/d02-layout.ts'
import { questionText } from '../pure/field/pictures.ts'
import { rowsWords } from '../pure/file/signing.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { signerWords } from '#base/pure/words/survey-words.ts'
import { CheckSections, type PhotoOf } from './report-checks.ts'
import { clockTime, FieldSections, plainTime } from './report-field.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportLanguage,
  ReportSection,
  SectionId,
} from './report-model.ts'
import { isQuotedItem } from './quoted-items.ts'
import { annexOf, readingSheets } from './report-readings.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { withChineseMarks } from './report-marks.ts'
import { reportWords, signedNote, markedVerdict, type ReportWord } from './report-words.ts'
import { alterationWords } from '#base/pure/rules/rule-alterations.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import { rulesOf } from '../pure/survey-rules.ts'
import { signatureSvg, signatureViews } from '../pure/file/signatures.ts'
import { fieldView, itemViews, wholeVerdict, type ItemView } from '../pure/file/survey-view.ts'
import { SectionMaker, textOf } from './report-blocks.ts'

export interface ReportSource {
  readonly file: string
  readonly surveyId: string
  readonly stored: readonly StoredRecord[]
  readonly records: readonly SurveyRecord[]
  /** Who signed the rule pack of the survey; absent or null: nobody, or it has none. */
  readonly issuer?: PackIssuer | null
  readonly lost: readonly number[]
  readonly broken: readonly number[]
  readonly photoOf: PhotoOf
}

export interface ReportRequest {
  readonly language: ReportLanguage
  readonly printedAtMs: InstantMs
}

const metres = (mm: number): string => `${(mm / 1000).toFixed(2)} m`
const degrees = (value: number | null): string => (value === null ? '?' : `${value}°`)

/** Names of simulated instruments on the cover. */
const namesMax = 3

class Sections extends SectionMaker {
  readonly #source: ReportSource
  readonly #items: readonly ItemView[]

  constructor(source: ReportSource, as: ReportLanguage) {
    super(projectOf(source.records), as)
    this.#source = source
    this.#items = itemViews(this.survey)
  }

  #or(value: string | null | undefined): string {
    return value === null || value === undefined || value === '' ? this.word('unknown') : value
  }

  #head(printedAtMs: InstantMs): ReportSection {
    const { opened, setup, cover, instrumentRows, fields } = this.survey
    const standing = standingRecords(this.#source.records)
    const times = [standing[0], standing.at(-1)].map((one) =>
      one === undefined ? '?' : clockTime(one.atMs),
    )
    const demo = isSimulated(this.survey)
    const rows: [string, string][] = [
      [this.word('number'), cover?.number ?? ''],
      [this.word('whole'), markedVerdict(wholeVerdict(this.#items))[this.as]],
      [this.word('company'), cover?.company ?? ''],
      [this.word('site'), this.#or(opened?.site)],
      [this.word('address'), cover?.address ?? ''],
      [this.word('lane'), this.#or(opened?.lane)],
      [this.word('access'), opened === null ? this.word('unknown') : this.word(opened.access)],
      [this.word('antenna'), this.#or(setup?.profile)],
      [this.word('measured'), times.join(' – ')],
      [this.word('by'), this.#or([...new Set(standing.map(({ by }) => by))].join(', '))],
      [this.word('printed'), clockTime(printedAtMs)],
    ]
    // Long lists come last, so that they push nothing off the cover.
    const { packId, standard, altered } = rulesOf(opened)
    if (altered.length > 0) {
      const lines = altered.map((one) => alterationWords(one)[this.as])
      const { issuer = null } = this.#source
      const signed =
        issuer === null
          ? this.word('noIssuer')
          : `${issuer.by} · ${issuer.certSerial} · ${issuer.signedAtIso}`
      rows.push([
        this.word('alteredRules'),
        [`${packId} · ${standard}`, signed, ...lines].join('\n'),
      ])
    }
    const deviations = this.#deviations()
    if (deviations.length > 0)
      rows.push([this.word('deviates'), deviations.join(this.as === 'zh' ? ';' : '; ')])
    if (demo) {
      const all = [...instrumentRows, ...fields.flatMap(({ instrument }) => instrument ?? [])]
      const found = all.filter(({ simulated }) => simulated).map(({ model }) => model)
      const names = [...new Set(found)]
      // The table of instruments marks each of them; a long list would push the rest off the cover.
      const more = names.length - namesMax
      const end = t(` 等 ${names.length} 种`, ` and ${more} more`)[this.as]
      const shown = names.slice(0, namesMax).join(', ')
      rows.splice(2, 0, [this.word('simulated'), more > 0 ? `${shown}${end}` : shown])
    }
    const facts: ReportBlock = { kind: 'facts', rows }
    const notice = demo ? [textOf(this.word('demo'), 'notice')] : []
    const signed = this.#signed('surveyor', 'checker')
    return { id: 'head', heading: '', blocks: [...this.#letterhead(), ...notice, facts, signed] }
  }

  /** What the survey deviates from: of the mounting with rule and figure; of each one the reason and its author. */
  #deviations(): readonly string[] {
    const siting = sitingDeviation(this.survey)
    const others = this.survey.deviations.filter(({ item }) => item !== 'D2' || siting === null)
    const strongest = fieldView(this.survey)?.strongest
    return [
      ...(siting === null ? [] : [`D2: ${siting.words[this.as]}`]),
      ...(strongest?.verdict === 'fail' ? [`7.1.1 e: ${strongest.words[this.as]}`] : []),
      ...others.map(({ item, text, area, by }) => {
        const box =
          area === null
            ? ''
            : ` (${metres(area.leftMm)}–${metres(area.rightMm)} × ${metres(area.nearMm)}–${metres(area.farMm)})`
        return `${item}: ${text}${box} (${by})`
      }),
    ]
  }

  #letterhead(): readonly ReportBlock[] {
    const { company = '', logo = null } = this.survey.cover ?? {}
    const found = logo === null ? null : this.#source.photoOf(logo.digest)
    if (logo !== null && found === null)
      return [textOf(`${company} (${this.word('logo')}: ${this.word('photoLost')})`)]
    if (company === '' && found === null) return []
    if (logo === null || found === null) return [{ kind: 'letterhead', logo: null, company }]
    const { widthPx: width, heightPx: height } = logo
    const mark = { ...found, width, height, caption: this.word('logo') }
    return [{ kind: 'letterhead', logo: mark, company }]
  }

  #summary(): ReportSection {
    const rows = this.#items.map((item) => [
      ...[item.id.slice(1), item.group[this.as], item.title[this.as], item.printed],
      [item.words, ...(item.altered === null ? [] : [item.altered])]
        .map((one) => one[this.as])
        .join('\n'),
      this.verdict(item.verdict),
    ])
    const head = ['row', 'group', 'item', 'asked', 'result', 'verdict'] as const
    const widths = this.as === 'zh' ? [6, 11, 12, 31, 28, 12] : [6, 16, 14, 25, 24, 15]
    return this.section('summary', 'summary', [this.table(head, widths, rows)])
  }

  #open(): ReportSection {
    const open = this.#items.flatMap((item) =>
      item.next === null ? [] : [{ ...item, next: item.next }],
    )
    const rows = open.map((item) => [
      ...[item.id.slice(1), item.title[this.as]],
      ...[{ text: item.words[this.as], verdict: item.verdict }, item.next[this.as]],
    ])
    const table = this.table(['row', 'item', 'result', 'procedure'], [6, 20, 32, 42], rows)
    const blocks = open.length === 0 ? [textOf(this.word('openNone'))] : [table]
    return this.section('open', 'open', blocks)
  }

  #instruments(): ReportSection {
    const { instrumentRows, fields } = this.survey
    const lastDay = isoOf(this.#source.records.at(-1)?.atMs ?? 0).slice(0, 10)
    const rows = instrumentRows.map((one) => {
      const { calibratedUntil: until, correctionDb } = one
      const used = fields.filter(
        ({ instrument }) => instrument !== null && canonicalJson(instrument) === canonicalJson(one),
      ).length
      const overdue = until !== null && until < lastDay
      return [
        one.model + (one.simulated ? ` (${this.word('simulated')})` : ''),
        ...[this.#or(one.serialNo), this.#or(one.calibratedOn)],
        overdue
          ? { text: `${until} · ${this.word('overdue')}`, verdict: 'fail' as const }
          : this.#or(until),
        `${correctionDb} dB / ${one.gainDbi === undefined ? '?' : `${one.gainDbi} dBi`}`,
        String(used),
      ]
    })
    const head = [
      ...(['model', 'serial', 'calibratedOn', 'calibratedUntil', 'correction'] as const),
      'readings' as const,
    ]
    const table = this.table(head, [25, 19, 15, 19, 11, 11], rows)
    const blocks = rows.length === 0 ? [textOf(this.word('none'))] : [table]
    return this.section('instruments', 'instruments', blocks)
  }

  #settings(): ReportSection {
    const setups = standingRecords(this.#source.records).flatMap(({ atMs, body }) =>
      body.kind === 'setup' ? [{ atMs, ...body }] : [],
    )
    const blocks = setups.map((setup, i): ReportBlock => {
      const before = setups[i - 1]
      const changed = before === undefined ? [] : changedSettings(before, setup)
      const { heightMm, downDeg, yawDeg, at = null } = setup
      const settings = Object.entries(setup.settings).map(([name, value]) => `${name} = ${value}`)
      const rows: [string, string][] = [
        [this.word('recordedAt'), clockTime(setup.atMs)],
        [this.word('antenna'), setup.profile],
        [this.word('firmware'), this.#or(setup.firmware)],
        [this.word('height'), this.#or(heightMm === null ? null : metres(heightMm))],
        [this.word('angles'), `${degrees(downDeg)} / ${degrees(yawDeg)}`],
        [this.word('place'), this.#or(at === null ? null : `${metres(at.xMm)}, ${metres(at.yMm)}`)],
        [this.word('settings'), this.#or(settings.join(', '))],
      ]
      if (changed.length > 0)
        rows.push([this.word('changed'), `${changed.join(', ')}: ${this.word('changedWhat')}`])
      return { kind: 'facts', rows }
    })
    const none = [textOf(this.word('unknown'))]
    return this.section('settings', 'setup', blocks.length === 0 ? none : blocks)
  }

  #list(id: SectionId, word: ReportWord, items: readonly string[]): ReportSection {
    const none = textOf(this.word('none'))
    return this.section(id, word, [items.length === 0 ? none : { kind: 'list', items }])
  }

  /** The signatures of these roles, on screen; a role without one has a place to sign on paper. */
  #signed(...roles: readonly SignatureBody['role'][]): ReportBlock {
    const all = signatureViews(this.#source.records).filter(({ role }) => roles.includes(role))
    const made = all.map((one) => ({
      role: signerWords[one.role][this.as],
      name: one.name,
      when: plainTime(one.atIso),
      despite: this.#despite(one.despite),
      stamp: one.role === 'owner',
      svg: one.path === null ? null : signatureSvg(one.path),
      note:
        signedNote(one.covers, one.after)[this.as] +
        (one.path === null ? ` · ${this.word('nameTyped')}` : ''),
    }))
    const open = roles
      .filter((role) => all.every((one) => one.role !== role))
      .map((role) => ({
        role: signerWords[role][this.as],
        name: role === 'owner' ? (this.survey.cover?.representative ?? '') : '',
        when: '',
        svg: null,
        despite: '',
        stamp: role === 'owner',
        note: role === 'owner' ? this.word('stamp') : this.word('unsigned'),
      }))
    return { kind: 'signatures', signatures: [...made, ...open] }
  }

  /** Every repeated, aborted or withdrawn run and every replaced answer, with author and reason. */
  #runs(): readonly string[] {
    const { records } = this.#source
    const replaced = new Set(answersReplaced(records).map(({ was }) => was.id))
    const bodies = new Map(records.map(({ id, body }) => [id, body]))
    return records.flatMap((record) => {
      const { atMs, by, body } = record
      const line = (what: string, ...said: readonly string[]): string =>
        `${what}: ${said.join(': ')} (${by}, ${clockTime(atMs)})`
      if (body.kind === 'rerun')
        return [line(body.items.join(', '), this.word('rerun'), body.reason)]
      if (body.kind === 'started') {
        const items = unendedItems(records, record)
        return items.length === 0 ? [] : [line(items.join(', '), this.word('brokenOff'))]
      }
      if (isAnswer(body) && replaced.has(record.id))
        return [line(this.#question(body), this.word('answeredBefore'), answerWords(body)[this.as])]
      const gone = body.kind === 'withdrawn' ? bodies.get(body.recordId) : undefined
      if (body.kind !== 'withdrawn' || gone === undefined) return []
      const what = isAnswer(gone)
        ? `${this.#question(gone)} (${answerWords(gone)[this.as]})`
        : itemsOf(gone).join(', ') || this.#kindWord(gone.kind)
      return what === '' ? [] : [line(what, this.word('takenBack'), body.reason)]
    })
  }

  #question(body: AnswerBody): string {
    return body.kind === 'check'
      ? `${body.item} ${questionText(body.item, body.part)[this.as]}`
      : `D4 ${this.word('nameplate')}`
  }

  /** The basis of readings, in words; empty: nothing is judged by it. */
  #kindWord(kind: SurveyBody['kind']): string {
    const words = { setup: 'setup', instrument: 'instruments', criterion: 'cited' } as const
    return kind === 'setup' || kind === 'instrument' || kind === 'criterion'
      ? this.word(words[kind])
      : ''
  }

  #despite(despite: SignedDespite | undefined): string {
    if (despite === undefined) return ''
    const { rows, reason, who } = despite
    const rest = [`${this.word('because')}: ${reason}`, `${this.word('answers')}: ${who}`]
    return [`${this.word('despite')}: ${rowsWords(rows)[this.as]}`, ...rest].join('; ')
  }

  /** How many of the readings were read by this program itself. */
  #origins(): string {
    const counts = originCounts(standingRecords(this.#source.records).map(({ body }) => body))
    const all = Object.values(counts).reduce((sum, one) => sum + one, 0)
    const share = all === 0 ? 0 : Math.round((100 * counts.live) / all)
    const named = (['live', 'typed', 'imported', 'notSaid'] as const)
      .filter((how) => counts[how] > 0)
      .map((how) => `${this.word(how)} ${counts[how]}`)
    return all === 0 ? this.word('none') : `${share}% ${this.word('live')} (${named.join(', ')})`
  }

  #evidence(): ReportSection {
    const { surveyId, stored } = this.#source
    const rows: [string, string][] = [
      [this.word('surveyId'), surveyId],
      [this.word('records'), String(stored.length)],
      [this.word('headHash'), stored.at(-1)?.hash ?? ''],
      [this.word('origins'), this.#origins()],
      [this.word('attested'), this.word('notAttested')],
    ]
    const facts: ReportBlock = { kind: 'facts', rows }
    const repaired = this.survey.repairs.map(({ fromSurveyId, lost, suspect, picturesLost }) => {
      const counts = [lost, suspect, picturesLost].map((some) => some.length)
      return `${this.word('repaired')} ${fromSurveyId}: ${counts.join(' / ')} ${this.word('repairedWhat')}`
    })
    const blocks: ReportBlock[] =
      repaired.length === 0 ? [facts] : [facts, { kind: 'list', items: repaired }]
    return this.section('evidence', 'evidence', blocks)
  }

  all(printedAtMs: InstantMs): readonly ReportSection[] {
    const field = new FieldSections(this.survey, this.as)
    const checks = new CheckSections(this.survey, this.as, this.#source.photoOf)
    const assumed = this.#items.flatMap(({ id, assumed: said }) =>
      said === null ? [] : [`${id}: ${said[this.as]}`],
    )
    return [
      ...[this.#head(printedAtMs), this.#summary(), this.#open()],
      ...[field.field(), field.neighbour(), field.link(), field.clocks()],
      ...[checks.checks(), checks.photos()],
      ...[this.#instruments(), this.#settings()],
      this.#list('deviations', 'deviations', [...this.#deviations(), ...this.#runs()]),
      this.#list('assumed', 'assumed', assumed),
      this.#evidence(),
      this.section('signatures', 'signatures', [this.#signed('witness', 'owner')]),
      annexOf(readingSheets(this.#source.records, this.as), this.as),
    ]
  }
}

/** Name, value before and value now. */
function changedSettings(before: SetupBody, now: SetupBody): readonly string[] {
  const [old, is] = [settingsOf({ setup: before }), settingsOf({ setup: now })]
  return [...new Set([...old.keys(), ...is.keys()])].flatMap((name) =>
    old.get(name) === is.get(name)
      ? []
      : [`${name} ${old.get(name) ?? '–'} → ${is.get(name) ?? '–'}`],
  )
}

/** The report of a file, or SURVEY-02 when records are lost or were changed. */
export function reportDocument(source: ReportSource, reportRequest: ReportRequest): ReportDocument {
  const { file, lost, broken } = source
  const { language, printedAtMs } = reportRequest
  if (lost.length + broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...lost, ...broken].join(', ') })
  const number = projectOf(source.records).cover?.number ?? ''
  const footer = reportWords.footer[language]
  return withChineseMarks(
    {
      language,
      printedAtMs,
      title: reportWords.title[language],
      basis: reportWords.basis[language],
      footer: number === '' ? footer : `${footer} · ${number}`,
      sections: new Sections(source, language).all(printedAtMs),
    },
    isQuotedItem,
  )
}
