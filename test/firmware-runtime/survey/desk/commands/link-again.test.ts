// `etc-lane survey link` and `survey add` on rows that are already measured: refused without a reason; a given reason is
// recorded before the run, also for one that is interrupted.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { openSurvey, readSurvey } from '#survey/files/open-survey.ts'
import type { LinkBody } from '#survey/pure/file/record.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-survey-again-')
const file = join(folder, 'one.etcsurvey')
const before: LinkBody = {
  kind: 'link',
  way: 'ping',
  method: 'icmp',
  peer: 'example',
  interfaceName: null,
  latenciesMs: [1, 1],
  clockErrorMs: null,
}

/** `stops`: interrupts the run as early as possible. */
async function survey(stops: boolean, ...args: readonly string[]): Promise<number> {
  const io = { stdout: () => undefined, stderr: () => undefined }
  const onStop = (stop: () => void): void => (stops ? stop() : undefined)
  return surveyCommand.run(args, { ...io, json: true, onStop })
}
const kinds = (): string[] => readSurvey(file).records.map(({ body }) => body.kind)

it('keeps the reason of a run that is broken off', async () => {
  await survey(false, 'new', file, '--site', '演示', '--lane', 'exit', '--by', 'tester')
  const { ledger, writer } = openSurvey(file)
  ledger.add(before, 'tester', { how: 'live' })
  writer.close()
  const had = kinds()
  const link = ['link', '--survey', file, '--by', '李', '--to', '127.0.0.1:1', '--method', 'https']
  const short = ['--count', '1', '--seconds', '0']
  await expect(survey(true, ...link, ...short)).rejects.toMatchObject({ code: 'SURVEY-42' })
  expect(kinds()).toEqual(had)
  await survey(true, ...link, ...short, '--reason', '网线已更换,重新测量').catch(() => 0)
  expect(kinds().slice(had.length)).toEqual(['rerun', 'started'])
  const { body } = readSurvey(file).records[had.length] ?? {}
  expect(body).toMatchObject({ kind: 'rerun', reason: '网线已更换,重新测量' })
})

it('says that it began before its first probe, and asks for a reason behind it', async () => {
  const had = kinds()
  const link = ['link', '--survey', file, '--by', '李', '--to', '127.0.0.1:1', '--method', 'tcp']
  const few = [
    ...link,
    '--count',
    '2',
    '--seconds',
    '0',
    '--every-ms',
    '50',
    '--reason',
    '换了网卡,重新测量一遍',
  ]
  await survey(false, ...few)
  expect(kinds().slice(had.length)).toEqual(['rerun', 'started', 'link'])
  const { body } = readSurvey(file).records[had.length + 1] ?? {}
  expect(body).toMatchObject({ runs: [{ item: 'D7' }, { item: 'D8' }] })
})

it('asks the same of readings that are typed', async () => {
  const had = kinds()
  const add = ['add', file, '--by', '李', '--body', JSON.stringify(before)]
  await expect(survey(false, ...add)).rejects.toMatchObject({ code: 'SURVEY-42' })
  expect(kinds()).toEqual(had)
  await survey(false, ...add, '--reason', '换了线路,再测量一遍')
  expect(kinds().slice(had.length)).toEqual(['rerun', 'link'])
})
