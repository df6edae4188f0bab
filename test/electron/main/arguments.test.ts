// The arguments of Studio, and the switches that a release refuses.
// A value that is missing or looks like a switch is not a folder.
import { describe, expect, it } from 'vitest'
import { readArguments, refusedSwitch, refusedSwitches } from '../../../electron/main/arguments.ts'

describe('arguments', () => {
  it.each([
    [[], null, false],
    [['.', '--data', '/lots/a'], '/lots/a', false],
    [['--data=/lots/a'], '/lots/a', false],
    [['--data', 'a'], '/start/a', false],
    [['--attach', '/lots/a'], '/lots/a', true],
    [['--data', '/lots/b', '--attach=/lots/a'], '/lots/a', true],
    [['--data'], null, false],
    [['--data', '--attach'], null, false],
    [['--data='], null, false],
    [['--database', '/x'], null, false],
    [['data', '/x'], null, false],
  ])('%j', (argv, dataDir, attachOnly) => {
    expect(readArguments(argv, '/start')).toMatchObject({ dataDir, attachOnly, workbench: false })
  })
  it('the demo is asked for by its name alone: no folder at all begins with the start page', () => {
    expect(readArguments(['.'], '/start').demo).toBe(false)
    expect(readArguments(['.', '--data', '/lots/a'], '/start').demo).toBe(false)
    expect(readArguments(['.', '--demo', '--data', '/lots/a'], '/start')).toEqual({
      dataDir: '/lots/a',
      attachOnly: false,
      workbench: false,
      demo: true,
      kiosk: false,
    })
    expect(readArguments(['.', '--demo', '--attach', '/lots/a'], '/start').demo).toBe(false)
  })
  it('the workbench hosts, so it is nothing for a runtime to attach to', () => {
    expect(readArguments(['.', '--workbench'], '/start').workbench).toBe(true)
    expect(readArguments(['--attach', '/a', '--workbench'], '/start').workbench).toBe(false)
  })
})

describe('a release', () => {
  const none = (): boolean => false
  it.each(refusedSwitches)('refuses --%s however it came, others do not', (name) => {
    const has = (wanted: string): boolean => wanted === name
    expect(refusedSwitch([], has, true)).toBe(name)
    expect(refusedSwitch([`--${name}=1`], none, true)).toBe(name)
    expect(refusedSwitch([`--${name}`], has, false)).toBeNull()
  })
  it.each([
    ['--disable-gpu-sandbox', 'disable-gpu-sandbox'],
    ['-no-sandbox', 'no-sandbox'],
    ['--disable-features=X', 'disable-features'],
    ['--a-switch-of-tomorrow', 'a-switch-of-tomorrow'],
  ])('refuses %s, which no list names', (arg, name) => {
    expect(refusedSwitch(['--data', '/lots/a', arg], none, true)).toBe(name)
  })

  it('takes what people start it with', () => {
    const argv = ['--demo', '--data=/lots/a', '--workbench', '--attach', '/lots/b']
    expect(refusedSwitch(argv, none, true)).toBeNull()
  })
})
