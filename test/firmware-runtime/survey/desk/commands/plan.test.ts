// `etc-lane survey plan` as a person and a script use it: a sheet, or JSON, from a lot file; a wrong file is refused by field.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { noIo, runSilent } from '../../../../kit/run-command.ts'
import { lotFile } from '../../../lane/lot/lot-kit.ts'

const file = join(folderOfFile('etc-plan-'), 'lot.json')
const write = (more: object = {}): void =>
  writeFileSync(file, JSON.stringify({ ...lotFile(), ...more }))

it('prints a sheet with the instruments first, in the language that is asked for', async () => {
  write()
  let text = ''
  const io = { ...noIo, json: false, stdout: (more: string) => void (text += more) }
  await surveyCommand.run(['plan', '--lot', file, '--language', 'en'], io)
  expect(text).toMatch(/^To bring\n☐ .*\n\nExit: \d+ min\n☐ D1 .*\n\nTotal: \d+ min\n/s)
})

it('prints one JSON document, and asks for a modem on a mobile network', async () => {
  write()
  const { json } = await runSilent(surveyCommand, ['plan', '--lot', file, '--access', 'mobile'])
  expect(json).toMatchObject({ ok: true, file, access: 'mobile' })
  expect(JSON.stringify(json['instruments'])).toContain('"modem"')
})

it('refuses a lot by its file, field and value', async () => {
  write({ capacity: 0 })
  const fault = await laterFault(runSilent(surveyCommand, ['plan', '--lot', file]))
  expect(fault).toMatchObject({ code: 'LOT-02', detail: { file, field: '/capacity', value: '0' } })
})
