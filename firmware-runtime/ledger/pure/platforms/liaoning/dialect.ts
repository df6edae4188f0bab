// The Liaoning dialect as one table: what its access platform calls what the definitions P1 to P22 name otherwise.
// DB21/T ETC smart car park, general rules; paths, codes, headers and members are assumed, its standard of data exchange is not at hand.
import type { ProvinceTable } from '../by-table/province-table.ts'
import { accessFlow, laneEquipment } from './access-flow.ts'
import { codes } from './codes.ts'
import { rules } from './rules.ts'
import { routes } from './routes.ts'

export const liaoning: ProvinceTable = {
  standard: 'DB21/T XXXX-2021',
  access: { account: 'access-account', requestType: 'access-request-type', proof: 'access-proof' },
  answer: {
    list: 'answers',
    code: 'code',
    at: 'answeredAt',
    data: 'result',
    detail: 'problem',
    message: 'text',
  },
  routes,
  codes,
  members: {},
  // The filter of card networks judges by it.
  sealed: { obuIssuer: 'A.2.3 a 4' },
  laneEquipment,
  accessFlow,
  rules,
}
