// The user that the lanes run as: whether the machine knows it, and what of the folder and of the program it may not use.
// Asked as that user, which root alone may.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../core/faults/faults.ts'
import { packagedUnit, unitFile, type ServicePlan } from './service-files.ts'

interface Asked {
  read(path: string): string | null
  /** Null when it went well. */
  run(command: readonly string[]): string | null
}

/** The user of the unit that is there; null: root, or no unit. */
export function userOfUnit(system: Pick<Asked, 'read'>): string | null {
  const text = system.read(unitFile) ?? system.read(packagedUnit) ?? ''
  return /^User=(\S+)$/m.exec(text)?.[1] ?? null
}

/** The first path that the user may not use as the lanes do; null: all. */
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

/** SERVICE-01 and SERVICE-02: as this user the lanes would end at every start. */
export function mustRunAs(plan: ServicePlan, user: string, system: Pick<Asked, 'run'>): void {
  if (system.run(['id', '-u', user]) !== null)
    throw new LaneFault('SERVICE-01', { field: '--user', value: user })
  const file = barredPath(plan, user, system)
  if (file !== null) throw new LaneFault('SERVICE-02', { field: '--user', value: user, file })
}
