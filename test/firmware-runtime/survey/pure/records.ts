// Bodies as the records of a survey, one a second from one fixed time.
// Shared by the tests of the survey.
import { examplesAtMs } from '#survey/pure/item.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'

export const startMs = examplesAtMs

export const recordsOf = (bodies: readonly SurveyBody[]): readonly SurveyRecord[] =>
  bodies.map((body, i) => ({
    id: `r${i + 1}`,
    seq: i + 1,
    atMs: startMs + i * 1000,
    by: 'tester',
    body,
  }))
