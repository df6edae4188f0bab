// A path from the dialog of the system: one of two kinds, the first that was chosen, none where a person went back.
// Whatever else the window sends asks nobody.
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
