// `etc-lane rehearse`: cuts platform, network, camera, antenna or time of a running lot for some minutes, and grades
// the result. The runtime restores everything by itself, even if this command ends.
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import type { EndedRehearsalView } from '../../calls/rehearsal-views.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { act, commandOf, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { folderOf, runningClient, type RuntimeClient } from '#base/desk/commands/client.ts'

const lookMs = 250

/** The rehearsal that this call began, after it was graded. */
async function graded(client: RuntimeClient, beganAtIso: string): Promise<EndedRehearsalView> {
  for (;;) {
    const { last } = await client.call('rehearse.get', {})
    if (last?.beganAtIso === beganAtIso) return last
    await sleep(lookMs)
  }
}

function print(ended: EndedRehearsalView): Exit {
  const ok = ended.grade === 'passed'
  const failed = ok ? {} : { code: 'REHEARSE-04', message: faults['REHEARSE-04'].what }
  return printed({ ok, ...failed, ...ended }, ok)
}

const begin = act(
  [
    'rehearse --data DIR --cut platform|network|camera|rsu|time --minutes N [--lane ID] [--by NAME] [--reason TEXT]',
  ],
  async (values) => {
    const { data, cut, minutes, lane, by = 'etc-lane rehearse', reason = 'rehearsal' } = values
    const client = runningClient(folderOf(data))
    const own = lane === undefined ? {} : { laneId: lane }
    const who = { by, reason, commandId: randomUUID() }
    await client.call('rehearse.begin', { cut, minutes, ...own, ...who })
    const { running, last } = await client.call('rehearse.get', {})
    const beganAtIso = (running ?? last)?.beganAtIso ?? ''
    return print(await graded(client, beganAtIso))
  },
)

const end = act(['rehearse end --data DIR --by NAME --reason TEXT'], async (values) => {
  const client = runningClient(folderOf(values.data))
  const { running } = await client.call('rehearse.get', {})
  await client.call('rehearse.end', whoOf(values))
  return print(await graded(client, running?.beganAtIso ?? ''))
})

export const rehearseCommand = commandOf('rehearse', [begin, end])
