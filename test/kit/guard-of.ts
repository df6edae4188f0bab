// What a call needs in addition to a session, by its row.
import { api, type ApiName } from '#runtime/api/table.ts'
import { guardBy, type Guard, type GuardedAct } from '#base/pure/values/guards.ts'

export const guardOf = (name: ApiName, given: GuardedAct): Guard => guardBy(api[name].guard, given)
