// A path from the system's dialog: one of two kinds, the first chosen path, null when the person cancels.
// Any other request of the window opens no dialog.
import { expect, it, vi } from 'vitest'
import { pickPath } from '../../../electron/main/pick-path.ts'

const dialog = (...filePaths: string[]) => vi.fn(() => Promise.resolve({ filePaths }))

it.each([
  ['file', 'openFile'],
  ['folder', 'openDirectory'],
] as const)('asks for a %s, one', async (kind, property) => {
  const show = dialog('/media/stick/ca.pem')
  expect(await pickPath(kind, show)).toBe('/media/stick/ca.pem')
  expect(show).toHaveBeenCalledWith({ properties: [property] })
})

it('nothing chosen is nothing', async () => {
  expect(await pickPath('file', dialog())).toBe(null)
})

it.each(['save', '', null, 7, { properties: ['openFile', 'multiSelections'] }])(
  'anything else of the window asks nobody: %j',
  async (kind) => {
    const show = dialog('/etc/shadow')
    expect(await pickPath(kind, show)).toBe(null)
    expect(show).not.toHaveBeenCalled()
  },
)
