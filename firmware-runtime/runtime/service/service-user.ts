// The user that the lanes run as: whether the machine knows it, and which files of folder and program it may not use.
// The checks run as that user, which only root may do.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { type ServicePlan } from '#base/desk/service/service-files.ts'
import { firstName, packagedUnit, unitFileOf } from '#base/desk/service/service-names.ts'

interface Asked {
  read(path: string): string | null
  /** Null on success. */
  run(command: readonly string[]): string | null
}

/** User of an installed unit; null: root, or no unit. */
export function userOfUnit(name: string, system: Pick<Asked, 'read'>): string | null {
  const packaged = name === firstName ? system.read(packagedUnit) : null
  const text = system.read(unitFileOf(name)) ?? packaged ?? ''
  return /^User=(\S+)$/m.exec(text)?.[1] ?? null
}

/** The first path that the user may not use as lanes must; null when all are usable. */
export function barredPath(
  { dir, node, program }: ServicePlan,
  user: string,
  system: Pick<Asked, 'run'>,
): string | null {
  const wanted = [
    ['-x', dir],
    ['-w', dir],
    ['-r', join(dir, 'lot.json')],
    ['-w', join(dir, 'ledger.db')],
    ['-r', join(dir, 'keys')],
    ['-x', node],
    ['-r', program],
  ] as const
  const barred = wanted.find(
    ([how, path]) =>
      existsSync(path) && system.run(['runuser', '-u', user, '--', 'test', how, path]) !== null,
  )
  return barred?.[1] ?? null
}

/** Throws SERVICE-01 or SERVICE-02: as this user the lanes would stop at every start. */
export function mustRunAs(plan: ServicePlan, user: string, system: Pick<Asked, 'run'>): void {
  if (system.run(['id', '-u', user]) !== null)
    throw new LaneFault('SERVICE-01', { field: '--user', value: user })
  const file = barredPath(plan, user, system)
  if (file !== null) throw new LaneFault('SERVICE-02', { field: '--user', value: user, file })
}
