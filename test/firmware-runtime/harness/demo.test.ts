// `etc-lane demo` on a folder that has a lot: flags that contradict the lot are refused by name.
// The refusal comes before any simulator starts, so none is needed here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { demoCommand } from '../../../firmware-runtime/harness/demo.ts'
import { lotCommand } from '../../../firmware-runtime/cli/lot.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-demo-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('refuses a charge mode or an offline policy that is not that of the lot', async () => {
  const nothing = (): void => undefined
  const io = { stdout: nothing, stderr: nothing, json: true, onStop: nothing }
  await lotCommand.run(['init', '--data', dir, '--charge', 'card'], io)
  const contradictions = [
    ['--charge', 'online'],
    ['--offline', 'settle-later'],
  ]
  for (const [field = '', value = ''] of contradictions)
    await expect(
      demoCommand.run(['--headless', '--data', dir, field, value], io),
    ).rejects.toMatchObject({ code: 'ARG-01', detail: { field, value } })
})
