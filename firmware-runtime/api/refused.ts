// The calls that a role is refused, from the rows themselves: what a window hides is what the runtime would refuse.
// Null: nobody is signed in.
import { mayDo, type Role } from '../core/values/roles.ts'
import { isApiName } from './check.ts'
import { api, type ApiName } from './table.ts'

export const refusedFor = (role: Role | null): readonly ApiName[] =>
  Object.keys(api).filter(
    (name): name is ApiName => isApiName(name) && !mayDo(role, api[name].right),
  )
