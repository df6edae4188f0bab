// Which program a start of the lanes becomes: real processes, whose slots have a script that says how it was begun.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { keepPlan, keptPlan } from '#runtime/slots/plan-file.ts'
import { endedFile, keepBack, keepSlots, keptSlots, slotsFile } from '#runtime/slots/slots-file.ts'
import { noSlots, switched, type Slots } from '#runtime/pure/update/slots.ts'
import { placeScript, slotOf, triedPlan } from '../kit/slot-program.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, newFolder, Program, type Line } from './kit/live-program.ts'

afterEach(cleanUp)

const boot = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
const slot = slotOf('99.0.2')
const older = slotOf('99.0.1')
const atIso = '2026-07-01T10:00:00.000+08:00'
const onTrial = switched(noSlots, slot, { atIso, headSeq: 0 })
const says = `
const { argv, execArgv, env, pid } = process
const { ETC_LANE_CHOSEN: chosen, ETC_LANE_BOOT: boot } = env
console.log(JSON.stringify({ is: 'slot', words: argv.slice(2), execArgv, chosen, boot, pid }))
`

function folderWith(slots: Slots | null): string {
  const dir = newFolder()
  for (const one of [slot, older]) placeScript(dir, one, says)
  if (slots !== null) keepSlots(dir, slots)
  return dir
}

interface Began {
  readonly said: Line | undefined
  readonly pid: number | undefined
  readonly stderr: string
}

async function runs(words: readonly string[], prefix: readonly string[] = []): Promise<Began> {
  const program = new Program(words, prefix)
  await program.ended
  const { lines, child, stderr } = program
  return { said: lines.find(({ is }) => is === 'slot'), pid: child.pid, stderr }
}

const run = (dir: string, prefix: readonly string[] = []): Promise<Began> =>
  runs(['run', '--data', dir, '--timing', 'instant'], prefix)

describe('a start', () => {
  it('without slots is the installed program', async () => {
    expect((await run(folderWith(null))).said).toBeUndefined()
  })

  it('becomes the slot on trial in the same process, and keeps that it began', async () => {
    const dir = folderWith(onTrial)
    const { said, pid, stderr } = await run(dir)
    const words = ['run', '--data', dir, '--timing', 'instant']
    expect(said).toMatchObject({ words, chosen: slot.name, pid })
    expect(stderr).toBe('')
    expect(keptSlots(dir)).toEqual({ ...onTrial, openStart: boot() })
  })

  it('takes it back after a crash, and not after a power cut', async () => {
    const dir = folderWith({ ...onTrial, openStart: 'another start of the machine' })
    expect((await run(dir)).said).toBeDefined()
    expect((await run(dir)).said).toBeUndefined()
    const last = { is: 'takenBack', why: 'crashed', from: slot.version }
    expect(keptSlots(dir)).toMatchObject({ active: null, trial: null, last })
    expect((await run(dir)).said).toBeUndefined()
  })

  it.each([
    { result: 'success', status: 'TERM', open: true, isBack: false },
    { result: 'success', status: '0', open: true, isBack: true },
    { result: 'watchdog', status: 'ABRT', open: true, isBack: true },
    { result: 'signal', status: 'KILL', open: true, isBack: true },
    { result: 'timeout', status: '0', open: false, isBack: true },
    { result: 'timeout', status: 'TERM', open: false, isBack: true },
    { result: 'timeout', status: 'KILL', open: false, isBack: false },
    { result: 'exit-code', status: '2', open: false, isBack: false },
  ])(
    'follows what systemd noted of the last end: $result $status',
    async ({ result, status, open, isBack }) => {
      const dir = folderWith({ ...onTrial, openStart: open ? boot() : null })
      writeFileSync(endedFile(dir), `${result} ${status}\n`)
      expect((await run(dir)).said === undefined).toBe(isBack)
      expect(keptSlots(dir).last?.why).toBe(isBack ? 'crashed' : undefined)
      expect(existsSync(endedFile(dir))).toBe(false)
    },
  )

  it('goes back to the slot before, where there was one', async () => {
    const second = switched({ ...noSlots, active: older }, slot, { atIso, headSeq: 0 })
    const dir = folderWith({ ...second, openStart: boot() })
    expect((await run(dir)).said).toMatchObject({ chosen: older.name })
    expect(keptSlots(dir)).toMatchObject({ active: older, trial: null, last: { why: 'crashed' } })
  })

  it.each([
    { what: 'a folder that is gone', lost: '' },
    { what: 'a Node that is gone', lost: 'node' },
    { what: 'a program that is gone', lost: join('dist', 'runtime', 'main.mjs') },
  ])('runs the installed program instead of $what', async ({ lost }) => {
    const dir = folderWith(onTrial)
    rmSync(join(dir, 'update', 'slots', slot.name, lost), { recursive: true })
    expect((await run(dir)).said).toBeUndefined()
    expect(keptSlots(dir)).toMatchObject({ active: null, last: { why: 'missing' } })
  })

  it('runs an installed version that is not older', async () => {
    const old = slotOf('0.0.1')
    const dir = folderWith({ ...noSlots, active: old })
    placeScript(dir, old, says)
    expect((await run(dir)).said).toBeUndefined()
    expect(keptSlots(dir)).toMatchObject({ active: null, last: { is: 'replaced', from: '0.0.1' } })
  })

  it.each([
    { what: 'an empty one', text: '' },
    { what: 'half of one', text: JSON.stringify(onTrial).slice(0, 90) },
    { what: 'one of another form', text: JSON.stringify({ ...onTrial, format: 2 }) },
    {
      what: 'a path out of the slots',
      text: JSON.stringify({ ...onTrial, active: { ...slot, name: '../../x' } }),
    },
  ])('runs the installed program and says so for a damaged file: $what', async ({ text }) => {
    const dir = folderWith(onTrial)
    writeFileSync(slotsFile(dir), text)
    const { said, stderr } = await run(dir)
    expect(said).toBeUndefined()
    expect(stderr).toContain('UPDATE-07')
    expect(readFileSync(slotsFile(dir), 'utf8')).toBe(text)
  })

  it('reads what an earlier version and a later one wrote, and keeps it', async () => {
    const { told: _none, ...earlier } = onTrial
    const dir = folderWith(onTrial)
    writeFileSync(slotsFile(dir), JSON.stringify({ ...earlier, more: 1 }))
    expect((await run(dir)).said).toMatchObject({ chosen: slot.name })
    expect(JSON.parse(readFileSync(slotsFile(dir), 'utf8'))).toMatchObject({ more: 1, told: null })
  })

  it('follows a wish to go back that the lanes did not come to', async () => {
    const dir = folderWith(onTrial)
    keepBack(dir, { slot: slot.name, by: 'Chen', reason: 'slow', atIso })
    expect((await run(dir)).said).toBeUndefined()
    expect(keptSlots(dir).last).toMatchObject({ why: 'person', note: 'Chen: slow' })
  })

  it('does not follow a wish that was about another version', async () => {
    const dir = folderWith(onTrial)
    keepBack(dir, { slot: older.name, by: 'Chen', reason: 'slow', atIso })
    expect((await run(dir)).said).toMatchObject({ chosen: slot.name })
    expect(existsSync(join(dir, 'update', 'back.json'))).toBe(false)
  })

  it('ends the wish for the version that it runs, so that one taken back is not begun again', async () => {
    const dir = folderWith(onTrial)
    keepPlan(dir, triedPlan(slot, { when: 'now', by: 'Chen', atIso }))
    await run(dir)
    expect(keptPlan(dir)?.wanted).toBeNull()
  })

  it('beside lanes that run changes nothing', async () => {
    const dir = folderWith(onTrial)
    const waits = `${says}setInterval(() => undefined, 1000)`
    writeFileSync(join(dir, 'update', 'slots', slot.name, 'dist', 'runtime', 'main.mjs'), waits)
    const first = new Program(['run', '--data', dir])
    await first.line(({ is }) => is === 'slot')
    const second = new Program(['run', '--data', dir])
    await second.line(({ is }) => is === 'slot')
    expect(keptSlots(dir)).toEqual({ ...onTrial, openStart: boot() })
  })

  it('of the slot itself does not choose again', async () => {
    const dir = folderWith(onTrial)
    await run(dir, ['env', `ETC_LANE_CHOSEN=${slot.name}`])
    // It had no lot: its end takes it back, and the program that began it is begun again where one is named.
    expect(keptSlots(dir)).toMatchObject({ active: null, last: { why: 'start' } })
  })
})

