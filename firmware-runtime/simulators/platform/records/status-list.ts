// The status list of P18 at the platform: whole, or the changes since a version; and the check of one number.
// A version is the number of changes, so that a missing change is noticed.
import { isoOf } from '#base/pure/values/instant.ts'
import { done, refuse } from '../answers.ts'
import { listOf, type ListChange } from './by-application.ts'
import type { Handler, Policy } from '../call.ts'
import { listCheckRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf } from './members.ts'

const itemOf = ({ cardNo, listed, fromMs }: ListChange): Record<string, unknown> => ({
  kind: cardNo.length === 20 ? 1 : 2,
  no: cardNo,
  status: listed ? 1 : 0,
  reason: listed ? 'arrears' : 'settled',
  effectiveTime: isoOf(fromMs),
  op: listed ? 1 : 2,
})

const whole = (listed: ReadonlyMap<string, number>): readonly ListChange[] =>
  [...listed].map(([cardNo, fromMs]) => ({ cardNo, listed: true, fromMs }))

/**
 * False statements of a faulty platform about its list: an older version, or changes since a later one than requested.
 */
function lie(fault: Policy['list'], version: number, since: number) {
  if (fault === 'older') return { version: Math.max(version - 1, 0), since }
  return fault === 'gap' ? { version, since: since + 1 } : { version, since }
}

/** GET /v1/status-list?since= */
export const getStatusList: Handler = ({ state, policy }, { appId, query }) => {
  const asked = query.get('since') ?? '0'
  if (!/^\d{1,18}$/.test(asked))
    return refuse('200004', '/since', asked, 'a version of the list', 'path')
  const { listed, changes } = listOf(state.lists, appId)
  const current = changes.length
  const from = Number(asked)
  const full = from === 0 || from > current
  const items = (full ? whole(listed) : changes.slice(from)).map(itemOf)
  const { version, since } = lie(policy.list, current, from)
  const head = { version: String(version), full, ...(full ? {} : { since: String(since) }) }
  return done({ ...head, items })
}

/** POST /v1/status-list/check: one number, now. */
export const postListCheck: Handler = ({ state }, { appId, members, nowMs }) => {
  const wrong = checkMembers(listCheckRules, members)
  if (wrong) return wrong
  const no = textOf(members, 'no')
  const isCard = numberOf(members, 'kind') === 1
  if (!(isCard ? /^\d{20}$/ : /^([0-9A-F]{8}|[0-9A-F]{16})$/).test(no))
    return refuse('200004', '/no', no, isCard ? 'a card' : 'an OBU')
  const { listed, changes } = listOf(state.lists, appId)
  const fromMs = listed.get(no)
  const isListed = fromMs !== undefined && fromMs <= nowMs
  return done({ no, listed: isListed, version: String(changes.length) })
}
