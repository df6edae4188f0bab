// `etc-lane events` on a missing folder: an error instead of an empty stream and exit 0.
// An existing folder without events is no error.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eventsCommand } from '#lane/desk/commands/events.ts'
import { noIo } from '../../../../kit/run-command.ts'

it('refuses a folder that is not there', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-events-'))
  try {
    const missing = eventsCommand.run(['--data', join(dir, 'no')], noIo)
    await expect(missing).rejects.toMatchObject({ code: 'FILE-01' })
    expect(await eventsCommand.run(['--data', dir], noIo)).toBe(0)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
