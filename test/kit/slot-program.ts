// Programs in slots of a data folder, as an update leaves them: the built program under another version, or a script.
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { UpdatePlan } from '#runtime/pure/update/plan.ts'
import type { Slot } from '#runtime/pure/update/slots.ts'
import { repository } from '../wire/kit/program.ts'

export const slotOf = (version: string): Slot => ({
  name: `${version}-next`,
  version,
  build: 'next',
})

const built = /"version":`\d+\.\d+\.\d+`,"build":`[^`]*`/

/** The built program with another version, in a folder of its own. Its text may be changed further. */
export function nextProgram(
  folder: string,
  { version, build }: Slot,
  changed: (text: string) => string = (text) => text,
): string {
  const from = join(repository, 'dist', 'runtime')
  const to = join(folder, 'dist', 'runtime')
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from).filter((one) => one.endsWith('.mjs'))) {
    const text = readFileSync(join(from, name), 'utf8')
    const next = changed(text.replace(built, `"version":\`${version}\`,"build":\`${build}\``))
    if (next === text) linkSync(join(from, name), join(to, name))
    else writeFileSync(join(to, name), next)
  }
  copyFileSync(join(from, 'packages.json'), join(to, 'packages.json'))
  for (const name of ['device-profiles', 'node_modules'])
    symlinkSync(join(repository, name), join(folder, name))
  return folder
}

const placeOf = (dir: string, { name }: Slot): string => join(dir, 'update', 'slots', name)

/** Places a program that `nextProgram` made into its slot. */
export function placeSlot(dir: string, slot: Slot, program: string): void {
  const place = placeOf(dir, slot)
  mkdirSync(place, { recursive: true })
  symlinkSync(process.execPath, join(place, 'node'))
  symlinkSync(join(program, 'dist'), join(place, 'dist'))
}

/** Places a script into a slot in place of a program; `node` runs it. */
export function placeScript(
  dir: string,
  slot: Slot,
  script: string,
  node: string = process.execPath,
): void {
  const folder = join(placeOf(dir, slot), 'dist', 'runtime')
  mkdirSync(folder, { recursive: true })
  symlinkSync(node, join(placeOf(dir, slot), 'node'))
  writeFileSync(join(folder, 'main.mjs'), script)
}

/** A plan whose version was tried. */
export const triedPlan = (slot: Slot, wanted: UpdatePlan['wanted'] = null): UpdatePlan => ({
  format: 1,
  from: '/media/stick',
  file: {
    path: 'a.tar.xz',
    bytes: 1,
    sha256: '0'.repeat(64),
    product: 'etc-lane',
    version: slot.version,
    build: slot.build,
    system: 'linux-x64',
    form: 'archive',
  },
  step: {
    is: 'tried',
    slot,
    figures: {
      rows: 1,
      headHash: '0'.repeat(64),
      carsInside: 0,
      ordersOpen: 0,
      paidFen: 0,
      unsent: 0,
    },
    triedIso: '2026-07-01T10:00:00.000+08:00',
  },
  wanted,
})
