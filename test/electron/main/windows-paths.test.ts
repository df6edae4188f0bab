// Studio's own handling of paths with those of Windows: drives, shares, backslashes. The functions run here with the path
// rules of Windows in place of this system's, and with a disk that only says which names are on it.
import { win32 } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { serveApp } from '../../../electron/main/app-protocol.ts'
import { argumentsAtLogin, readArguments } from '../../../electron/main/arguments.ts'
import { pickPath } from '../../../electron/main/pick-path.ts'
import { programFolder } from '../../../electron/main/program-folder.ts'
import { setupFolder } from '../../../electron/main/start-page.ts'

const disk = vi.hoisted(() => ({ names: new Set<string>(), read: [] as string[] }))
vi.mock('node:path', async (original) => {
  const { win32: rules } = await original<typeof import('node:path')>()
  return { ...rules, default: rules }
})
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  existsSync: (name: string) => disk.names.has(name),
}))
vi.mock('node:fs/promises', () => ({
  readFile: (name: string) => {
    disk.read.push(name)
    return Promise.resolve(Buffer.from('text'))
  },
}))
vi.mock('electron', () => ({ protocol: {} }))

describe('the folder of a lot', () => {
  it.each([
    [['--data', 'C:\\停车 场'], 'C:\\停车 场'],
    [['--data=D:/lots/a'], 'D:/lots/a'],
    [['--data', '\\\\server\\share\\lot'], '\\\\server\\share\\lot'],
    [['--data', '\\\\?\\C:\\lot'], '\\\\?\\C:\\lot'],
    [['--data', 'lot'], 'C:\\start\\lot'],
    [['--data', '..\\lot 2'], 'C:\\lot 2'],
    [['--attach=C:\\a=b'], 'C:\\a=b'],
  ])('of %j is opened, and again at sign-in', (argv, dir) => {
    const given = readArguments(argv, 'C:\\start')
    expect(given.dataDir).toBe(dir)
    const again = readArguments(argumentsAtLogin(given), 'C:\\Windows\\System32')
    expect(again.dataDir).toBe(dir)
  })

  it.each([
    ['C:\\停车 场\\密钥.txt', 'file'],
    ['\\\\server\\share\\copies', 'folder'],
    ['E:\\', 'folder'],
  ])('%s, chosen in a dialog, reaches the page as it is', async (chosen, kind) => {
    const show = () => Promise.resolve({ filePaths: [chosen] })
    expect(await pickPath(kind, show)).toBe(chosen)
  })

  it('of a new lot is the first free one beside the settings', () => {
    const home = 'D:\\车 主\\AppData\\etc-lane-studio'
    disk.names = new Set([`${home}\\lot\\lot.json`, `${home}\\lot-2\\ledger.db`])
    expect(setupFolder(home)).toBe(`${home}\\lot-3`)
  })
})

it.each([
  ['C:\\Program Files\\ETC Lane Studio', 'lanes\\dist\\runtime'],
  ['D:\\停车 软件', 'lanes\\dist\\runtime'],
  ['\\\\server\\share', 'resources\\app.asar\\dist\\runtime'],
])('the lane program below %s is found in %s', (home, laid) => {
  const there = `${home}\\${laid}`
  disk.names = new Set([`${there}\\main.mjs`])
  const dist = win32.join(home, 'resources', 'app.asar', 'dist')
  expect(programFolder(dist, `${home}\\studio.exe`)).toBe(there)
})

describe('the address of a page', () => {
  const folder = 'C:\\Program Files\\ETC Lane Studio\\resources\\app.asar\\dist\\renderer'
  type Answer = (request: { url: string; method: string }) => Promise<Response>
  let answer: Answer
  const handle = (_scheme: string, take: Answer): void => void (answer = take)
  serveApp({ protocol: { handle } } as unknown as Parameters<typeof serveApp>[0], folder)
  const ask = async (path: string) => {
    disk.read = []
    const { status } = await answer({ url: `app://ui${path}`, method: 'GET' })
    return [status, disk.read]
  }

  it.each([
    ['/index.html', 'index.html'],
    ['/assets/index-a.js', 'assets\\index-a.js'],
    ['/assets%5Cindex-a.js', 'assets\\index-a.js'],
  ])('%s is a file of the page', async (path, file) => {
    expect(await ask(path)).toEqual([200, [`${folder}\\${file}`]])
  })

  it.each([
    '/..%5C..%5Cpackage.html',
    '/..%2F..%2Fother.js',
    '/assets/..%5C..%5C..%5Csecret.css',
    '/index.html::$DATA',
    '/index.html%3A%3A$DATA',
    '/lot.json',
    '/..%5Crenderer-2%5Cindex.html',
  ])('%s is none, and nothing is read', async (path) => {
    expect(await ask(path)).toEqual([404, []])
  })
})
