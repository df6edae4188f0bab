// `etc-lane list status | now | take`: the status list of a lot: its age, a download now, or an import from a USB
// stick. Through the runtime when one runs; else on the folder, with the same checks.
import { t } from '#base/pure/words/fault-text.ts'
import { resolve } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { ListTaken } from '../../ports/list-service.ts'
import { statusListOffline } from '../list/status-list-offline.ts'
import { fetchList, takeList, type ListPlan } from '../list/list-work.ts'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import { mustBeFree, readChainKey } from '#lane/folder/data-folder.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf } from '#base/desk/commands/client.ts'

function planOf(dir: string): ListPlan {
  const { config } = loadLot(dir)
  const platform = linkHere(dir, config)
  if (platform === null)
    throw new LaneFault('LIST-03', {
      field: '/platform',
      note: t('还没有接入平台', 'no platform was joined'),
    })
  const { provinceCode, mode } = config
  const isLive = mode === 'production'
  return { dir, chainKey: readChainKey(dir), platform, provinceCode, isLive, aheadMs: 0 }
}

const text = ({ asOfMs, ...rest }: ListTaken) => ({ ok: true, ...rest, asOfIso: isoOf(asOfMs) })

const status = act(['list status --data DIR'], async ({ data }) => {
  const dir = folderOf(data)
  const client = clientOf(dir)
  if (client !== null) {
    const view = await client.call('list.status', {})
    return printed(view, view.state === 'fresh')
  }
  const seen = statusListOffline(dir, loadLot(dir).config, systemWallClock().nowMs())
  return printed(seen, seen.state === 'fresh')
})

const now = act(['list now --data DIR [--full]'], async ({ data, full }) => {
  const dir = folderOf(data)
  const client = clientOf(dir)
  if (client === null) mustBeFree(dir)
  const made =
    client === null
      ? text(await fetchList(planOf(dir), full, full))
      : { ok: true, ...(await client.call('list.now', { full })) }
  return printed(made)
})

const take = act(['list take --data DIR --file FILE --by NAME --reason TEXT'], async (values) => {
  const dir = folderOf(values.data)
  const path = resolve(values.file)
  const who = whoOf(values)
  const client = clientOf(dir)
  if (client !== null) {
    return printed({ ok: true, ...(await client.call('list.take', { ...who, path })) })
  }
  mustBeFree(dir)
  const taken = takeList(planOf(dir), path)
  writeAudit(dir, loadLot(dir).config, { ...who, role: 'owner' }, `list.take ${taken.version}`)
  return printed(text(taken))
})

export const listCommand = commandOf('list', [status, now, take])
