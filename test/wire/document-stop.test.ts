// A report of 60 x 60 readings is stopped while a real process lays it out beside running lanes: the waiting call gets
// its code, the process ends, nobody else could have stopped it, and the same report can be made afterwards.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endpointOf, postCall } from '#runtime/api/runtime-client.ts'
import { runFileOf } from '#base/calls/run-file.ts'
import type { SurveyReportView } from '#survey/calls/survey-views.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { writeLargeSurvey } from '../kit/large-survey.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'

const lot = new RunLot({ charge: 'card', tariff: nothingFree })
const name = '20260301-080000'
const asked = { name, language: 'zh', format: 'pdf' }
const of = { of: 'survey.report' }
const call = async (of: string, args: object, seat?: string) => {
  const endpoint = endpointOf(present(runFileOf(lot.dir), 'it runs'))
  return present(await postCall({ ...endpoint, seat }, { name: of, args }), 'an answer')
}
/** Layout processes on this machine that were started for this lot. */
const layingOut = (): readonly string[] =>
  execFileSync('ps', ['-o', 'pid=,ppid=,args=', '-A'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.endsWith(' lay-out') && line.includes(` ${lot.run.child.pid} `))

beforeAll(async () => {
  mkdirSync(join(lot.dir, 'surveys'), { recursive: true })
  writeLargeSurvey(join(lot.dir, 'surveys', `${name}.etcsurvey`))
  await lot.startSims()
  await lot.start('exit')
})
afterAll(() => lot.close())

it('is stopped by who asked for it, and made again', async () => {
  const made = call('survey.report', asked)
  await eventually(layingOut, (lines) => lines.length === 1, { of: lot.of })
  expect(await call('document.state', of)).toMatchObject({ data: { phase: 'layingOut' } })
  // Another window, and another document of this one.
  expect(await call('document.stop', of, 'a'.repeat(64))).toMatchObject({ data: { stopped: 0 } })
  expect(await call('document.stop', { of: 'papers.report' })).toMatchObject({
    data: { stopped: 0 },
  })
  expect(await call('document.stop', of)).toEqual({ ok: true, data: { stopped: 1 } })
  expect(await made).toMatchObject({ ok: false, error: { code: 'REPORT-05' } })
  await eventually(layingOut, (lines) => lines.length === 0, { of: lot.of })
  expect(await call('document.state', of)).toMatchObject({ data: { phase: null } })
  const again = await lot.run.call<SurveyReportView>('survey.report', asked)
  expect(Buffer.from(again.base64, 'base64').toString('latin1', 0, 5)).toBe('%PDF-')
})
