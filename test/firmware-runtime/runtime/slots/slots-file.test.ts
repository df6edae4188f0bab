// Files of updates that the disk does not give: a fault with its code, which the lanes tell, and no error that ends them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { keptBack, keptSlots } from '#runtime/slots/slots-file.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

it.each([
  ['slots.json', keptSlots],
  ['plan.json', keptPlan],
  ['back.json', keptBack],
])('%s that cannot be read is DATA-01', (name, read) => {
  const dir = folderOfTest('etc-update-')
  // Read like a file, it is EISDIR: an error of the disk that root has as well.
  mkdirSync(join(dir, 'update', name), { recursive: true })
  expect(() => read(dir)).toThrow(expect.objectContaining({ code: 'DATA-01' }))
})
