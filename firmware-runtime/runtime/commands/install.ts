// `etc-lane install | uninstall`: runs the lanes of a folder as a service of this machine, started at boot and
// restarted when they end. Steps that need more rights are printed as commands, with exit code 1. At the end it lists
// the other safeguards of the lot.
import { undone } from '#ledger/pure/lot/safeguards.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { safeguardsOf } from '../service/service-checks.ts'
import type { ServicePlan } from '#base/desk/service/service-files.ts'
import { serviceHere } from '#base/desk/service/service-here.ts'
import { installService, thisSystem, uninstallService } from '../service/service-install.ts'
import { installedProgram } from '../update/chosen-here.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf } from '#base/desk/commands/client.ts'

/** How the service starts: with the installed Node and program, as `user`. */
export const servicePlan = (dir: string, user?: string | null): ServicePlan => ({
  dir,
  ...installedProgram(process.env),
  ...(user === undefined || user === null ? {} : { user }),
})

const userShape = /^[a-z_][a-z0-9_-]{0,31}$/

const install = act(['install --data DIR [--user NAME] [--soon]'], ({ data, user, soon }, io) => {
  const dir = folderOf(data)
  if (user !== undefined && !userShape.test(user))
    throw new LaneFault('ARG-01', { field: '--user', value: user })
  // A service for a folder without a lot would be restarted for ever.
  const { intake = null, published = null } = loadLot(dir).config
  // By default the service runs as the owner of the folder, so that this person can see the lanes and open their
  // window.
  const runsAs = user ?? thisSystem.ownerOf(dir)
  const { done, left } = installService(
    { ...servicePlan(dir, runsAs), intake, published, soon },
    thisSystem,
  )
  const everything = thisSystem.platform === 'win32' ? 'SYSTEM' : 'root'
  const toDo = undone(safeguardsOf(servicePlan(dir, user), thisSystem.platform, serviceHere(dir)))
  const ok = left.length === 0
  if (!io.json)
    for (const { what, command } of toDo) io.stderr(`▲ ${what.zh} / ${what.en}\n  ${command}\n`)
  return printed({ ok, user: runsAs ?? everything, done, left, toDo }, ok)
})

const uninstall = act(['uninstall [--data DIR]'], ({ data }) => {
  const dir = data === undefined ? null : folderOf(data)
  const { done, left } = uninstallService(dir, servicePlan(dir ?? '/'), thisSystem)
  return printed({ ok: left.length === 0, done, left }, left.length === 0)
})

export const installCommand = commandOf('install', [install])
export const uninstallCommand = commandOf('uninstall', [uninstall])
