// A survey that is open: what is recorded goes through here, checked and durable, or not at all.
// The records stay in memory too; what they amount to is computed anew from them (core/survey).
import type { SurveyBody, SurveyRecord } from '../../core/survey/record.ts'
import type { StoredRecord } from '../../core/survey/chain.ts'
import { projectOf, type SurveyProject } from '../../core/survey/project.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { WallClock } from '../../ports/clocks.ts'
import { checkedBody } from './body-schema.ts'

export interface SurveyPen {
  append(record: { id: string; atMs: number; by: string; body: string }): StoredRecord
}

export interface SurveyBookParts {
  readonly file: string
  readonly pen: SurveyPen
  readonly clock: WallClock
  readonly newId: () => string
}

/** A record of a file, its body checked: a hostile file is refused, not believed. */
export function recordOf(stored: StoredRecord, file: string): SurveyRecord {
  const { seq, id, atMs, by, body } = stored
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new LaneFault('SURVEY-02', { file, field: `/record/${seq}`, note: error.message })
  }
  return { seq, id, atMs, by, body: checkedBody(value, `${file}#${seq}`) }
}

export class SurveyBook {
  readonly #parts: SurveyBookParts
  #records: readonly SurveyRecord[]

  constructor(parts: SurveyBookParts, records: readonly SurveyRecord[]) {
    this.#parts = parts
    this.#records = records
  }

  get records(): readonly SurveyRecord[] {
    return this.#records
  }

  get project(): SurveyProject {
    return projectOf(this.#records)
  }

  /** SURVEY-03 where the body cannot be; the file is as it was then. */
  add(given: unknown, by: string): SurveyRecord {
    return this.#write(checkedBody(given), by)
  }

  /** All of them, or none where one cannot be. */
  addAll(given: readonly unknown[], by: string): readonly SurveyRecord[] {
    const bodies = given.map((one) => checkedBody(one))
    return bodies.map((body) => this.#write(body, by))
  }

  #write(body: SurveyBody, by: string): SurveyRecord {
    const { pen, clock, newId, file } = this.#parts
    const stored = pen.append({
      id: newId(),
      atMs: clock.nowMs(),
      by,
      body: JSON.stringify(body),
    })
    const record = recordOf(stored, file)
    this.#records = [...this.#records, record]
    return record
  }

  /** Takes back the last record that stands (Backspace). SURVEY-06 where there is none. */
  undo(by: string, reason = ''): SurveyRecord {
    const { lastId } = this.project
    if (lastId === null) throw new LaneFault('SURVEY-06', { file: this.#parts.file })
    return this.add({ kind: 'withdrawn', recordId: lastId, reason }, by)
  }
}
