// The installation of the service from a window: the words that ask the system for an administrator, what each of its ends
// means, and that only the doctor decides whether it was done.
import { expect, it } from 'vitest'
import { elevated, machineHere, type MachineSystem } from '#runtime/service/machine-here.ts'

const check = (id: string, verdict: string) => ({
  id,
  verdict,
  why: { zh: id, en: id },
  todo: null,
})
const well = [check('unit', 'pass'), check('begins', 'pass'), check('copies', 'fail')]
const none = [check('unit', 'fail'), check('begins', 'fail')]
const json = (checks: unknown): string => `${JSON.stringify({ ok: false, checks })}\n`

type Ran = Awaited<ReturnType<MachineSystem['run']>>
const ran = (code: number | null, out = '', err = ''): Ran => ({ code, out, err })

/** Answers the doctor before and after, and the installation. */
function world(installed: Ran, after: unknown = well, before: Ran = ran(1, json(none))) {
  const said: (readonly string[])[] = []
  let taken = 0
  const system: MachineSystem = {
    platform: 'linux',
    isRoot: false,
    lanes: ['etc-lane'],
    run: (words) => {
      said.push(words)
      if (words.includes('install')) return Promise.resolve(installed)
      const isAfter = said.some((one) => one.includes('install'))
      return Promise.resolve(isAfter ? ran(1, json(after)) : before)
    },
  }
  const parts = machineHere('/lot 1', { demo: null, serviceTakes: () => void taken++ }, system)
  return { said, parts, taken: () => taken }
}

it('asks for an administrator, and hands the lanes over when the doctor finds the service', async () => {
  const { said, parts, taken } = world(ran(1, '{"ok":false,"left":[{}]}'))
  await parts.install()
  const at = ['--data', '/lot 1', '--json']
  expect(said).toEqual([
    ['etc-lane', 'doctor', '--service', ...at],
    ['pkexec', 'etc-lane', 'install', '--soon', ...at],
    ['etc-lane', 'doctor', '--service', ...at],
  ])
  expect(taken()).toBe(1)
})

it.each([
  ['the person closes the prompt', ran(126), well, 'SERVICE-07'],
  ['no prompt can be shown', ran(127, '', 'no agent'), well, 'SERVICE-05'],
  ['there is no polkit', ran(null, '', 'spawn pkexec ENOENT'), well, 'SERVICE-05'],
  ['it is done by its own word alone', ran(0, '{"ok":true}'), none, 'SERVICE-08'],
  ['it was killed', ran(137), none, 'SERVICE-08'],
  [
    'the program refuses',
    ran(2, '{"ok":false,"error":{"code":"SERVICE-02","message":"m"}}'),
    well,
    'SERVICE-08',
  ],
] as const)('lanes stay where they are when %s', async (_, installed, after, code) => {
  const { parts, taken } = world(installed, after)
  await expect(parts.install()).rejects.toMatchObject({ code })
  expect(taken()).toBe(0)
})

it.each([
  ['there is no program of the lanes', ran(null, '', 'spawn etc-lane ENOENT')],
  ['it answers something else', ran(0, 'hello')],
  ['it answers nothing', ran(0)],
] as const)('nobody is asked for a password when %s', async (_, before) => {
  const { said, parts } = world(ran(0), well, before)
  await expect(parts.install()).rejects.toMatchObject({ code: 'SERVICE-06' })
  expect(said).toHaveLength(1)
})

it('a demo has nothing to check and makes no service', async () => {
  const parts = machineHere('/lot', { demo: {} })
  expect(await parts.look()).toEqual({ isDemo: true, rows: [] })
  await expect(parts.install()).rejects.toMatchObject({ code: 'SERVICE-09' })
})

it.each([
  ['linux', true, ['a', 'b c'], ['a', 'b c']],
  ['linux', false, ['a', 'b c'], ['pkexec', 'a', 'b c']],
] as const)('%s, administrator %s', (platform, isRoot, words, expected) => {
  expect(elevated({ platform, isRoot }, words)).toEqual(expected)
})

it('on Windows each word keeps its blanks, quotes and backslashes on both command lines', () => {
  const words = ["C:\\Pro'g\\node.exe", 'a b', 'D:\\lot\\', "d'e"]
  const [program, ...args] = elevated({ platform: 'win32', isRoot: false }, words)
  expect(program).toBe('powershell')
  expect(args.at(-1)).toBe(
    `try { exit (Start-Process -FilePath 'C:\\Pro''g\\node.exe' -ArgumentList '"a b" "D:\\lot\\\\" "d''e"' -Verb RunAs -WindowStyle Hidden -Wait -PassThru).ExitCode } catch { exit 126 }`,
  )
})
