// How a file of the window ended: by what the download says, whether the window asks before it begins, while the dialog is
// open, or after it ended. Nothing is said before the dialog is answered.
import { expect, it } from 'vitest'
import { FileSaves, type Download } from '../../../electron/main/file-saves.ts'

const blob = (n: number) => `blob:studio://app/${n}`
function download(url: string) {
  let done: (event: unknown, state: string) => void = () => undefined
  const item: Download = { getURL: () => url, once: (_event, take) => void (done = take) }
  return { item, ends: (state: string) => done({}, state) }
}
const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await Promise.resolve()
}

it.each([
  ['completed', 'saved', 0],
  ['cancelled', 'cancelled', 0],
  ['interrupted', 'failed', 1],
  ['anything else', 'failed', 1],
] as const)('%s is %s, whenever the window asks', async (state, end, failures) => {
  for (const asks of ['before', 'during', 'after'] as const) {
    let failed = 0
    const saves = new FileSaves(() => failed++)
    const { item, ends } = download(blob(1))
    const early = asks === 'before' ? saves.ended(blob(1)) : null
    saves.begun(item)
    const asked = early ?? (asks === 'during' ? saves.ended(blob(1)) : null)
    let heard: string | null = null
    void asked?.then((one) => (heard = one))
    await turns()
    expect(heard).toBe(null)
    ends(state)
    expect(await (asked ?? saves.ended(blob(1)))).toBe(end)
    expect(failed).toBe(failures)
  }
})

it('two files end each by its own', async () => {
  const saves = new FileSaves(() => undefined)
  const [a, b] = [download(blob(1)), download(blob(2))]
  const both = Promise.all([saves.ended(blob(1)), saves.ended(blob(2))])
  saves.begun(a.item)
  saves.begun(b.item)
  b.ends('completed')
  a.ends('cancelled')
  expect(await both).toEqual(['cancelled', 'saved'])
})

it.each([null, 7, '', 'https://example.org/x', { url: blob(1) }])(
  '%j is no file of the window',
  async (url) => {
    expect(await new FileSaves(() => undefined).ended(url)).toBe('cancelled')
  },
)