describe('another command', () => {
  it.each([
    ['ledger', 'verify', '--data'],
    ['doctor', '--json', '--data'],
  ])('of %s is run by the slot, which may have a newer ledger', async (...words) => {
    const dir = folderWith(onTrial)
    expect((await runs([...words, dir])).said).toMatchObject({ words: [...words, dir] })
    expect((await runs([...words.slice(0, -1), `--data=${dir}`])).said).toBeDefined()
    expect(keptSlots(dir)).toEqual(onTrial)
  })

  it.each(['check', 'fetch', 'prepare'])(
    'of update %s is run by the slot, with whose version an offer is compared',
    async (act) => {
      const words = ['update', act, '--data', folderWith(onTrial), '--from', '/media/stick']
      expect((await runs(words)).said).toMatchObject({ words })
    },
  )

  it('of updates is the installed program', async () => {
    const dir = folderWith(onTrial)
    const program = new Program(['update', 'status', '--data', dir])
    await program.ended
    expect(program.lines).toMatchObject([{ active: slot, trial: { isOver: false }, plan: null }])
  })
})

it('lanes that are kept running begin as the slot, and as the installed program after its crash', async () => {
  const dir = folderWith(onTrial)
  mkdirSync(join(dir, 'run'), { recursive: true })
  const noted = join(dir, 'began')
  const crashes = `${says}
import { appendFileSync } from 'node:fs'
appendFileSync(${JSON.stringify(noted)}, JSON.stringify({ chosen, boot }) + '\\n')
process.kill(process.pid, 'SIGKILL')`
  writeFileSync(join(dir, 'update', 'slots', slot.name, 'dist', 'runtime', 'main.mjs'), crashes)
  const keeping = new Program(['keep-running', '--data', dir])
  const kept = join(dir, 'run', 'service.json')
  const held = (): string => (existsSync(kept) ? readFileSync(kept, 'utf8') : '')
  await eventually(held, (text) => text.includes('"held":true'), { of: keeping })
  const began = readFileSync(noted, 'utf8').trim().split('\n')
  expect(began).toHaveLength(1)
  expect(JSON.parse(began[0] ?? '')).toEqual({
    chosen: slot.name,
    boot: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(keptSlots(dir)).toMatchObject({ active: null, last: { why: 'crashed' } })
})
