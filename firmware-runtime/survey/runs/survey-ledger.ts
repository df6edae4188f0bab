// An open survey: records are added through here, checked and durable, or not at all. The records stay in memory too;
// results are computed from them (survey).
import { t } from '#base/pure/words/fault-text.ts'
import { type Origin } from '../pure/file/origin.ts'
import { isReading, withOrigin } from '../pure/file/reading-origin.ts'
import type { SurveyBody, SurveyRecord } from '../pure/file/record.ts'
import type { StoredRecord } from '../pure/file/chain.ts'
import { projectOf, type SurveyProject } from '../pure/file/project.ts'
import { typedRerun } from '../pure/reruns.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import { ownPicture } from '../pure/field/pictures.ts'
import { checkedBody, recordOf } from '../pure/file/body-schema.ts'
import { recordRefusal } from './record-rules.ts'

/** Default origin: entered by a person. */
const typed: Origin = { how: 'typed' }

/** A picture with its bytes, as stored in the file. */
interface KeptPicture {
  readonly digest: string
  readonly mime: 'image/jpeg' | 'image/png'
  readonly bytes: Uint8Array
}

interface SurveyPen {
  append(
    record: { id: string; atMs: number; by: string; body: string },
    picture?: KeptPicture,
  ): StoredRecord
}

/** Kinds that are not accepted from outside: they need their bytes, or data of the library. */
const ownKinds: readonly SurveyBody['kind'][] = [
  'photo',
  'drawing',
  'cover',
  'rerun',
  'started',
  'nameplate',
  'repaired',
  'merged',
  'lotPool',
  'lotValue',
  'lotDraw',
]

interface SurveyLedgerParts {
  readonly file: string
  readonly pen: SurveyPen
  readonly clock: WallClock
  readonly newId: () => string
}

export class SurveyLedger {
  readonly #parts: SurveyLedgerParts
  #records: readonly SurveyRecord[]

  constructor(parts: SurveyLedgerParts, records: readonly SurveyRecord[]) {
    this.#parts = parts
    this.#records = records
  }

  get records(): readonly SurveyRecord[] {
    return this.#records
  }

  get project(): SurveyProject {
    return projectOf(this.#records)
  }

  /** SURVEY-03 for an invalid body; the file stays unchanged. */
  add(given: unknown, by: string, origin: Origin = typed): SurveyRecord {
    return this.#write(withOrigin(this.#taken(given), origin), by)
  }

  /** Adds all bodies, or none when one is invalid. */
  addAll(given: readonly unknown[], by: string, origin: Origin = typed): readonly SurveyRecord[] {
    return this.#takenAll(given, by).map((body) => this.#write(withOrigin(body, origin), by))
  }

  /**
   * Adds what a person types. SURVEY-42 when that measures a row again without a reason; the reason is recorded before
   * it.
   */
  addTyped(given: readonly unknown[], by: string, reason?: string): readonly SurveyRecord[] {
    const bodies = this.#takenAll(given, by)
    this.#saysWhy(bodies, by, reason)
    return bodies.map((body) => this.#write(withOrigin(body, typed), by))
  }

  /** As `keep`, of what a person answers: SURVEY-42 where it replaces another answer without a reason. */
  keepAnswer(body: SurveyBody, by: string, reason?: string): SurveyRecord {
    this.#saysWhy([body], by, reason)
    return this.keep(body, by)
  }

  #saysWhy(bodies: readonly SurveyBody[], by: string, reason: string | undefined): void {
    const again = typedRerun(this.#records, bodies, reason, this.#parts.clock.nowMs())
    if (again !== null) this.keep(again, by)
  }

  #takenAll(given: readonly unknown[], by: string): readonly SurveyBody[] {
    const behind: SurveyRecord[] = []
    for (const [i, one] of given.entries()) {
      const body = this.#taken(one, behind)
      behind.push({ id: `${i}`, seq: 0, atMs: 0, by, body })
    }
    return behind.map(({ body }) => body)
  }

  /** Adds a body made by the program itself, with the picture that it names; checked as well. */
  keep(body: SurveyBody, by: string, bytes?: Uint8Array): SurveyRecord {
    const checked = checkedBody(body)
    const picture = ownPicture(checked)
    if (bytes === undefined || picture === null) return this.#write(checked, by)
    const { digest, mime } = picture
    return this.#write(checked, by, { digest, mime, bytes })
  }

  /** `behind`: records that will come before this one. */
  #taken(given: unknown, behind: readonly SurveyRecord[] = []): SurveyBody {
    const body = checkedBody(given)
    if (isReading(body) && body.origin !== undefined)
      throw new LaneFault('SURVEY-03', {
        field: '/origin',
        value: body.origin.how,
        note: t('这一条只由本程序写入', 'only this program writes this record'),
      })
    if (ownKinds.includes(body.kind))
      throw new LaneFault('SURVEY-03', {
        field: '/kind',
        value: JSON.stringify(body.kind),
        note: t('有专用的命令', 'there is a separate command for it'),
      })
    const refused = recordRefusal(body, [...this.#records, ...behind])
    if (refused !== null) {
      const { code = 'SURVEY-03', ...detail } = refused
      throw new LaneFault(code, detail)
    }
    if (body.kind === 'check') this.#mustHave('/photos', body.photos)
    if (body.kind === 'scale') this.#mustHave('/digest', [body.digest])
    return body
  }

  /** Every picture named in a record must exist. */
  #mustHave(field: string, digests: readonly string[]): void {
    const there = this.#records.flatMap(({ body }) => ownPicture(body)?.digest ?? [])
    const absent = digests.find((digest) => !there.includes(digest))
    if (absent === undefined) return
    const { file } = this.#parts
    throw new LaneFault('SURVEY-03', {
      file,
      field,
      value: absent,
      note: t('里面没有这张图', 'the file does not contain this picture'),
    })
  }

  #write(body: SurveyBody, by: string, picture?: KeptPicture): SurveyRecord {
    const { pen, clock, newId, file } = this.#parts
    const record = { id: newId(), atMs: clock.nowMs(), by, body: JSON.stringify(body) }
    const stored = pen.append(record, picture)
    const kept = recordOf(stored, file)
    this.#records = [...this.#records, kept]
    return kept
  }

  /** Withdraws the last valid record, or the last point. SURVEY-06 when none is left. */
  undo(by: string, reason = '', what: 'record' | 'point' = 'record'): SurveyRecord {
    const { lastId: lastRecord, lastFieldId } = this.project
    const lastId = what === 'point' ? lastFieldId : lastRecord
    if (lastId === null) throw new LaneFault('SURVEY-06', { file: this.#parts.file })
    return this.add({ kind: 'withdrawn', recordId: lastId, reason }, by)
  }
}
