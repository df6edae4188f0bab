// A run of probes killed by the system: it is recorded from its first probe on, and the next one gives a reason.
// Its measurements are lost; the fact that it ran is not.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readSurvey } from '#survey/files/open-survey.ts'
import { eventually } from '../kit/eventually.ts'
import { program, runProgram } from './kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

const folder = folderOfFile('etc-survey-killed-')
const server = createServer((socket) => socket.end())
afterAll(() => {
  server.close()
})
const file = join(folder, 'killed.etcsurvey')
const kinds = (): string[] => readSurvey(file).records.map(({ body }) => body.kind)

it('is on record, and is measured again with a reason alone', async () => {
  await runProgram('survey', 'new', file, '--site', 'S', '--lane', 'L', '--by', 'A')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  const port = typeof at === 'object' && at !== null ? at.port : 0
  const to = ['survey', 'link', '--to', `127.0.0.1:${port}`, '--method', 'tcp', '--seconds', '0']
  const into = ['--survey', file, '--by', 'A', '--json']
  const long = [...to, '--count', '3000', '--every-ms', '1000', ...into]
  const child = spawn(process.execPath, [program, ...long], { stdio: 'ignore' })
  await eventually(kinds, (seen) => seen.includes('started'))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(kinds()).toEqual(['opened', 'started'])
  const short = [...to, '--count', '2', '--every-ms', '50', ...into]
  const refused = await runProgram(...short)
  expect(refused.code).toBe(2)
  expect(refused.stdout + refused.stderr).toContain('SURVEY-42')
  await runProgram(...short, '--reason', 'power cut during the run')
  expect(kinds()).toEqual(['opened', 'started', 'rerun', 'started', 'link'])
})
