// Runs the few programs for time and modems, with fixed arguments and without a shell.
// Their output is in the C locale.
import { execFile } from 'node:child_process'
import type { ToolAnswer, Tools } from '../ports/tools.ts'

const waitMs = 5_000
const answerBytesMax = 256 * 1024

export const systemTools = (): Tools => ({
  run(program, args) {
    const { promise, resolve } = Promise.withResolvers<ToolAnswer>()
    const options = {
      timeout: waitMs,
      maxBuffer: answerBytesMax,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'said', text: stdout })
      else if ('code' in error && error.code === 'ENOENT') resolve({ kind: 'absent' })
      else resolve({ kind: 'failed', note: (stderr.trim() || error.message).slice(0, 200) })
    })
    return promise
  },
})
