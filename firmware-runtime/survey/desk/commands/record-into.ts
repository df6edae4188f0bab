// Writes readings as records of a survey file, each durable as it comes; without a file they are only printed. Shared
// by every verb that measures.
import { liveOrigin, type ReceivedBytes } from '../../pure/file/origin.ts'
import type { SurveyBody } from '../../pure/file/record.ts'
import { rerunBody, startedBody, type RunPlan } from '../../pure/reruns.ts'
import { needed } from '#base/commands/command.ts'
import { openSurvey, surveyDigests, type OpenSurvey } from '../../files/open-survey.ts'

/** Runs `use` on a survey file that is open for writing, and closes it. */
export function withSurvey<T>(file: string, use: (survey: OpenSurvey) => T): T {
  const survey = openSurvey(file)
  try {
    return use(survey)
  } finally {
    survey.writer.close()
  }
}

interface Recorder {
  /** To be called before the first probe is sent; `record` calls it by itself. */
  begin(): void
  /** `receivedBytes`: the raw bytes of the other end for this reading. */
  record(body: SurveyBody | null, receivedBytes?: ReceivedBytes): void
  /** Number of records made; null: no file. */
  readonly recorded: number | null
}

/** What is about to be measured, and the reason when it was measured before. */
interface Again {
  readonly plan: RunPlan
  readonly reason: string | undefined
}

/**
 * Throws ARG-01 for a file without `--by`; SURVEY faults for a file that is not a survey, and for rows that were
 * measured before when no reason is given.
 */
export async function recordInto<T>(
  file: string | undefined,
  by: string | undefined,
  { plan, reason }: Again,
  run: (to: Recorder) => Promise<T>,
): Promise<T> {
  if (file === undefined)
    return run({ begin: () => undefined, record: () => undefined, recorded: null })
  const who = needed(by, 'by')
  const { ledger, writer } = openSurvey(file)
  let recorded = 0
  try {
    const again = rerunBody(ledger.records, plan, reason)
    if (again !== null) ledger.keep(again, who)
    let isBegun = false
    const begin = (): void => {
      const started = isBegun ? null : startedBody(plan)
      isBegun = true
      if (started !== null) ledger.keep(started, who)
    }
    return await run({
      begin,
      record(body, receivedBytes) {
        begin()
        if (body === null) return
        ledger.add(body, who, liveOrigin(receivedBytes, surveyDigests().ofBytes))
        recorded++
      },
      get recorded() {
        return recorded
      },
    })
  } finally {
    writer.close()
  }
}
