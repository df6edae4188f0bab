// The command that prepares an update, as a process: on a disk that fills up or lets no program run, and killed in each step.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { prepareSteps } from '#runtime/update/prepare.ts'
import { folderOfFile, folderOfTest } from '../../../kit/own-folder.ts'
import { publisherIn } from '../../../kit/signed-release.ts'
import { figuresOfSix, lotIn, trustIn } from '../../../kit/tried-lot.ts'
import { program } from '../../../wire/kit/program.ts'
import { released, slotName } from './next-program.ts'

const publisher = publisherIn(folderOfFile('publisher-'))

function lot(): string {
  const dir = folderOfTest('lot-')
  lotIn(dir)
  trustIn(dir, publisher.root)
  return dir
}
const release = (next: Parameters<typeof released>[2] = {}): string =>
  released(publisher, folderOfTest('next-'), next)
const words = (dir: string, from: string): readonly string[] => [
  program,
  'update',
  'prepare',
  '--data',
  dir,
  '--from',
  from,
  '--json',
]

const hasNamespaces =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

interface OnMount {
  readonly steps: readonly unknown[]
  readonly exit: number
  readonly code: string
  readonly step: unknown
  readonly left: readonly string[]
}

/** Prepares on a disk of its own, with a copy of a lot; returns what was said and what is there then. */
function onMount(options: string, from: string): OnMount {
  const [dir, said] = [folderOfTest('mount-'), folderOfTest('said-')]
  const shell = `mount -t tmpfs -o "$1" x "$2" && cp -a "$3/." "$2" && shift 3
    "$@" > "$SAID/out"; echo $? > "$SAID/exit"
    cp "$DIR/update/plan.json" "$SAID/plan"; ls "$DIR/update" "$DIR/update/slots" > "$SAID/left"`
  execFileSync(
    'unshare',
    ['-Urm', 'sh', '-c', shell, 'sh', options, dir, lot(), process.execPath, ...words(dir, from)],
    { env: { ...process.env, SAID: said, DIR: dir }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const text = (name: string): string => readFileSync(join(said, name), 'utf8').trim()
  const lines = text('out')
    .split('\n')
    .map((line) => JSON.parse(line) as { step?: string; error?: { code: string } })
  const plan = JSON.parse(text('plan')) as { step: unknown }
  return {
    steps: lines.flatMap(({ step }) => step ?? []),
    exit: Number(text('exit')),
    code: lines.at(-1)?.error?.code ?? '',
    step: plan.step,
    left: text('left')
      .split('\n')
      .filter((name) => /\.tar|\.part|trial|^0\./.test(name)),
  }
}

/** Presses to a fifteenth: larger than the room that is looked for, and no bomb. */
const ballastOf = (mb: number): Uint8Array =>
  Buffer.concat(
    Array.from({ length: mb * 32 }, () =>
      Buffer.concat([randomBytes(2_000), Buffer.alloc(30_000)]),
    ),
  )

describe.skipIf(!hasNamespaces)('on a disk', () => {
  it('with room for it, it is tried', () => {
    const done = onMount('size=100m,mode=755', release())
    expect(done).toMatchObject({ exit: 0, code: '', steps: prepareSteps, left: [slotName] })
    expect(done.step).toMatchObject({ is: 'tried', figures: figuresOfSix })
  })

  it.each([
    ['too small for it, nothing is fetched', 'size=60m', undefined, ['look']],
    [
      'that is full in the middle, nothing of it stays',
      'size=110m',
      120,
      ['look', 'fetch', 'unpack'],
    ],
  ] as const)('%s', (_, options, mb, steps) => {
    const more = mb === undefined ? {} : { ballast: ballastOf(mb) }
    const done = onMount(`${options},mode=755`, release(more))
    expect(done).toMatchObject({ exit: 2, code: 'UPDATE-13', steps, left: [] })
    expect(done.step).toMatchObject({ is: 'refused', code: 'UPDATE-13' })
  })

  it('that lets no program run, it is refused', () => {
    const done = onMount('size=100m,mode=755,noexec', release())
    expect(done).toMatchObject({ exit: 2, code: 'UPDATE-14', steps: prepareSteps, left: [] })
    expect(done.step).toMatchObject({ is: 'refused', code: 'UPDATE-14' })
  })
})

/** Kills the process some ms after it said that it goes to a step; returns the steps that it said. */
async function killedAt(
  dir: string,
  from: string,
  at: string,
  afterMs: number,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, words(dir, from), { stdio: ['ignore', 'pipe', 'ignore'] })
  const steps: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { step } = JSON.parse(line) as { step?: string }
    if (step !== undefined) steps.push(step)
    if (step === at) setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  await once(child, 'close')
  return steps
}

it('killed in each step, one after the other, it is done at last', async () => {
  const [dir, from] = [lot(), release({ ballast: ballastOf(8) })]
  const before = readFileSync(join(dir, 'ledger.db'))
  for (const [index, at] of prepareSteps.entries()) {
    const steps = await killedAt(dir, from, at, index * 7)
    expect(steps).not.toEqual([])
  }
  const { stdout } = spawnSync(process.execPath, words(dir, from), { encoding: 'utf8' })
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    ok: true,
    is: 'newer',
  })
  expect(keptPlan(dir)?.step).toMatchObject({ is: 'tried', figures: figuresOfSix })
  expect(readFileSync(join(dir, 'ledger.db'))).toEqual(before)
})
