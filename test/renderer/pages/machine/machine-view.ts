// What the doctor of a computer found: all well, but for the checks named.
import type { MachineCheck, MachineView } from '#runtime/calls/machine.ts'

const ids = ['ports', 'sleep', 'lid', 'unit', 'runs', 'begins', 'folder', 'recoveryKey', 'copies']

export const machineView = (
  wrong: Readonly<Record<string, MachineCheck['verdict']>> = {},
): MachineView => ({
  isDemo: false,
  rows: ids.map((id) => ({
    id,
    verdict: wrong[id] ?? 'pass',
    why: { zh: `${id} 的原因`, en: `why ${id}` },
  })),
})
