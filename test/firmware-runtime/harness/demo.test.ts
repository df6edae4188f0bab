// `etc-lane demo` on a folder that has a lot: flags that contradict the lot are refused by name.
// The refusal comes before any simulator starts, so none is needed here.
import { expect, it } from 'vitest'
import { demoCommand } from '#harness/demo.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { noIo } from '../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-demo-')

it('refuses a charge mode or an offline policy that is not that of the lot', async () => {
  await lotCommand.run(['init', '--data', dir, '--charge', 'card'], noIo)
  const contradictions = [
    ['--charge', 'online'],
    ['--offline', 'settle-later'],
  ]
  for (const [field = '', value = ''] of contradictions)
    await expect(
      demoCommand.run(['--headless', '--data', dir, field, value], noIo),
    ).rejects.toMatchObject({ code: 'ARG-01', detail: { field, value } })
})
